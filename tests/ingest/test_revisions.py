"""What agencies number and take back: a lower number replaces nothing, and a kill retracts what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import Archive
from ingest.fakes import HashEmbedder
from ingest.indexes import Indexes
from ingest.pipeline import ingest
from ingest.report import Report
from tests.ingest.news import NINJS_1, NITF, as_json, g2_item, newsml1

Made = Callable[..., str]
KILL = "MANDATORY KILL. The dues did not rise."


def g2(revision: int, title: str, *, status: str = "usable", note: str = "", empty: bool = False) -> str:
    about, meta = f"<headline>{title}</headline>", f"<pubStatus qcode='stat:{status}'/>"
    made = g2_item(version=revision, about=about, meta=f"{meta}<edNote>{note}</edNote>")
    return made.partition("<contentSet>")[0] + "</newsItem>" if empty else made


def ninjs(revision: int, title: str, *, status: str = "usable", note: str = "", empty: bool = False) -> str:
    item: dict[str, Any] = NINJS_1 | {
        "version": str(revision), "headline": title, "pubstatus": status, "ednote": note,
        "versioncreated": f"2026-03-03T18:4{revision}:00Z",
    }  # fmt: skip
    return as_json({name: item[name] for name in item if not (empty and name.startswith("body_"))})


def first_newsml(
    revision: int, title: str, *, status: str = "Usable", note: str = "", empty: bool = False
) -> str:
    made = newsml1(content="", status=status.title()) if empty else newsml1(status=status.title())
    made = made.replace('PreviousRevision="0">2<', f'PreviousRevision="0">{revision}<')
    made = made.replace("<NewsItem>", f"<NewsItem><Comment>{note}</Comment>")
    return made.replace("Ferry dues rise in Port Ellery", title)


def nitf(revision: int, title: str, *, status: str = "usable", note: str = "", empty: bool = False) -> str:
    data = f'<docdata management-status="{status}"><du-key version="{revision}"/><ed-msg info="{note}"/>'
    made = NITF.replace("<docdata>", data).replace("Ferry dues rise in Port Ellery", title)
    return made.partition("<body>")[0] + "</nitf>" if empty else made


ALL = pytest.mark.parametrize("made", [g2, ninjs, first_newsml, nitf])


class Desk:
    """An archive that takes in texts, each as a file of its own."""

    def __init__(self, home: Path, files: Path) -> None:
        self.archive = Archive(home)
        self._indexes = Indexes(self.archive)
        self._files = files
        self._taken = 0

    def take_in(self, text: str) -> Report:
        self._taken += 1
        file = self._files / str(self._taken)
        file.write_text(text, encoding="utf-8")
        return ingest(self.archive, self._indexes, [file], HashEmbedder, "fake-hash-64")

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.archive.articles()]

    def retractions(self) -> list[str]:
        found = self.archive.corrections_of(self.archive.corrected())
        return [
            notice.text for notices in found.values() for notice in notices if notice.kind == "retraction"
        ]

    def close(self) -> None:
        self._indexes.close()
        self.archive.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    files = tmp_path / "files"
    files.mkdir()
    desk = Desk(tmp_path / "home", files)
    yield desk
    desk.close()


@ALL
def test_a_lower_number_does_not_replace_a_higher_one(desk: Desk, made: Made) -> None:
    desk.take_in(made(2, "Dues rise"))
    report = desk.take_in(made(1, "Dues may rise"))
    assert (report.unchanged, [warning.code for warning in report.warnings]) == (1, ["older_version"])
    assert desk.titles == ["Dues rise"]
    report = desk.take_in(made(3, "Dues rise again"))
    assert (report.replaced, report.warnings) == (1, [])
    assert [article.revision for article in desk.archive.articles()] == [3]
    assert desk.titles == ["Dues rise again"]


@ALL
@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize(
    "told", [{"status": "canceled"}, {"status": "canceled", "note": KILL}, {"note": KILL}]
)
def test_a_kill_retracts_the_article_that_it_names(
    desk: Desk, made: Made, told: dict[str, str], empty: bool
) -> None:
    desk.take_in(made(1, "Dues rise"))
    report = desk.take_in(made(2, "Dues rise", empty=empty, **told))
    assert ([item.code for item in report.rejected], report.retracted) == (["canceled"], 1)
    assert [warning.code for warning in report.warnings] == ["retracted"]
    assert desk.titles == ["Dues rise"]  # still there to be read
    (said,) = desk.retractions()
    assert said.startswith("its provider has canceled it")
    assert (KILL in said) is ("note" in told)
    assert desk.archive.count_notices() == (1, 1)


@ALL
def test_a_kill_that_comes_first_is_remembered(desk: Desk, made: Made) -> None:
    report = desk.take_in(made(2, "Dues rise", status="withheld"))
    assert (report.retracted, report.warnings) == (0, [])
    assert desk.archive.count_notices() == (1, 0)
    desk.take_in(made(1, "Dues rise"))
    assert len(desk.retractions()) == 1


@ALL
def test_what_is_sent_again_later_is_no_longer_retracted(desk: Desk, made: Made) -> None:
    for sent in (
        made(1, "Dues rise"),
        made(2, "Dues rise", status="withheld"),
        made(3, "Dues rise after all"),
    ):
        desk.take_in(sent)
    assert desk.titles == ["Dues rise after all"]
    assert desk.retractions() == []


def test_without_numbers_the_date_tells_what_came_last(desk: Desk) -> None:
    def sent(minute: int, status: str) -> str:
        item = NINJS_1 | {
            "version": "",
            "versioncreated": f"2026-03-03T18:4{minute}:00Z",
            "pubstatus": status,
        }
        return as_json(item)

    desk.take_in(sent(2, "canceled"))
    desk.take_in(sent(1, "usable"))
    assert len(desk.retractions()) == 1
    desk.take_in(
        as_json(NINJS_1 | {"version": "", "versioncreated": "2026-03-03T18:43:00Z", "headline": "New"})
    )
    assert desk.retractions() == []


def test_an_item_without_a_name_retracts_nothing(desk: Desk) -> None:
    report = desk.take_in(NITF.replace("<docdata>", '<docdata management-status="canceled">').replace(
        '<doc-id id-string="12345"/>', ""
    ).replace(' ex-ref="https://packet.example/dues"', ""))  # fmt: skip
    assert [item.code for item in report.rejected] == ["canceled"]
    assert desk.archive.count_notices() == (0, 0)
