"""Kept conversations as HTML, and kept from the page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.answer import Citation
from app.citing import Standing
from app.keep import Keep
from app.kept import Conversation, Listed
from app.page import remembered
from app.page.keeping import Keeping
from app.page.readers import COOKIE, Readers, reader_of
from app.page.turn import Filters, take
from tests.app.fake_desk import POWER, QUESTION, REFUSED, STORM, FakeDesk
from tests.app.hostile import HOSTILE
from tests.app.page.elements import Elements
from tests.app.test_export import hostile
from tests.app.test_keep import answered

READER = "a" * 32


def as_cited(citation: Citation) -> Standing:
    article = STORM if citation.article_id == STORM.id else POWER
    return Standing("as_cited", "", article, article, (citation.start, citation.end))


def request(reader: str = READER) -> Any:
    return SimpleNamespace(headers={"cookie": f"other=1; {COOKIE}={reader}"})


def test_a_conversation_is_shown_with_its_answers_and_what_can_be_done() -> None:
    kept = Conversation("c1", "Storm", 1.0, 1.0, (answered(QUESTION), answered(REFUSED)))
    page = Elements(remembered.conversation(kept, as_cited))
    assert "Power was restored to most homes" in page.text
    assert "No article of this archive says it" in page.text
    assert page.values("data-name") == ["newsdesk-storm.md", "newsdesk-storm.html", "newsdesk-storm.json"]
    assert page.values("data-form") == ["markdown", "html", "json"] + 2 * ["markdown", "plain", "footnotes"]
    assert page.values("aria-pressed") == ["false"] * 4
    assert page.values("data-at")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("changed_since", "changed since"),
        ("gone", "no longer in the archive"),
        ("wrong", "not what the archive"),
    ],
)
def test_what_became_of_a_citation_is_told(outcome: Any, words: str) -> None:
    kept = Conversation("c1", "Storm", 1.0, 1.0, (answered(QUESTION),))
    cited = None if outcome == "gone" else STORM
    page = Elements(remembered.conversation(kept, lambda _: Standing(outcome, "", cited, STORM)))
    assert words in page.text
    assert bool(page.values("data-at")) == bool(cited)


def test_a_judgement_can_be_seen_reasoned_and_taken_back(tmp_path: Path) -> None:
    saved = answered(QUESTION)
    keep = Keep(tmp_path)
    keep.save(READER, "c", saved)
    keep.judge(READER, saved.id, "down", 'too "old"')
    page = Elements(remembered.judged(keep.answer(READER, saved.id), focus=True))
    assert page.values("aria-pressed") == ["false", "true"]
    assert page.values("data-thumb") == ["up", ""]
    assert 'too "old"' in page.values("value")


def test_nothing_kept_and_nothing_found_are_told_apart() -> None:
    assert "Nothing is kept yet" in remembered.listed([], "")
    assert "“bridge”" in remembered.listed([], "bridge")
    page = Elements(remembered.listed([Listed("c", "Storm", 1_780_000_000.0, 1, "4,200 homes")], "homes"))
    assert "28 May 2026, 1 answer" in page.text
    assert "4,200 homes" in page.text


def test_hostile_conversations_are_harmless() -> None:
    text = " ".join(HOSTILE)
    kept = Conversation(text, text, 1.0, 1.0, (hostile(),))
    html = remembered.conversation(kept, lambda _: Standing("changed_since", text, STORM, STORM))
    html += remembered.listed([Listed(text, text, 1.0, 1, text)], text)
    page = Elements(html)
    assert page.harmless
    assert "<script>alert(1)</script>" in page.text


# The page's side: who asks, and what is kept


class _Checking(FakeDesk):
    def check(self, citation: Citation) -> Standing:
        return as_cited(citation)


def test_an_answer_is_kept_in_its_place_judged_and_resumed(tmp_path: Path) -> None:
    desk = _Checking(home=str(tmp_path))
    keeping = Keeping(desk)
    judge, copied, resumed = keeping.functions()
    ids = []
    for number, question in enumerate((QUESTION, REFUSED, QUESTION), 1):
        *_, turn = take(desk, min(number, 2), question, Filters(since="2026-01-01"), ())
        ids.append(keeping.keep(request(), "conversation-1", turn))
    (found,) = Keep(tmp_path).conversations(READER)
    kept = Keep(tmp_path).conversation(READER, found.id)
    assert [saved.id for saved in kept.answers] == [ids[0], ids[2]], "the second question was asked anew"
    assert kept.answers[0].since == "2026-01-01"
    assert {article.article_id for article in kept.answers[0].cited} == {STORM.id, POWER.id}
    told = {"answer": ids[0], "thumb": "up", "reason": "good"}
    assert judge(told, request()) == {"text": "up"}
    assert "not kept" in judge(told, request("b" * 32))["problem"]
    assert QUESTION in copied({"answer": ids[0], "form": "plain"}, request())["text"]
    first, second = resumed({"conversation": "conversation-1"}, request())["turns"]
    assert (first["pieces"]["kept"], second["pieces"]["number"], second["asked"]) == (ids[0], 2, QUESTION)
    assert (first["pieces"]["thumb"], first["pieces"]["reason"]) == ("up", "good")
    assert (first["limits"]["since"], first["limits"]["as_of"]) == ("2026-01-01", "")
    assert "no such conversation" in resumed({"conversation": "conversation-1"}, request("b" * 32))["problem"]
    for odd in (None, {}, {"answer": 1}, {"answer": ids[0], "form": "pdf", "thumb": "x", "reason": ""}):
        assert "cannot be read" in judge(odd, request())["problem"]
        assert "cannot be read" in copied(odd, request())["problem"]
        assert "cannot be read" in resumed(odd, request())["problem"]


def test_what_cannot_be_kept_is_answered_all_the_same(tmp_path: Path) -> None:
    *_, turn = take(FakeDesk(), 1, QUESTION, Filters(), ())
    *_, failed = take(FakeDesk(), 1, "x" * 10_001, Filters(), ())
    keeping = Keeping(FakeDesk(home=str(tmp_path)))
    assert keeping.keep(request(), "conversation-1", failed) == ""
    assert keeping.keep(request(), "../../x", turn) == ""
    assert keeping.keep(request("short"), "conversation-1", turn) == ""
    assert keeping.keep(None, "conversation-1", turn) == ""
    assert Keeping(FakeDesk(home=str(tmp_path / "gone"))).keep(request(), "conversation-1", turn) == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("cookie", "reader"),
    [
        (f"{COOKIE}={READER}", READER),
        (f"a=b; {COOKIE}={READER}; c=d", READER),
        (f"{COOKIE}=short", ""),
        (f'{COOKIE}="{"<" * 30}"', ""),
        ("", ""),
        ("=;=;\x00", ""),
    ],
)
def test_a_reader_is_known_by_a_secret(cookie: str, reader: str) -> None:
    assert reader_of(SimpleNamespace(headers={"cookie": cookie})) == reader


def cookies_set(path: str, headers: list[tuple[bytes, bytes]], kind: str = "http") -> list[str]:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Readers(app)({"type": kind, "method": "GET", "path": path, "headers": headers}, None, send))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_browser_gets_its_secret_when_it_opens_the_page() -> None:
    (first,) = cookies_set("/", [])
    (second,) = cookies_set("/", [(b"cookie", b"newsdesk-reader=short")])
    assert first != second
    assert "HttpOnly" in first
    assert "SameSite=Strict" in first
    assert reader_of(SimpleNamespace(headers={"cookie": first.partition(";")[0]}))
    assert cookies_set("/", [(b"cookie", first.partition(";")[0].encode())]) == []
    assert cookies_set("/config", []) == []
    assert cookies_set("/", [], kind="websocket") == []
