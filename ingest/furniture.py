"""Takes page furniture out of an article: newsletter pleas, share bars, bylines and outlet marks in the lead.

The rules know the forms that furniture takes, never the phrases of one outlet. A line with a quotation in it
is never furniture, and a sentence is never cut except for the outlet's own mark before the first one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ingest.article import Moment
from ingest.byline import byline_names, is_full_name
from ingest.dates import parse_date_line
from ingest.tidy import single_blanks

_LONGEST = 400  # characters; a longer line is prose

_LONGEST_NAME = 60
_NOT_IN_KEY = re.compile(r"[\W_]+")
_QUOTED = re.compile(r"[\"“”«»„]")
_NETWORK = (
    r"(?:x|twitter|facebook|instagram|threads|linkedin|whatsapp|telegram|tiktok|youtube|bluesky|mastodon|"
    r"reddit|pinterest)"
)
_NOTE = r"\W*(?:editor['’]s note:\s*)?"
_ADVERTISEMENTS = (
    r"[-–— ]*advertise?ment[-–— :.]*",
    r"[-–— ]*advertise?ment[-–— ]*(?:scroll|story|article|continue|skip|\d).{0,60}",
    r"\W*(?:the |this )?(?:story|article|content|post) continues (?:below|after|following).{0,60}",
    r"(?:sponsored|paid|promoted)(?: (?:content|post|stories|links))?",
    r"skip (?:ad|advertisement|to .{1,40})|scroll (?:down )?(?:to|for) .{0,60}",
)
_LETTERS = (
    _NOTE + r"(?:sign[- ]up|subscribe)\b.{0,250}\b(?:newsletters?|inbox|updates|alerts|podcast)\b.{0,150}",
    _NOTE + r"a version of this (?:story|article|post) .{0,150}\bnewsletter\b.{0,200}",
    r"\W*(?:you can )?get\b.{1,150}\b(?:in|to|into) your inbox\b.{0,150}",
    r"would you like to receive .{1,100}newsletter.{0,40}",
    r"(?:subscribe|sign up|sign in|log in|register|newsletters?)"
    r"(?: (?:now|today|here|for free|to continue reading))?\W*",
)
_CONSENT = (
    r"(?:we|this (?:web)?site|our (?:web)?site|our partners) (?:and our partners )?uses? cookies\b.{0,300}",
    r"by (?:clicking|continuing|using)\b.{0,150}\bcookies?\b.{0,150}",
    r"(?:accept|reject|manage)(?: all)?(?: cookies?)?(?: (?:settings|preferences))?\W*",
    r"cookie (?:policy|settings|preferences)\W*",
    r"(?:please )?enable javascript\b.{0,150}|javascript is (?:disabled|required)\b.{0,150}",
    r"your browser (?:does not|doesn['’]t) support\b.{0,100}",
)
_FURTHER_READING = (
    r"(?:read|see|watch|view|learn|show) (?:more|next|also|now)\b(?: here)?[.:>→» ]*",
    r"continue reading\W*|read on\W*|back to top",
    r"(?:read more|read also|also read|see also|read next|more|watch|don['’]t miss|you may also like|"
    r"more on this(?: story)?|recommended(?: reading)?|"
    r"related(?: (?:stor(?:y|ies)|articles?|coverage|content|links?))?)\s*[:|>].{0,200}",
    r"(?:related|recommended|trending|most (?:read|popular))"
    r"(?: (?:stor(?:y|ies)|articles?|coverage|content|news|now))?\W*",
    r"click here\b.{0,150}|download (?:the|our)\b.{0,60}\bapp\b.{0,100}",
    r"\d{1,3}[- ]?min(?:ute)?s?(?:[- ]read| listen)?",
    r"(?:listen|play video|watch video|loading)\W*(?:\d{1,3} min\w*)?",
)
_SHARING = (
    r"\d[\d,.]*\s?[km]?\s+(?:shares?|comments?|views|likes|retweets|reactions)",
    rf"(?:share|tweet|e-?mail|print|save|copy link|{_NETWORK})"
    rf"(?:[|·•,/ ]+(?:share|tweet|e-?mail|print|save|copy link|{_NETWORK}))*[|·•,/ ]*",
    rf"(?:share|post|tweet) (?:this|on|via|to)\b"
    rf"(?: (?:article|story|page|post|{_NETWORK}|on|via|with))*.{{0,20}}",
    rf"(?:please )?(?:follow|like|find|join) (?:us|.{{1,60}}?) on {_NETWORK}\b.{{0,120}}",
    r"(?:show|hide|view|leave|post|add)(?: \d+| a| your| all)? comments?\W*|comments?(?: \(\d+\))?",
)
_RIGHTS = (
    r"(?:copyright\b|©|\(c\)\s*\d{4}).{0,200}|all rights reserved\b.{0,150}",
    r"this material may not be published\b.{0,150}",
)
_PICTURE_AGENCY = (
    r"(?:ap|associated press|afp|reuters|epa|pa|dpa|ansa|tass|xinhua|getty(?: images)?|shutterstock|alamy)"
)
_CREDITS = (
    r"\W*(?:photo(?:graph)?|image|picture|illustration|graphic)s?"
    r"(?:\s+credits?\s*[:|]?|\s*[:|]|\s+courtesy of|\s+by)\s+[^.!?]{2,100}",
    rf"\(?{_PICTURE_AGENCY} (?:photo|images?)(?:\s*/\s*[\w .'’-]{{2,60}})?\)?",
    rf"\(?[\w .'’-]{{2,60}}\s*/\s*{_PICTURE_AGENCY}(?: (?:photo|images?))?(?: via [\w .]{{2,40}})?\)?",
    r"\(?from .{0,60}\b(?:staff|wire|wires|agency|agencies) (?:and .{1,30} )?reports?\)?\.?",
    r"support (?:our|local|independent|quality) journalism\b.{0,200}",
)
_RULES = (r"[-_*=~•♦◆■●|·.– ]+",)
_FURNITURE = re.compile(
    "|".join(
        (*_RULES, *_ADVERTISEMENTS, *_LETTERS, *_CONSENT, *_FURTHER_READING, *_SHARING, *_RIGHTS, *_CREDITS)
    ),
    re.IGNORECASE,
)
_AGENCIES = frozenset(
    "ap associatedpress reuters afp agencefrancepresse upi dpa efe ansa tass xinhua".split()
)
_NEWSROOM = re.compile(
    r"\b(?:news|times|post|journal|press|herald|tribune|gazette|chronicle|courier|register|observer|dispatch|"
    r"daily|today|network|wire|service|media|magazine|radio|tv|sports|special (?:to|for)|staff|correspondent|"
    r"columnist|contributor|editor|reporter)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?P<mark>[^—–\n]{2,80}?)\s*(?:—|–|--| -)(?:\s+(?=[\"“‘'(\[]*[A-Z0-9À-Þ])|\s*$)")
_PARENTHESIS = re.compile(
    r"\((?P<name>[A-Z][\w.&’' ]{1,30})\)\s*(?P<dash>(?:—|–|--|-)\s+)?(?=[A-Z0-9“\"'‘]|$)"
)
_PLACE_WORD = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*|of|the|de|la|del|and|upon|on|in),?")


@dataclass(frozen=True, slots=True)
class Body:
    """A text without its furniture, and what the furniture said."""

    text: str
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    place: str = ""


def name_key(name: str) -> str:
    """A name reduced to its letters and digits, without a leading article: for comparing outlets."""
    lower = name.lower()
    return _NOT_IN_KEY.sub("", lower.removeprefix("the "))


def is_name_of(name: str, outlets: Collection[str], *, extra: int = 1) -> bool:
    """Whether a name is one of the outlets (as keys), give or take words of a section (`CNN Business`)."""
    if len(name) > _LONGEST_NAME:
        return False
    words = name.split()
    return any(
        name_key(" ".join(words[:n])) in outlets for n in range(max(1, len(words) - extra), len(words) + 1)
    )


def without_furniture(text: str, outlets: Collection[str]) -> Body:
    """The body of a tidy text; `outlets` holds the keys of the names that the outlet goes by."""
    lines = text.split("\n")
    if len(lines) > 1:  # a line that stands alone is no part around anything
        lines = [line for line in lines if not is_furniture(line)]
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    place, at = "", 0
    while (at := _next(lines, at)) < len(lines):
        line = lines[at]
        names, (dated, changed) = byline_names(line), parse_date_line(line)
        after = _next(lines, at + 1)
        if names or dated or changed:
            authors, published, updated = authors or names, published or dated, updated or changed
            at += 1
        elif is_name_of(line, outlets) or is_name_of(line, _AGENCIES, extra=0):
            at += 1
        elif after < len(lines) and is_full_name(line) and _is_newsroom(lines[after], outlets):
            authors, at = authors or (line,), after + 1
        elif (unmarked := _without_mark(line, outlets))[0] != line:
            shorter, place = unmarked[0], unmarked[1] or place
            lines[at] = shorter if shorter and not is_furniture(shorter) else ""
        elif _is_loose_place(line) and after < len(lines):
            lines[after], place, at = f"{line} {lines[after]}", line[:-2], after
        else:
            break
    return Body(single_blanks("\n".join(lines[at:])).strip("\n"), authors, published, updated, place)


def is_furniture(line: str) -> bool:
    """Whether a whole line is no part of the article."""
    if not line or len(line) > _LONGEST:
        return False
    return _FURNITURE.fullmatch(line) is not None and not _QUOTED.search(line)


def _is_newsroom(line: str, outlets: Collection[str]) -> bool:
    """Whether a line is nothing but the name of an outlet or of a job there."""
    if len(line) > _LONGEST_NAME or line[:1].islower() or line.endswith((".", "!", "?", ":")):
        return False
    return is_name_of(line, outlets) or (_NEWSROOM.search(line) is not None and line.count(" ") < 6)


def _next(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _without_mark(line: str, outlets: Collection[str]) -> tuple[str, str]:
    """The first line without the outlet's marks: `(CNN) —`, `CNN —`; of `Rome CNN —` the place stays.

    That place comes out beside the line.
    """
    at = 0
    while True:
        aside = _PARENTHESIS.match(line, at)
        if aside and (aside["dash"] or is_name_of(aside["name"], outlets)):
            at = aside.end()
            continue
        match = _MARK.match(line, at)
        place = _place_before_outlet(match["mark"], outlets) if match else None
        if match is None or place is None:
            return line[at:], ""
        at = match.end()
        if place:
            return f"{place} — {line[at:]}".rstrip(), place


def _place_before_outlet(mark: str, outlets: Collection[str]) -> str | None:
    """The place of `Rome CNN` ("" when there is none), or None where no outlet is named."""
    words = mark.replace("(", "").replace(")", "").split()
    if is_name_of(" ".join(words), _AGENCIES, extra=0):
        return ""
    for n, word in enumerate(words):
        if is_name_of(" ".join(words[n:]), outlets):
            return " ".join(words[:n])
        if not _PLACE_WORD.fullmatch(word):
            break
    return None


def _is_loose_place(line: str) -> bool:
    """Whether a line is a dateline that was torn from its paragraph: `Rome —`."""
    return line.endswith(" —") and len(line) <= 60 and all(map(_PLACE_WORD.fullmatch, line[:-2].split()))
