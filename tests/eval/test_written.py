"""A report is one file that needs nothing, says what it should, and runs nothing that an article says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.case import Case, Record
from eval.findings import CUTS, findings, right
from eval.written import FORMS, html, markdown, write
from ingest.errors import UsageError
from tests.browser.conftest import FLAGS, chromium_path
from tests.eval import runs

HOSTILE = '<script>alert(1)</script><img src="https://evil.example/x.png">![x](https://evil.example)'


@pytest.fixture(scope="module")
def records() -> list[Record]:
    found = runs.run(40)
    lost = found[3]
    wrong = replace(lost, case=replace(lost.case, question=HOSTILE, answers=("nothing of the kind",)))
    broken = replace(found[4], error=f"The index is gone: {HOSTILE}", answer=None)
    return [*found[:3], runs.finished(wrong, None), runs.finished(broken, None), *found[5:]]


def test_the_page_asks_for_nothing_and_runs_nothing(records: list[Record]) -> None:
    page = html(findings(records, HOSTILE))
    assert not re.search(r"<(?:script|link|img|iframe|object|embed)\b", page, re.IGNORECASE)
    tags = " ".join(re.findall(r"<[^>]+>", page))
    assert not re.search(r"\s(?:src|href|action|on\w+)\s*=", tags, re.IGNORECASE)
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page


def test_the_page_tells_all_there_is(records: list[Record]) -> None:
    page = html(findings(records, "Mine"))
    for told in ("What refusing more would save", "All metrics", "By outlet of the source", "The worst cases",
                 "The index is gone", "What the metrics mean", "prefers-color-scheme: dark"):  # fmt: skip
        assert told in page, told
    assert page.count("<svg") > 20


def test_markdown_is_escaped_and_whole(records: list[Record]) -> None:
    text = markdown(findings(records, "Mine"))
    assert not re.search(r"(?<!\\)[<!]|(?<!\\)\[x", text)
    assert "| hits@1 |" in text
    assert "AURC" in text


@pytest.mark.parametrize("form", FORMS)
def test_the_same_records_give_the_same_report(records: list[Record], form: str) -> None:
    assert FORMS[form](findings(records, "Mine")) == FORMS[form](findings(records, "Mine"))


def test_an_unknown_ending_is_refused(records: list[Record], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.html, \.md, \.json"):
        write(findings(records, "Mine"), tmp_path / "report.pdf")


def test_the_worst_comes_first(records: list[Record]) -> None:
    worst = findings(records, "Mine").worst
    assert worst[0].what.startswith("failed: The index is gone")
    assert any("lacks what was expected, nothing that was found has it" in fault.what for fault in worst)


def test_slices_leave_out_what_cannot_be_answered(records: list[Record]) -> None:
    nobody = [replace(r, case=replace(r.case, answerable=False)) for r in records[:5]]
    found = findings([*records[5:], *nobody], "Mine")
    assert set(found.slices) == set(CUTS)
    assert sum(one.cases for one in found.slices["kind of question"]) == 35
    assert all(0 <= one.right.mean <= 1 for part in found.slices.values() for one in part if one.right)


@pytest.mark.parametrize(
    ("as_of", "published", "slice_"),
    [("2026-03-14", "2026-03-12", "within a week"), ("2026-03-14", "2026-02-20", "within a month"),
     ("2026-03-14", "2025-06-01", "within a year"), ("2026-03-14", "2020-06-01", "older"),
     (None, "2026-03-12", "no day given"), ("2026-03-14", None, "no day given")],
)  # fmt: skip
def test_the_age_of_the_news(
    records: list[Record], as_of: str | None, published: str | None, slice_: str
) -> None:
    record = replace(records[0], case=replace(records[0].case, as_of=as_of))
    dated = replace(record, shown=tuple(replace(one, published=published) for one in record.shown))
    assert CUTS["age of the news"](dated) == slice_


def test_right_is_what_applies_first() -> None:
    record = Record(Case("c", "Who?"), None, (), {}, {}, {"contains_answer": 0.0, "gold_quoted": 1.0})
    assert right(record) == 0.0
    assert right(replace(record, scores={})) is None


def test_belief_is_drawn_where_options_were_chosen(records: list[Record]) -> None:
    def chosen(record: Record, support: float) -> Record:
        answer: dict[str, Any] = {**(record.answer or {}), "choice": {"text": "x", "support": support}}
        return replace(record, answer=answer, scores={"choice_right": float(support > 0.5)})

    found = findings([chosen(r, n / 10) for n, r in enumerate(records[5:15])], "Mine")
    assert found.belief is not None
    assert "Whether belief comes true" in html(found)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_every_width_and_asks_for_nothing(
    records: list[Record], tmp_path: Path, width: int, scheme: str
) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: install the dev extra")
    path = chromium_path()
    if path is None:
        pytest.skip("NO BROWSER: install chromium (apt install chromium) or set NEWSDESK_CHROMIUM")
    page_file = tmp_path / "report.html"
    write(findings(records, "Mine"), page_file)
    asked: list[str] = []
    with playwright.sync_playwright() as run:
        chromium = run.chromium.launch(executable_path=path, args=FLAGS)
        page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").inner_text() == "Mine"
        chromium.close()
    assert asked == [page_file.as_uri()]
