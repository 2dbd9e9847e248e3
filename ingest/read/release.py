"""Whether a provider lets an item be used, and from when: the status and the embargo that news formats carry.

An item that its provider takes back names the article to retract.

Also what one agency's item has in common in every format: ids that stay apart, bylines in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from ingest.article import Draft, Moment, Rejection, Warned, Withdrawal
from ingest.dates import parse_moment
from ingest.furniture import name_key
from ingest.identity import article_id, clean_url
from ingest.notices import is_kill

_CANCELED = ("canceled", "its provider has canceled it: it must not be used")
_STATUSES = {
    "canceled": _CANCELED,
    "cancelled": _CANCELED,
    "withheld": ("withheld", "its provider withholds it until further notice"),
    "withhold": ("withheld", "its provider withholds it until further notice"),
}
_LONGEST_NOTE, _LONGEST_NUMBER = 200, 18
_GLOBAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:\S")
_MAKER = re.compile(r"(?:urn:newsml|tag):(?:www\.)?((?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,20})[:,]")
_BY = {
    "da": "af", "de": "von", "es": "por", "fr": "par", "it": "di", "nb": "av", "nl": "door", "nn": "av",
    "no": "av", "pt": "por", "sv": "av",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agency, as its format says it: the fields of a draft and what bears on its use.

    `status` is the format's own word, `note` what it says to editors. `embargo` is None where there is none,
    "" where it has no end.
    """

    fields: Mapping[str, Any]
    status: str = ""
    embargo: str | None = None
    only_summary: bool = False
    note: str = ""

    @property
    def taken_back(self) -> tuple[str, str] | None:
        """Why the item must not be used any more, as a code and a reason."""
        refused = _STATUSES.get(self.status.lower()) or (_CANCELED if is_kill(self.note) else None)
        if refused is None or not self.note:
            return refused
        return refused[0], f"{refused[1]} (“{self.note[:_LONGEST_NOTE]}”)"


def drafted(item: Item, path: str, where: str, origin: str | None = None) -> Iterator[Draft | Rejection]:
    """The draft of an item with its warnings, or why it is not to be used.

    An item that is taken back is a `Withdrawal` of the article that it names, however little else it says.
    An embargo that has not ended rejects the item. One that has ended moves the date of publication to its
    end, since nobody could read the text before.
    """
    fields = dict(item.fields)
    if item.taken_back:
        yield _withdrawn(fields, Rejection(path, where, *item.taken_back))
        return
    end = parse_moment(item.embargo) if item.embargo else None
    if item.embargo is not None and (end is None or lies_ahead(item.embargo)):
        until = f"until {end or item.embargo[:40]}" if item.embargo else "until further notice"
        yield Rejection(path, where, "embargoed", f"it is under embargo {until}: take it in again after that")
        return
    if not str(fields.get("text") or "").strip():
        yield Rejection(path, where, "no_text", "the item holds no text")
        return
    held = _held_back(fields, end)
    yield Draft({name: value for name, value in fields.items() if value}, path, where, origin)
    if held:
        yield Warned(path, where, "embargo", f"it was under embargo until {end}, which counts as its date")
    if item.only_summary:
        yield Warned(
            path, where, "summary", "only a summary of the article is given, and was taken in as it is"
        )


def _withdrawn(fields: Mapping[str, Any], why: Rejection) -> Rejection:
    """The rejection with the article that it retracts, where the item has a name."""
    given, url = str(fields.get("id") or "").strip(), clean_url(str(fields.get("url") or ""))
    if not given and not url:
        return why
    named = article_id(given, url, title="", text="", source="", published="", is_file=False)
    when = parse_moment(fields.get("updated")) or parse_moment(fields.get("published"))
    return Withdrawal(**asdict(why), article_id=named, revision=number_in(fields.get("revision")), when=when)


def number_in(value: Any) -> int:
    """A provider's number of a version; 0 for what is none."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


def _held_back(fields: dict[str, Any], end: Moment | None) -> bool:
    """Whether an embargo ended after the item's date; that end is then the date in `fields`."""
    published = parse_moment(fields.get("published")) or parse_moment(fields.get("updated"))
    if end is None or (published and published.last >= end.epoch):
        return False
    fields["published"] = end
    return True


def global_id(given: str, source: str) -> str:
    """An id that is nobody else's: as given if it names its maker (`urn:…`), else with the outlet."""
    return given if not given or _GLOBAL.match(given) else f"{name_key(source) or 'item'}:{given}"


def identity_of(uri: str) -> dict[str, str]:
    """What an item's own name is to us: a web address is one, so that its page is the same article."""
    is_address = uri.lower().startswith(("http://", "https://"))
    return {"url": uri} if is_address else {"id": uri}


def maker_of(uri: str) -> str:
    """The host in an item's own name that says who gave it (`urn:newsml:packet.example:…`), else ""."""
    found = _MAKER.match(uri)
    return found[1] if found else ""


def byline_in(byline: str, language: str) -> str:
    """A byline without the word for "by" of its language (`Von Anna Berg`)."""
    first, _, rest = byline.partition(" ")
    return rest if rest and first.lower() == _BY.get(language[:2].lower()) else byline


def first_date(*dates: str) -> str:
    """The first that can be read as a date, else the first that is anything."""
    return next((date for date in dates if parse_moment(date)), "") or next(filter(None, dates), "")


def lies_ahead(date: str) -> bool:
    """Whether a date can be read and has not come yet."""
    moment = parse_moment(date)
    return moment is not None and moment.last > datetime.now(UTC).timestamp()
