"""Kept answers against an archive that went on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.answer import Answer, Citation, Sentence
from app.cli_corrections import corrections
from app.keep import Keep
from app.kept import Saved
from ingest.archive import Archive
from ingest.article import Article, Moment, Withdrawal
from ingest.chunk import passages_of
from ingest.corrections import catch_up, link
from ingest.indexes import Indexes
from tests.app.fake_desk import BUDGET, POWER, STORM

NOTICE = Article(
    "notice-1",
    "Correction",
    "In our report on the budget of 10 March we said that the council of Halverton passed its budget of 84 "
    "million crowns. The council of Halverton passed its budget of 89 million crowns.",
    source=BUDGET.source,
    published=Moment.parse("2026-04-02"),
)


def put(home: Path, *articles: Article) -> None:
    archive = Archive(home)
    with archive.transaction():
        for article in articles:
            archive.put(article, passages_of(article))
    indexes = Indexes(archive)
    indexes.catch_up_words()
    catch_up(archive)
    link(archive, indexes.lexical)
    indexes.close()
    archive.close()


def keep(home: Path, *cited: Article) -> Saved:
    citations = [Citation.of(article, 0, article.text.index(".") + 1) for article in cited]
    sentences = tuple(Sentence(citation.quote, (citation,)) for citation in citations)
    saved = Saved.of("What happened?", Answer("What happened?", "What happened?", None, sentences, ()), cited)
    Keep(home).save("reader", "c", saved)
    return saved


def told(home: Path, *options: str) -> str:
    done = CliRunner().invoke(corrections, ["--home", str(home), *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_what_stands_is_not_listed(home: Path) -> None:
    put(home, STORM, POWER)
    assert "No answers are kept" in told(home)
    keep(home, STORM, POWER)
    assert told(home) == "1 kept answer with 2 citations; all stands as it was cited.\n"
    assert json.loads(told(home, "--json")) == {"answers": 1, "citations": 2, "changed": []}


def test_an_article_that_changed_is_listed_with_its_quote(home: Path) -> None:
    put(home, STORM, POWER)
    saved = keep(home, STORM, POWER)
    put(home, replace(STORM, text="The Tarn bridge is open again.", version=2))
    assert "Changed since: The article has changed since" in told(home)
    (one,) = json.loads(told(home, "--json"))["changed"]
    assert (one["answer_id"], one["question"]) == (saved.id, "What happened?")
    assert one["standing"]["outcome"] == "changed_since"
    assert one["citation"]["quote"] in STORM.text
    assert one["correction"] is None


def test_a_notice_of_correction_is_listed(home: Path) -> None:
    put(home, BUDGET, POWER, NOTICE)
    keep(home, BUDGET)
    assert "Corrected in article notice-1: “In our report on the budget" in " ".join(told(home).split())
    (one,) = json.loads(told(home, "--json"))["changed"]
    assert one["standing"]["outcome"] == "as_cited"
    notice = one["correction"]
    assert notice["article_id"] == NOTICE.id
    assert notice["text"] == NOTICE.text[notice["start"] : notice["end"]]


def test_a_notice_that_the_article_got_later_is_listed(home: Path) -> None:
    put(home, STORM)
    keep(home, STORM)
    note = "\n\nAn earlier version of this article misstated the number of homes without power."
    put(home, replace(STORM, text=STORM.text + note, version=2))
    (one,) = json.loads(told(home, "--json"))["changed"]
    assert one["standing"]["outcome"] == "changed_since"
    assert "misstated" in one["correction"]["text"]


def test_an_article_that_its_provider_withdrew_is_listed(home: Path) -> None:
    put(home, BUDGET, POWER)
    keep(home, BUDGET)
    archive = Archive(home)
    with archive.transaction():
        assert archive.withdraw(Withdrawal("kill.xml", "", "canceled", "it was canceled", BUDGET.id))
    archive.close()
    assert "Retracted: it was canceled" in told(home)
    (one,) = json.loads(told(home, "--json"))["changed"]
    assert one["standing"]["outcome"] == "as_cited"
    assert (one["correction"]["kind"], one["correction"]["article_id"]) == ("retraction", BUDGET.id)


def test_a_notice_that_the_article_had_already_is_not(home: Path) -> None:
    note = "\n\nAn earlier version of this article misstated the number of homes without power."
    noted = replace(STORM, text=STORM.text + note)
    put(home, noted)
    keep(home, noted)
    assert json.loads(told(home, "--json"))["changed"] == []


def test_an_answer_that_tells_of_the_correction_is_not_listed(home: Path) -> None:
    put(home, BUDGET, NOTICE)
    keep(home, BUDGET, NOTICE)
    assert json.loads(told(home, "--json"))["changed"] == []


@pytest.mark.parametrize("gone", ["article", "text"])
def test_citations_that_are_not_true_are_told(home: Path, gone: str) -> None:
    put(home, POWER)
    keep(home, STORM if gone == "article" else replace(POWER, text="Never printed. So."))
    (one,) = json.loads(told(home, "--json"))["changed"]
    assert one["standing"]["outcome"] == ("gone" if gone == "article" else "wrong")
