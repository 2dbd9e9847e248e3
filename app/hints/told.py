"""What was read from the wording of a question: as short lines for its reader, and taken out of it.

An article does not say who printed it, or "in May" of what it reports on the day: such words of a question
tell where to look and not what to look for, and nobody should miss them in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.answer import Hint
from app.hints.outlets import Outlet
from app.hints.times import Time


def told(text: str, outlets: Sequence[Outlet], times: Sequence[Time]) -> tuple[Hint, ...]:
    """Each outlet and time with its words in the question and what they were taken to mean, in its order."""
    hints = [(o.start, Hint("outlet", text[o.start : o.end], _outlet(o))) for o in outlets]
    hints += [(t.start, Hint("time", text[t.start : t.end], _range(t))) for t in times]
    return tuple(dict.fromkeys(hint for _, hint in sorted(hints, key=lambda found: found[0])))


def _outlet(outlet: Outlet) -> str:
    names = " or ".join(outlet.names)
    return f"reports of {names}" if outlet.demanded else f"rather reports of {names}"


def _range(time: Time) -> str:
    since = time.since.date().isoformat() if time.since else ""
    until = time.until.date().isoformat() if time.until else ""
    if since == until:
        return f"rather reports of {since}"
    limits = (f"from {since}" if since else "", f"up to {until}" if until else "")
    return " ".join(("rather reports", *filter(None, limits)))


_SOURCED = re.compile(
    r"[\s,]*\b(?:as )?(?:according to|as per|reported by|published by|covered by|in|by|from)\s+"
    r"(?:the\s+)?['\"“‘]?$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:in|on|during|of|from|at|for|early|late|mid)[\s-]+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
# What outlets do with anything; put as "say", it is not looked for.
_IT_REPORTS = re.compile(
    r"\b(?P<asks>what|how) (?P<past>did|has|have)?(?:does|do)? it(?:(?:,? and|,) it)*"
    r" (?:(?P<done>reported|written|published|printed|told|mentioned|claimed|noted|stated)"
    r"|report|write|publish|print|tell|mention|claim|note|state)(?= (?:about|on|of|regarding)\b)",
    re.IGNORECASE,
)


def _says(found: re.Match[str]) -> str:
    """ "What did it report": what did it say."""
    helper = "has" if found["done"] else "did" if found["past"] else "does"
    return f"{found['asks']} {helper} it {'said' if found['done'] else 'say'}"


def subject(text: str, outlets: Iterable[Outlet], times: Iterable[Time]) -> str:
    """The question without the outlets whose reports it demands, their reporting, and these times."""
    cuts = [(o.start, o.end, "it") for o in outlets if o.demanded]
    cuts += [(t.start, t.end, "") for t in times]
    for start, end, instead in sorted(cuts, reverse=True):
        before, after = text[:start], text[end:]
        if instead and (framing := _SOURCED.search(before)):
            before, instead = before[: framing.start()], ""
            after = after.lstrip("'\"’” ") if not before else after.lstrip("'\"’”")
        elif instead:
            before = re.sub(r"\bthe\s+['\"“‘]?$", "", before, flags=re.IGNORECASE)
            instead = "its" if _POSSESSIVE.match(after) else instead
            after = _POSSESSIVE.sub("", after.lstrip('"”'), count=1) if instead == "its" else after
        else:
            before = _DATED.sub("", before)
        text = f"{before}{instead}{after}"
    about = " ".join(text.split()).lstrip(" ,;").replace(" ,", ",").replace(" ?", "?")
    return _IT_REPORTS.sub(_says, about)
