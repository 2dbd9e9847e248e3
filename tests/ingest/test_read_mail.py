"""E-mail: the better of two versions, who sent it, and a mailbox message by message."""

from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ingest.article import Draft, Warned
from ingest.clean import clean
from ingest.read import read
from ingest.read.mail import looks_like_mail, looks_like_mbox

TEXT = (
    "The bridge over the Sele opened on Tuesday, two years late and at twice its price.\n\n"
    "“We are open,” said the mayor, who walked over it first, in the rain."
)
PAGE = f"<html><body><p>{'</p><p>'.join(TEXT.split(chr(10) * 2))}</p></body></html>"


def message(text: str = TEXT, page: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage()
    named = {"From": "The Tarran Ledger <morning@ledger.example>", "Subject": "Bridge opens",
             "Date": "Tue, 03 Mar 2026 07:00:00 +0100", "Message-ID": "<a1@ledger.example>"}  # fmt: skip
    for name, value in (named | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        made[name] = value
    made.set_content(text)
    if page:
        made.add_alternative(page, subtype="html")
    return made


def fields(folder: Path, made: EmailMessage | bytes) -> dict[str, Any]:
    (folder / "a.eml").write_bytes(made if isinstance(made, bytes) else bytes(made))
    (item,) = read(folder / "a.eml")
    assert isinstance(item, Draft)
    return dict(item.fields)


def test_a_newsletter_is_an_article_of_its_outlet(tmp_path: Path) -> None:
    assert fields(tmp_path, message(page=PAGE)) == {
        "title": "Bridge opens", "text": TEXT, "source": "The Tarran Ledger",
        "published": "Tue, 03 Mar 2026 07:00:00 +0100", "id": "a1@ledger.example",
    }  # fmt: skip


def test_a_plain_version_that_only_points_to_the_page_is_left(tmp_path: Path) -> None:
    assert fields(tmp_path, message("Read this in your browser.", PAGE))["text"] == TEXT
    assert fields(tmp_path, message("\n", PAGE))["text"] == TEXT


def test_addresses_and_signatures_leave_the_text(tmp_path: Path) -> None:
    text = (
        TEXT.replace(".", " [https://ledger.example/x?y=1].", 1) + "\n\nhttps://ledger.example/z\n\n-- \nBye"
    )
    assert fields(tmp_path, message(text))["text"] == TEXT


@pytest.mark.parametrize(
    ("sender", "authors", "source"),
    [
        ("The Ledger <news@ledger.example>", None, "The Ledger"),
        ("Jane Doe <jane.doe@ledger.example>", ["Jane Doe"], "https://ledger.example"),
        ("Jane Doe at The Ledger <hello@ledger.example>", ["Jane Doe"], "The Ledger"),
        ('"Jane Doe, The Ledger" <hello@ledger.example>', ["Jane Doe"], "The Ledger"),
        ("Port Ellery Mercury <news@mercury.example>", None, "Port Ellery Mercury"),
        ("news@mercury.example", None, "https://mercury.example"),
    ],
)
def test_the_sender_is_an_outlet_or_a_person(
    tmp_path: Path, sender: str, authors: list[str] | None, source: str
) -> None:
    found = fields(tmp_path, message(From=sender))
    assert (found.get("authors"), found.get("source")) == (authors, source)


def test_the_host_of_a_sender_is_a_guess_at_the_outlet(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(bytes(message(From="Jane Doe <jane.doe@mail.ledger.example>")))
    (item,) = read(tmp_path / "a.eml")
    assert isinstance(item, Draft)
    cleaned = clean(item)
    assert isinstance(cleaned, tuple)
    assert (cleaned[0].source, cleaned[0].guessed) == ("ledger.example", ("source",))


def test_the_subject_may_be_encoded_or_broken(tmp_path: Path) -> None:
    raw = bytes(message()).replace(b"Subject: Bridge opens", b"Subject: Fwd: =?utf-8?q?Caf=C3=A9_opens?=")
    assert fields(tmp_path, raw)["title"] == "Café opens"
    raw = bytes(message()).replace(b"Subject: Bridge opens", b"Subject: =?no-such?q?Caf=C3=A9?= \xff opens")
    assert "opens" in fields(tmp_path, raw)["title"]


def test_another_encoding_than_named_and_attachments_are_said(tmp_path: Path) -> None:
    made = message("Café")
    made.add_attachment(b"x" * 99, maintype="image", subtype="png", filename="a.png")
    raw = bytes(made).replace(b"Caf\xc3\xa9", b"Caf\xe9")
    (tmp_path / "a.eml").write_bytes(raw)
    item, *warned = read(tmp_path / "a.eml")
    assert isinstance(item, Draft)
    assert item.fields["text"] == "Café"
    assert [w.code for w in warned if isinstance(w, Warned)] == ["encoding", "attachment"]


def test_a_mailbox_gives_its_messages_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.1")
    bodies = [f"{TEXT}\n\n>From the east came wind.\n\n{n}" for n in "12"] + ["x " * 90_000, "", TEXT]
    separator = b"From MAILER Tue Mar  3 07:00:00 2026\n"
    box = b"".join(
        separator + bytes(message(body, Message_ID=f"<{n}@x>")) + b"\n" for n, body in enumerate(bodies)
    )
    (tmp_path / "a.mbox").write_bytes(box)
    found = list(read(tmp_path / "a.mbox"))
    assert [(item.where, getattr(item, "code", "")) for item in found] == [
        ("message 1", ""), ("message 2", ""), ("message 3", "too_large"), ("message 4", "no_text"),
        ("message 5", ""),
    ]  # fmt: skip
    assert isinstance(found[0], Draft)
    assert "\n\nFrom the east" in found[0].fields["text"]
    assert found[0].origin is None


def test_mail_is_known_by_its_headers() -> None:
    head = bytes(message()).decode()
    assert looks_like_mail(head)
    assert looks_like_mail(head.replace("\n", "\r\n"))
    assert looks_like_mbox(f"From a@b Tue Mar  3 07:00:00 2026\n{head}")
    assert not looks_like_mail("Title: Bridge opens\nDate: 2026-03-03\nFrom: The Ledger\n\nText")
    assert not looks_like_mbox("From the east came wind in 2026\n\nand rain.")


def test_a_flood_of_blanks_is_read_at_once(tmp_path: Path) -> None:
    text = f"{TEXT}\n\n{' ' * 300_000}x"
    began = time.process_time()
    assert fields(tmp_path, b"From: a@b.example\nMIME-Version: 1.0\n\n" + text.encode())["text"]
    assert time.process_time() - began < 5
