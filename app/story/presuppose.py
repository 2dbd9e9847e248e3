"""What a question takes for granted and the archive denies: "Why did X resign?" where X refused to.

Reads the verb of the question, and what the reports found say of the same name and verb. Only when some deny
it, or tell the opposite, and none affirms it, is there a note. It knows a list of verbs and of opposites, no
paraphrase, and says nothing where it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.agree.polarity import UNDONE, is_negation, modality, opposed
from app.agree.reading import Token, base, read
from app.answer import Note
from app.candidates import Candidate
from app.story.readings import Report, origin
from app.words import is_function_word, stem

Stand = Literal["affirms", "denies", "silent"]
Subject = Literal["bearer", "another", "unknown"]

# Questions that take their verb for granted; "who" and "whether" ask for it.
_GRANTS = re.compile(
    r"^\W*(?:why|when|how|where)\s+(did|has|have|had|was|were|is|are)\s+(?!many|much|long|old)(.*)",
    re.IGNORECASE,
)
_SEEKS = re.compile(r"\b(?:not|n[’']t|never|if|whether|or)\b", re.IGNORECASE)
# Verbs that tell of one deed or outcome, so that "did not" is a denial of it. Not those that are also
# adjectives or everyday nouns ("not even close", "no sign").
_DEEDS = frozenset(
    base(word)
    for word in """
    resign quit leave join withdraw retire concede win lose charge convict acquit arrest release jail
    sentence approve reject pass veto ban cancel postpone shut reopen collapse merge buy sell acquire
    accept refuse apologise apologize admit confess sue settle sack dismiss appoint elect die drown
    sink crash explode launch ratify recognise recognize invade surrender default lift suspend
    extradite deport pardon impeach endorse divorce marry evacuate abandon scrap assassinate murder
    overthrow oust expel""".split()
)
# Outcomes of which the same subject cannot have the opposite too. What closed may have opened before, and
# what rose may have fallen.
_OUTCOMES = frozenset(map(base, "win lose convict acquit approve reject pass accept refuse".split()))
_REFUSALS = frozenset(base(word) for word in "refuse decline deny reject rule insist avoid escape".split())
_REPORTED = frozenset(base(word) for word in "say claim tell think want".split())
_SUPPOSING = frozenset(("if", "whether", "unless", "would", "until"))
# Words by which reports tell the same deed.
_TOLD_BY = {
    base(deed): frozenset(map(base, words.split()))
    for deed, words in {
        "die": "dead death killed",
        "resign": "quit step",
        "quit": "resign leave",
        "leave": "quit exit depart departure exited withdrew split",
        "charge": "charges indict indicted charged",
        "convict": "guilty conviction",
        "arrest": "detain detained held custody",
        "win": "victory beat defeat",
        "sue": "lawsuit suing sued",
        "buy": "acquire purchase bought",
        "oust": "remove removal",
        "crash": "collide collision",
        "jail": "imprison prison sentence",
        "withdraw": "drop quit step",
        "cancel": "scrap call",
        "collapse": "fail failure",
    }.items()
}
# What a verb needs after it to be like another: "step down".
_PARTICLES = {base("step"): ("down", "aside"), base("drop"): ("out",), base("call"): ("off",)}
# With these after it a deed is only thought of.
_ATTEMPTS = frozenset(
    map(base, "attempt attempts bid plot plots try threat threats plan plans call calls".split())
)
# So many words before a verb belong to it, and so many lie between a subject and what it did.
_BEFORE = 4
_SUBJECT_NEAR = 7
# A denial this short is quoted in the note itself, in characters.
_QUOTED = 160


@dataclass(frozen=True, slots=True)
class _Granted:
    """What is taken for granted: that the bearer of a name did, or suffered, `deed`.

    `last` is the part of the name by which later sentences call him, her or it; `names` are all parts.
    `claim` is all of it as the question words it.
    """

    names: frozenset[str]
    last: str
    deed: str
    claim: str


def doubt(text: str, found: Sequence[Candidate]) -> Note | None:
    """The note that reports deny what the question `text` takes for granted, or that none of them says it.

    Of the denials the newest comes first. None where a report affirms it, or nothing is taken for granted.
    """
    granted = _granted(text)
    if granted is None:
        return None
    denials: list[Candidate] = []
    for candidate in found:
        stand = _stand(granted, candidate.sentence.text, _before(candidate))
        if "affirms" in (stand, _stand(granted, candidate.article.title)):
            return None
        if stand == "denies":
            denials.append(candidate)
    return _denied(denials) if denials else _unsaid(granted)


def _unsaid(granted: _Granted) -> Note:
    told = f"The question takes for granted “{granted.claim}”."
    return Note("partial", f"{told} Nothing that was found says so in these words.")


def _denied(denials: Sequence[Candidate]) -> Note:
    reports = [Report(c.article, c.sentence.start, c.sentence.end, c.sentence.text, 1.0) for c in denials]
    readings = tuple(r.reading for r in sorted(reports, key=lambda r: -(r.when or 0))[:2])
    newest = readings[0]
    told = " ".join(newest.value.split())
    quote = f": “{told}”" if len(told) <= _QUOTED else ""
    text = f"The archive contradicts what the question takes for granted{quote} ({origin(newest)})."
    return Note("presupposition", text, readings)


def _granted(text: str) -> _Granted | None:
    """The name and the verb of "why did X …"; None where there is no one name or no verb of the list."""
    matched = _GRANTS.match(text)
    if matched is None or _SEEKS.search(text):
        return None
    tokens = read(matched[2])
    place = next((i for i, t in enumerate(tokens) if t.base in _DEEDS and not t.is_capital), None)
    if place is None:
        return None
    subject = tokens[:place]
    names = [stem(t.text) for t in subject if t.is_capital and not is_function_word(t.text)]
    # "Why did A say that B resigned": not what A did.
    if not names or any(t.base in _REPORTED for t in subject):
        return None
    claim = " ".join(matched[2].rstrip(" ?!.").split())
    return _Granted(frozenset(names), names[-1], tokens[place].base, claim)


def _before(candidate: Candidate) -> str:
    return candidate.sentence.before.text if candidate.sentence.before else ""


def _stand(granted: _Granted, sentence: str, before: str = "") -> Stand:
    """Whether a sentence says that the bearer of the name did it, did not, or neither.

    With the sentence `before` it, a pronoun may stand for the name there.
    """
    tokens = read(sentence)
    named = granted.last in {stem(t.text) for t in tokens}
    if not named and granted.last not in {stem(t.text) for t in read(before)}:
        return "silent"
    whose = ("bearer", "unknown") if named else ("bearer",)
    stand: Stand = "silent"
    for place, token in enumerate(tokens):
        if any(t.base in _ATTEMPTS for t in tokens[place + 1 : place + 2]):
            continue
        is_deed = _is_deed(granted.deed, token, tokens[place + 1 : place + 2])
        if not is_deed and not _is_opposite(granted.deed, token):
            continue
        near, who = tokens[max(0, place - _BEFORE) : place], _subject(granted, tokens[:place])
        if _is_supposed(tokens[max(0, place - _SUBJECT_NEAR) : place]):
            continue
        denied = _is_denied(near)
        if is_deed == denied and who == "bearer" and (denied or not _is_ahead(near)):
            stand = "denies"
        elif is_deed and not denied and who in whose and not _is_ahead(near):
            return "affirms"
    return stand


def _is_deed(deed: str, token: Token, after: Sequence[Token]) -> bool:
    """The verb in any form, the noun made of it ("resignation", "defeat" is not "lose"), or its like."""
    long = len(deed) >= 5 and token.base.startswith(deed)
    is_alike = token.base in _TOLD_BY.get(deed, ()) and (
        token.base not in _PARTICLES or any(t.text.lower() in _PARTICLES[token.base] for t in after)
    )
    return token.base == deed or is_alike or (long and not is_function_word(token.text))


def _is_denied(before: Sequence[Token]) -> bool:
    """ "did not", "refused to", "has yet to" """
    return any(is_negation(t) or t.base in _REFUSALS or t.text.lower() == "yet" for t in before)


def _is_supposed(before: Sequence[Token]) -> bool:
    return any(t.text.lower() in _SUPPOSING for t in before)


def _is_ahead(before: Sequence[Token]) -> bool:
    """Planned, possible or asked for, and so not done."""
    return any(modality(t) in UNDONE or t.text.lower() in ("to", "should") for t in before)


def _subject(granted: _Granted, before: Sequence[Token]) -> Subject:
    """Whether the nearest name before the verb is the one asked about (or a pronoun), or another."""
    near = before[-_SUBJECT_NEAR:]
    for place in range(len(near) - 1, -1, -1):
        token = near[place]
        if stem(token.text) in granted.names or token.text.lower() in ("he", "she", "it", "they"):
            return "bearer"
        if token.is_capital and token.start > 0 and not is_function_word(token.text):
            # Another name, unless it is the rest of the same one: "Brack & Sons".
            is_rest = any(stem(t.text) in granted.names for t in near[max(0, place - 2) : place])
            return "bearer" if is_rest else "another"
    return "unknown"


def _is_opposite(deed: str, token: Token) -> bool:
    return {deed, token.base} <= _OUTCOMES and opposed(deed, token.base)
