"""One thing put in the place of another of its kind: "and in Syria?" after "… in the quake in Turkey?".

The question before keeps its wording; only the place, outlet, date, person or thing that the fragment names
is replaced, or added where there is none. It does not decide whether something is a follow-up
(`app.talk.converse`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.talk.lists import LINKS
from app.talk.mentions import DATE, MONTHS, WHERE, YEAR, Mention, is_country, mentions, with_tail

_PLURAL = r"(?:people|children|men|women|police|troops|[a-z-]{2,}[^s\W]s)"
PAST = "died|lost|left|fled|won|took|fell|went|held|made|[a-z]+ed"
# "How many people died in the quake", not "how many people did it kill".
COUNTED = re.compile(
    rf"(?:how many (?:(?P<noun>(?:[a-z-]+ ){{0,2}}?{_PLURAL}) )?|"
    rf"which (?P<chosen>(?:[a-z-]+ ){{0,2}}?{_PLURAL}) )"
    rf"(?P<rest>(?:were|was|are|is|have|has|had|will|can|live|work|{PAST})\b.*)$",
    re.IGNORECASE,
)
_LINKED = re.compile(rf"(?:(?P<link>{LINKS}) )?(?P<body>.+)$", re.IGNORECASE)
_NUMBERS = "no one two three four five six seven eight nine ten".split()
_SHIFT = re.compile(
    r"(?:(?:in|during|for) )?(?:(?P<count>the|a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) "
    r"(?P<unit>year|month|week|day|season)s? (?P<way>before|earlier|prior|after|later)(?: that)?|"
    r"the (?P<which>previous|prior|preceding|following|next) (?P<one>year|month|week|day|season))$",
    re.IGNORECASE,
)
# "What did Thule say", "has Thule resigned": who does something.
_SUBJECT = re.compile(r"\b(?:did|does|do|has|have|will|would|can|should) $", re.IGNORECASE)
_SAYS_ABOUT = re.compile(r"\b(?:say|said|think|report|write|announce) about\b", re.IGNORECASE)
# What a name may take the place of, the likeliest first.
_ALIKE = {"person": ("person", "place"), "role": ("role", "person")}
_LADDER = ("two {}s ago", "last {}", "this {}", "next {}")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# "What do teachers want?"
ACTING = re.compile(rf"\b(?:do|did|are|were|have|will|can|should) (?P<noun>{_PLURAL})\b")
_WITH_TAIL = re.compile(r" (?:of|in|at|off|near|on|over|with|between|against) ")
_BARE_PLURAL = re.compile(rf"(?!the )(?:[a-z-]+ (?:and )?){{0,2}}{_PLURAL}$")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def swapped(
    fragment: str, question: str, outlets: Sequence[str] = (), *, like_for_like: bool = False
) -> str | None:
    """The question with the fragment in its place; None where it has none.

    `like_for_like` wants something of the same kind to be there, so that nothing is added.
    """
    parts = _LINKED.match(fragment)
    if parts is None:
        return None
    if shift := _SHIFT.match(fragment):
        return _shifted(shift, fragment, question)
    link, body = (parts["link"] or "").lower(), parts["body"]
    named = mentions(question, outlets)
    kind, body = _kind(link, body, outlets)
    made = _replaced(kind, link, body, question, named, like_for_like=like_for_like)
    if made is not None or like_for_like:
        return made
    if kind in ("date", "place") or link in WHERE:
        return _added(f"{link or _link_for(kind, body)} {body}".strip(), question, named)
    return f"{question.rstrip('?!. ')}, according to {body}?" if kind == "outlet" else None


def _replaced(
    kind: str, link: str, body: str, question: str, named: Sequence[Mention], *, like_for_like: bool
) -> str | None:
    """The question with what the fragment names in its place, where it has one."""
    is_name = not link and kind in ("person", "role", "thing") and not body.islower()
    acted = _in_the_place_of_the_subject(body, question, named) if is_name else None
    # "Did the council approve the budget? And the Court?": it is no budget.
    if acted and kind == "thing" and all(m.text.islower() for m in named if m.kind == "thing"):
        return acted
    if made := _put(kind, link, body, question, named):
        return made
    if link and link not in WHERE and not like_for_like:
        return _after_same_link(link, body, question)
    if not (link or like_for_like) and body.islower() and _SAYS_ABOUT.search(question):
        return _after_same_link("about", body, question)
    return acted


def _kind(link: str, body: str, outlets: Sequence[str]) -> tuple[str, str]:
    """What a fragment names ("plural" for a bare noun, "" for what cannot be told), and how it is written."""
    if DATE.fullmatch(body) or body.lower() == "now":
        return "date", body
    if link in WHERE and len(body.split()) <= 4 and not _is_thing(body):
        return "place", body
    if _BARE_PLURAL.match(body) and not is_country(body):
        return "plural", body
    # Typed without capitals, only what is known by name can be told.
    typed = [body] if not body.islower() else [body, body.title()]
    for written in typed:
        for mention in mentions(written, outlets):
            is_known = written == body or mention.kind in ("place", "outlet")
            if is_known and with_tail(written, mention) == written:
                return mention.kind, body
    return "", body


def _is_thing(body: str) -> bool:
    """Whether it is "the final" rather than "the north" or "Halvern"."""
    return body.startswith("the ") and all(m.kind != "place" for m in mentions(body))


def _put(kind: str, link: str, body: str, question: str, named: Sequence[Mention]) -> str | None:
    """The question with the last mention of the kind replaced."""
    if kind == "plural":
        return _counting(body, question)
    for like in _ALIKE.get(kind, (kind,)):
        alike = [m for m in named if m.kind == like]
        if kind == "person" and like == "place" and len(alike) != 1:
            continue
        if kind == "thing" and link:
            alike = [m for m in alike if m.link == link]
        if old := next((m for m in reversed(alike) if m.link == link), alike[-1] if alike else None):
            if kind == "date":
                return _redated(link, body, question, old)
            end = _end_of_name(old, question)
            if _WITH_TAIL.search(body):
                end = old.start + len(with_tail(question, old))
            if link in WHERE and old.link in WHERE:
                return f"{question[: old.linked]}{link} {body}{question[end:]}"
            return f"{question[: old.start]}{body}{question[end:]}"
    return None


def _in_the_place_of_the_subject(body: str, question: str, named: Sequence[Mention]) -> str | None:
    """ "And the Bank?" after "What did Thule say?": a name does what a person or another body did."""
    for old in named:
        if old.kind in ("person", "role", "thing", "outlet") and _SUBJECT.search(question, 0, old.start):
            return f"{question[: old.start]}{body}{question[_end_of_name(old, question) :]}"
    return None


def _end_of_name(old: Mention, question: str) -> int:
    """Where a name ends that goes on with "of": "the Bank of England"."""
    whole = with_tail(question, old)
    is_name = old.text.rsplit(" ", 1)[-1][:1].isupper() and whole[len(old.text) :].startswith(" of ")
    return old.start + len(whole) if is_name else old.end


def _redated(link: str, body: str, question: str, old: Mention) -> str:
    """The question with another date; of month and year, what the fragment leaves out stays."""
    year, month = re.search(YEAR, old.text), _MONTH.search(old.text)
    if year and month and re.fullmatch(YEAR, body):
        return f"{question[: old.start]}{old.text.replace(year[0], body)}{question[old.end :]}"
    if year and month and not re.search(YEAR, body) and _MONTH.search(body):
        body = f"{body} {year[0]}"
    if not old.link and not link and re.fullmatch(YEAR, old.text):
        return f"{question[: old.start]}{body}{question[old.end :]}"
    dated = f"{link or _link_for('date', body)} {body}".strip()
    return f"{question[: old.linked]}{dated}{question[old.end :]}"


def _shifted(shift: re.Match[str], fragment: str, question: str) -> str | None:
    """The question a year, month or day earlier or later than it was; None where that cannot be told."""
    unit = (shift["unit"] or shift["one"]).lower()
    count = (shift["count"] or "one").lower()
    steps = int(count) if count.isdigit() else _NUMBERS.index(count) if count in _NUMBERS else 1
    steps *= 1 if (shift["way"] or shift["which"]).lower() in ("after", "later", "following", "next") else -1
    dates = [m for m in mentions(question) if m.kind == "date"]
    for old in reversed(dates):
        if moved := _moved(old.text, unit, steps):
            start = old.linked if moved.endswith("ago") else old.start
            return f"{question[:start]}{moved}{question[old.end :]}"
    if dates and unit != "year":
        return None
    return _added(re.sub(r"^(?:in|during|for) ", "", fragment, flags=re.IGNORECASE), question, ())


def _moved(date: str, unit: str, steps: int) -> str | None:
    """The date so many years or months on; None when it does not say which year or month it is."""
    ladder = [step.format(unit) for step in _LADDER]
    if date.lower() in ladder:
        place = ladder.index(date.lower()) + steps
        return ladder[place] if 0 <= place < len(ladder) else None
    if unit == "day" and date.capitalize() in _DAYS:
        return _DAYS[(_DAYS.index(date.capitalize()) + steps) % 7]
    year, month = re.search(YEAR, date), _MONTH.search(date)
    if unit == "year" and year:
        return date.replace(year[0], str(int(year[0]) + steps))
    if unit == "month" and month:
        years, place = divmod(MONTHS.index(month[0].capitalize()) + steps, 12)
        moved = date.replace(month[0], MONTHS[place])
        return moved.replace(year[0], str(int(year[0]) + years)) if year else moved
    return None


def _counting(nouns: str, question: str) -> str | None:
    """ "And children?" after "How many people …"."""
    counted = COUNTED.match(question)
    if counted and not counted["chosen"]:
        return f"{question[: len('how many ')]}{nouns} {counted['rest']}"
    if told := re.search(rf"(?<=\bare ){_PLURAL}(?=\W*$)|(?<=\bwere ){_PLURAL}(?=\W*$)", question):
        return f"{question[: told.start()]}{nouns}{question[told.end() :]}"
    acting = ACTING.search(question)
    return f"{question[: acting.start('noun')]}{nouns}{question[acting.end() :]}" if acting else None


def _after_same_link(link: str, body: str, question: str) -> str | None:
    """ "And for women?" after "… for men?"."""
    ends = r"(?=\W*$| (?:in|on|at|since|during|last|this) )"
    found = re.search(rf"\b{link} (?:the )?[a-z-]+(?: [a-z-]+){{0,2}}?{ends}", question, re.IGNORECASE)
    return f"{question[: found.start()]}{link} {body}{question[found.end() :]}" if found else None


def _added(phrase: str, question: str, named: Sequence[Mention]) -> str:
    """The question with a phrase at its end, but before a date that ends it."""
    asked = question.rstrip("?!. ")
    date = next((m for m in named if m.kind == "date" and m.end == len(asked) and m.link), None)
    if date is None or DATE.search(phrase):
        return f"{asked} {phrase}?"
    return f"{asked[: date.linked]}{phrase} {asked[date.linked :]}?"


def _link_for(kind: str, body: str) -> str:
    """The preposition that goes with a place, or with a date of this form."""
    if kind == "place":
        return "in"
    if re.match(r"(?:\d{1,2} )|\w+day$|\w+ \d{1,2}\b(?!\d)", body, re.IGNORECASE) and not re.match(
        r"(?:yester|to)day|(?:this|last|next) ", body, re.IGNORECASE
    ):
        return "on"
    is_named = re.match(rf"{YEAR}|the \d{{3}}0s|(?:{'|'.join(MONTHS)})\b", body, re.IGNORECASE)
    return "in" if is_named else ""
