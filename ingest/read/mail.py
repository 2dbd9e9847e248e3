"""E-mail: newsletters and press releases, one message a file (eml) or many (mbox).

The subject is the title; the sender is the outlet, or the author where the address bears out that it is a
person. Of a message's two versions the plain one is read, unless it only points to the other. Attachments are
counted and not opened.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Mapping
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, BinaryIO

from ingest.article import Draft, Rejection, Warned
from ingest.byline import is_full_name
from ingest.identity import outlet_of
from ingest.limits import in_mb, limits
from ingest.read.fields import markup_to_text
from ingest.read.html import parse_html
from ingest.read.source import Refused, Source, decode
from ingest.read.unwrap import unwrap
from ingest.read.worker import Item

MBOX_SUFFIXES = (".mbox", ".mbx")
SUFFIXES = (".eml",)
KIND = "e-mail"

_LINE = 1 << 16  # bytes of a line looked at together
_SEPARATOR = re.compile(rb"From \S+.* \d{4}\r?\n")
_HEADERS = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+")
_NEEDED = re.compile(r"^(?:message-id|mime-version|received|return-path|delivered-to):", re.IGNORECASE | re.M)
_SENDER = re.compile(r"^from:", re.IGNORECASE | re.MULTILINE)
_FORWARDED = re.compile(r"(?:(?:fwd?|re|tr|wg|aw)\s*:\s*)+", re.IGNORECASE)
_OF_OUTLET = re.compile(r"\s*(?:,|\||•|·|\s[-–—]\s|\s+(?:from|at|of|via|in|for)\s+)\s*")
_ADDRESS = re.compile(
    r"(?<![ \t])[ \t]*(?:<https?://[^\s<>]+>|\[https?://[^\s\[\]]+\]|\(\s*https?://[^\s()]+\s*\))"
)
_BARE_ADDRESS = re.compile(r"^[ \t]*https?://\S+[ \t]*$\n?", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?\n.*\Z", re.MULTILINE | re.DOTALL)


def looks_like_mbox(head: str) -> bool:
    first, _, rest = head.partition("\n")
    return _SEPARATOR.match(f"{first}\n".encode()) is not None and _HEADERS.match(rest) is not None


def looks_like_mail(head: str) -> bool:
    headers = _HEADERS.match(head.replace("\r\n", "\n"))
    return bool(headers and _NEEDED.search(headers[0]) and _SENDER.search(headers[0]))


# mbox ------------------------------------------------------------------------------------------------------


def read_mbox(source: Source, mapping: Mapping[str, str]) -> Iterator[Item]:
    """The messages of a mailbox, as sources of their own."""
    number = 0
    try:
        with source.open() as stream:
            for number, message in enumerate(_messages(stream, limits().file), 1):
                where = f"message {number}"
                if message is None:
                    size = f"the message is larger than {in_mb(limits().file)}"
                    yield Rejection(source.shown, where, "too_large", size)
                else:
                    yield source.piece(where, message, KIND)
    except Refused as refused:
        rest = f"from message {number + 1} on: {refused.reason}"
        yield Rejection(source.shown, f"message {number + 1}", refused.code, rest)


def _messages(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Each message as bytes, None for one that is too large: that one is not held."""
    lines: list[bytes] = []
    size, after_blank, begun = 0, True, False
    while line := stream.readline(_LINE):
        if after_blank and _SEPARATOR.fullmatch(line):
            if begun:
                yield b"".join(lines) if size <= most else None
            lines, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= most:
                lines.append(line[1:] if line.startswith(b">From ") else line)
            else:
                lines.clear()
        after_blank = not line.strip(b"\r\n")
    if begun or lines:
        yield b"".join(lines) if size <= most else None


# One message -----------------------------------------------------------------------------------------------


def read_mail(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The article of a message. `mapping` has nothing to rename here."""
    message = email.message_from_bytes(source.whole())
    plain, page, attached, guessed = _bodies(message)
    fields = _body_fields(plain, page) | _header_fields(message)
    if not fields.get("text"):
        raise Refused("no_text", "the message holds no text")
    yield Draft(fields, source.shown, source.where, source.origin)
    if guessed:
        yield Warned(
            source.shown, source.where, "encoding", f"not in the encoding it names: read as {guessed}"
        )
    if attached:
        reason = f"its attachments were not read ({attached})"
        yield Warned(source.shown, source.where, "attachment", reason)


def _bodies(message: Message) -> tuple[str, str, int, str]:
    """The plain text and the page of a message, how many attachments it has, and an encoding if guessed."""
    found = {"text/plain": "", "text/html": ""}
    attached, guesses = 0, ""
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or part.get_filename():
            attached += 1
        elif kind in found and not found[kind].strip():
            found[kind], guessed = _text_of(part)
            guesses = guesses or guessed
    return found["text/plain"], found["text/html"], attached, guesses


def _text_of(part: Message) -> tuple[str, str]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ""
    text, guessed = decode(data, str(part.get_content_charset() or ""))
    return text, guessed or ""


def _body_fields(plain: str, page: str) -> dict[str, Any]:
    """The text, out of the better of its two versions, with what a page says about itself."""
    text = _plain_text(plain)
    if not page.strip():
        return {"text": text}
    try:
        fields = parse_html(page)
    except Refused:
        fields = {}
    full = markup_to_text(page)
    seen = fields.get("text", "")
    seen = seen if 2 * len(seen) > len(full) else full
    kept = {name: fields[name] for name in ("language",) if name in fields}
    return kept | {"text": text if 2 * len(text) > len(seen) else seen}


def _plain_text(text: str) -> str:
    text = _SIGNATURE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unwrap(_BARE_ADDRESS.sub("", _ADDRESS.sub("", text))).strip()


def _header_fields(message: Message) -> dict[str, Any]:
    name, address = parseaddr(_header(message, "From"))
    author, outlet = _sender(name.strip(" '\""), address)
    fields = {
        "title": _FORWARDED.sub("", _header(message, "Subject"), count=1).strip(),
        "published": _header(message, "Date"),
        "source": outlet,
        "authors": [author] if author else [],
        "id": _header(message, "Message-ID").strip("<> "),
        "url": _header(message, "Archived-At").strip("<> "),
        "language": _header(message, "Content-Language").split(",")[0],
    }
    return {name: value for name, value in fields.items() if value}


def _sender(name: str, address: str) -> tuple[str, str]:
    """The author and the outlet that a sender stands for: `Jane Doe at The Ledger`, else its host."""
    mailbox, _, domain = address.lower().partition("@")
    person, *rest = _OF_OUTLET.split(name, maxsplit=1)
    is_person = is_full_name(person) and any(
        word.lower() in mailbox for word in person.split() if len(word) > 2
    )
    at_home = f"https://{domain}" if outlet_of(f"https://{domain}") else ""
    if rest and rest[0] and (is_person or is_full_name(person)):
        return person, rest[0]
    return (person, at_home) if is_person and not rest else ("", name or at_home)


def _header(message: Message, name: str) -> str:
    """A header as one line of text, whatever is wrong with its encoding."""
    raw = str(message.get(name) or "")
    try:
        parts = decode_header(raw)
    except (MessageError, ValueError):
        parts = [(raw, None)]
    text = "".join(part if isinstance(part, str) else decode(part, codec)[0] for part, codec in parts)
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
