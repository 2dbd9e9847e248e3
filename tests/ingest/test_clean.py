"""A draft becomes an article or a reason why not, and cleaning it again changes nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, Draft, Moment, Rejection, Warned
from ingest.clean import clean, title_of
from ingest.read import read

TEXT = "The bridge over the Sele opened on Tuesday, eleven months late.\n\nIt rained on the band."


def draft(**fields: Any) -> Draft:
    return Draft({"text": TEXT} | fields, "news.jsonl", "line 3")


def cleaned(callers: str = "", /, **fields: Any) -> Article:
    done = clean(draft(**fields), source=callers)
    assert not isinstance(done, Rejection)
    return done[0]


def warned(**fields: Any) -> list[str]:
    done = clean(draft(**fields))
    assert not isinstance(done, Rejection)
    assert all(w.path == "news.jsonl" and w.where == "line 3" and w.reason for w in done[1])
    return [w.code for w in done[1]]


def rejected(**fields: Any) -> Rejection:
    done = clean(draft(**fields))
    assert isinstance(done, Rejection)
    assert not isinstance(done, Warned)
    return done


def test_a_whole_record() -> None:
    article = cleaned(
        title="Bridge opens &amp; band plays | Halvern Courier",
        source="Halvern Courier",
        authors=["By Jane Doe and John Roe", "Staff"],
        published="3 March 2026, 18:40 GMT",
        url="https://www.courier.example/bridge?utm_source=x#top",
        section="Capital",
        language="en-GB",
        id="hc-1",
    )
    assert article == Article(
        id="hc-1",
        title="Bridge opens & band plays",
        text=TEXT,
        source="Halvern Courier",
        authors=("Jane Doe", "John Roe"),
        published=Moment.parse("2026-03-03T18:40:00+00:00"),
        url="https://www.courier.example/bridge",
        section="Capital",
        language="en",
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": None}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": ["a", "list"]}, "no_text"),
        ({"text": "\u200b \x01\n"}, "no_text"),
        ({"text": "Advertisement\n\nSubscribe now\n\nRead more"}, "no_text"),
        ({"text": "1,204 2,208 3,333 " * 8}, "too_short"),
        ({"text": "x " * 2_000_000}, "too_large"),
        ({"text": f"{TEXT}\0\0"}, "binary"),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(fields: dict[str, Any], code: str) -> None:
    rejection = rejected(**fields)
    assert (rejection.path, rejection.where, rejection.code) == ("news.jsonl", "line 3", code)
    assert rejection.reason


def test_a_date_that_is_none_leaves_the_article_undated_and_says_so() -> None:
    assert warned(published="01/02/03") == ["bad_date"]
    assert warned(published={"odd": 1}) == ["bad_date"]
    assert cleaned(published="01/02/03").published is None
    assert warned(published=None) == warned(published="") == warned(published="2026-03") == []


def test_a_date_in_the_future_is_kept_and_said() -> None:
    ahead = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    assert warned(published=ahead) == ["future_date"]
    assert str(cleaned(published=ahead).published) == ahead
    assert warned(published=(datetime.now(UTC) + timedelta(days=1)).isoformat()) == []


def test_a_date_and_a_byline_above_the_lead_fill_in_what_the_fields_lack() -> None:
    text = f"By Jane Doe\n\nMarch 3, 2026\n\n{TEXT}"
    article = cleaned(text=text)
    assert (article.text, article.authors, str(article.published)) == (TEXT, ("Jane Doe",), "2026-03-03")
    article = cleaned(text=text, authors=["Ana Cruz"], published="2026-03-04")
    assert (article.authors, str(article.published)) == (("Ana Cruz",), "2026-03-04")


@pytest.mark.parametrize(
    ("fields", "given", "outlet"),
    [
        ({"source": "Halvern Courier"}, "Ledger", "Halvern Courier"),
        ({}, "Ledger", "Ledger"),
        ({"url": "https://www.courier.example/a"}, "Ledger", "Ledger"),
        ({"url": "https://edition.courier.example/a"}, "", "courier.example"),
        ({"source": "https://www.courier.example"}, "", "courier.example"),
        ({"source": "Radio Tarrany | News &amp; Weather"}, "", "Radio Tarrany"),
        ({"source": 7}, "", "7"),
        ({}, "", ""),
    ],
)
def test_the_outlet_is_the_records_own_then_the_callers_then_the_addresss(
    fields: dict[str, Any], given: str, outlet: str
) -> None:
    assert cleaned(given, **fields).source == outlet


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Bridge opens | Halvern Courier", "Bridge opens"),
        ("Bridge opens - The Halvern Courier", "Bridge opens"),
        ("Bridge opens | Halvern Courier ...", "Bridge opens"),
        ("Bridge opens – at last - halverncourier", "Bridge opens – at last"),
        ("Bridge opens | Halvern Courier Sport | Halvern Courier", "Bridge opens"),
        ("Bridge opens - again", "Bridge opens - again"),
        ("Bridge opens &amp;amp; closes", "Bridge opens & closes"),
        ("Why Halvern Courier closed - a report", "Why Halvern Courier closed - a report"),
        (" Two\n lines ", "Two lines"),
        ("Halvern Courier", "Halvern Courier"),
    ],
)
def test_the_sites_name_is_no_part_of_the_title(raw: str, title: str) -> None:
    assert cleaned(title=raw, source="Halvern Courier").title == title


def test_the_hosts_name_behind_the_title_goes_too() -> None:
    assert (
        cleaned(title="Bridge opens | Courier", url="https://www.courier.example/a").title == "Bridge opens"
    )


def test_an_endless_title_is_cut() -> None:
    assert len(cleaned(title="word " * 10_000).title) <= 301
    assert len(cleaned(title="x" * 10_000).title) <= 301


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("The bridge opened. It rained.", "The bridge opened. It rained"),
        ("The bridge over the Sele opened at noon. It rained.", "The bridge over the Sele opened at noon"),
        ("HALVERN, March 3 (Wire) — The bridge over the Sele opened.", "The bridge over the Sele opened"),
        ("word " * 60, " ".join(["word"] * 18) + "…"),
        ("The U.S. envoy, who had come to see the bridge over the Sele in person, left before it was opened.",
         "The U.S. envoy, who had come to see the bridge over the Sele in person…"),
        ("x" * 500, "x" * 89 + "…"),
        ("." * 40 + " The bridge opened.", "The bridge opened"),
        ("." * 700 + " The bridge opened.", "The bridge opened"),
        ("* * *\n____ The bridge opened.", "The bridge opened"),
        ("“Never,” she said.", "“Never,” she said"),
    ],
)  # fmt: skip
def test_a_missing_title_is_made_from_the_lead(lead: str, title: str) -> None:
    assert title_of(lead) == title


def test_a_derived_title_leaves_the_lead_in_the_text() -> None:
    article = cleaned()
    assert article.title == "The bridge over the Sele opened on Tuesday, eleven months late"
    assert article.text == TEXT


def test_an_address_that_is_none_is_left_out_and_said() -> None:
    assert warned(url="javascript:alert(1)") == ["bad_url"]
    assert cleaned(url="javascript:alert(1)").url == ""


def again(article: Article) -> Article:
    fields = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.source,
        "authors": list(article.authors),
        "published": str(article.published) if article.published else None,
        "url": article.url,
    }
    done = clean(Draft(fields, "again"))
    assert not isinstance(done, Rejection)
    return done[0]


# Lines that look like furniture, in any order: what one pass uncovers must not be furniture to the next.
LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["HCN —", "(HCN)", "(HCN) —", "Halvern HCN —", "Halvern —", "HCN", "AP", "By Jane Doe",
             "Jane Doe", "March 3, 2026", "Read more", "Share", "___", "", " ",
             "The bridge opened.", "HCN — Read more",
             "“Read more”", "AP — HCN — The bridge", "&amp;", "1 min"]
        ),
    ),
    max_size=12,
)  # fmt: skip


@given(st.one_of(st.text(), LINES.map("\n".join), LINES.map("\n\n".join), LINES.map(" ".join)))
def test_cleaning_a_clean_article_changes_nothing(text: str) -> None:
    text = text.replace("\0", "")
    done = clean(draft(text=text + "\n\nThe bridge over the Sele opened.", source="HCN"))
    assert not isinstance(done, Rejection)
    assert again(done[0]).text == done[0].text


@given(st.dictionaries(
    st.sampled_from(["title", "text", "source", "authors", "published", "updated", "url", "section",
                     "language", "place", "id"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(TEXT),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    ),
))  # fmt: skip
def test_any_fields_make_an_article_or_a_rejection(fields: dict[str, Any]) -> None:
    done = clean(Draft(fields, "p"))
    if isinstance(done, Rejection):
        assert done.code in ("no_text", "too_short", "too_large", "binary")
    else:
        assert done[0].id
        assert done[0].title
        assert done[0].to_json()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TEXT, []),
        (f"{TEXT * 9}\0", ["controls"]),
        (f"{TEXT} café “n’est” NÃO SÃO ÂGE à “x” CAFÉ” L’ÂGE", []),
        (f"{TEXT} cafÃ©", ["mojibake"]),
        (f"{TEXT} â€œIt opened,â€ he said", ["mojibake"]),
        (f"{TEXT} \ud83d", ["surrogates"]),
        (f"{TEXT}\U000e0041\U000e0042", ["hidden_characters"]),
        (f"{TEXT} \u202egnp.exe", ["hidden_characters"]),
        (f"{TEXT} {'x' * 20_000}", ["long_word"]),
        (f"{TEXT} {'x ' * 20_000}", []),
        (f"{TEXT} 👩‍👩‍👧 🏴 مرحبا שלום", []),
    ],
)
def test_what_is_odd_about_a_text_is_said(text: str, codes: list[str]) -> None:
    assert warned(text=text) == codes


def test_a_value_that_was_guessed_is_said_to_be() -> None:
    assert warned(guessed={"published": "the file's date"}, published="2026-03-03") == ["guessed_published"]
    assert warned(guessed={"published": "the file's date"}, published=None) == []


def test_a_guess_that_needs_no_warning_is_marked_all_the_same() -> None:
    fields = {"published": "2026-03-03", "guessed": {"published": "", "authors": ""}}
    assert warned(**fields) == []
    assert "published" in cleaned(**fields).guessed
    assert "authors" not in cleaned(**fields).guessed


URL = "https://news.courier.example/2026/03/02/bridge"


@pytest.mark.parametrize(
    ("fields", "guessed"),
    [
        ({"title": "T", "source": "Courier", "published": "2026-03-03", "url": URL}, ()),
        ({"title": "T", "source": "https://courier.example", "published": "2026-03-03"}, ("source",)),
        ({"title": "T", "published": "2026-03-03", "url": URL}, ("source",)),
        ({"source": "Courier", "published": "2026-03-03"}, ("title",)),
        ({"title": "T", "source": "Courier", "url": URL}, ("published",)),
        ({"title": "T", "source": "Courier", "updated": "2026-03-03"}, ("published",)),
        ({"title": "T"}, ()),
        ({"url": URL}, ("published", "source", "title")),
    ],
)
def test_what_nobody_stated_is_marked_as_guessed(fields: dict[str, Any], guessed: tuple[str, ...]) -> None:
    assert cleaned(**fields).guessed == guessed


def test_an_outlet_that_the_caller_names_is_stated() -> None:
    assert (cleaned("Courier", url=URL).source, "source" in cleaned("Courier", url=URL).guessed) == (
        "Courier", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("published", "updated", "kept"),
    [
        ("2026-03-03T18:40:00Z", "2026-03-04T09:00:00Z", "2026-03-04T09:00:00+00:00"),
        ("2026-03-03T18:40:00Z", "2026-03-03", "2026-03-03"),
        ("2026-03-03T18:40:00Z", "2026-03-03T19:40:00+01:00", None),
        ("2026-03-03", "2026-03", "2026-03"),
        ("2026-03-03", "2026-03-02", None),
        ("2026-03-03", "someday", None),
        (None, "2026-03-04", "2026-03-04"),
    ],
)
def test_nothing_is_updated_before_it_is_published(
    published: str | None, updated: str, kept: str | None
) -> None:
    article = cleaned(published=published, updated=updated)
    assert article.updated == (Moment.parse(kept) if kept else None)
    assert article.published == Moment.parse((published or updated).replace("Z", "+00:00"))


def test_a_record_that_only_says_when_it_changed_stays_the_same_article() -> None:
    one, other = (cleaned(title="Bridge opens", updated=f"2026-03-0{day}") for day in (3, 4))
    assert one.id == other.id


def test_the_dates_above_a_text_count() -> None:
    article = cleaned(text=f"3 March 2026 | Updated 4 March 2026\n\n{TEXT}", title="T", source="Courier")
    assert (str(article.published), str(article.updated)) == ("2026-03-03", "2026-03-04")
    assert article.guessed == ()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"text": f"HALVERN, March 3 (Reuters) - {TEXT}"}, "Halvern"),
        ({"text": f"Port Ellery Courier — {TEXT}", "source": "Courier"}, "Port Ellery"),
        ({"text": f"Port Ellery — {TEXT}"}, ""),
        ({"text": f"HALVERN — {TEXT}", "place": "MARESBY, Monday (TWS)"}, "Maresby"),
        ({"text": TEXT}, ""),
    ],
)
def test_the_place_of_the_dateline_is_kept(fields: dict[str, Any], place: str) -> None:
    article = cleaned(**fields)
    assert article.place == place
    assert "place" not in article.guessed


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [" ", "\n", "\r", "a", "a ", "CNN — ", "&amp;", "\u200d", "a\u0301", "👩\u200d", "utm_a=1&", "- ", "<a "],
)
def test_a_megabyte_in_every_field_takes_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    names = ("title", "text", "source", "published", "updated", "url", "section", "language", "place", "id")
    clean(Draft(dict.fromkeys(names, text) | {"authors": [text] * 3}, "p"))
    assert time.process_time() - began < 20


def test_real_articles_come_out_whole_dated_and_stable(data: Path) -> None:
    drafts = (item for item in read(data / "realtimeqa" / "articles.jsonl.zst") if isinstance(item, Draft))
    done = [clean(item) for item in islice(drafts, 600)]
    articles = [item[0] for item in done if not isinstance(item, Rejection)]
    assert len(articles) > 590
    assert all(article.title and article.source and article.published for article in articles)
    assert not any(
        article.title.endswith("| CNN") or article.text.startswith("CNN —") for article in articles
    )
    assert all(again(article).text == article.text for article in articles)
