"""Follow-ups as questions of their own: "and in Syria?" after "How many died in the quake in Turkey?".

Deterministic, without a model: what a follow-up leaves out is taken from the question before and its answer.
A name, place, outlet, date or thing of the same kind is replaced (`swap`); a pronoun, and "the fire" where
the Arlen wildfire was talked about, give way to what they stand for (`antecedent`); where neither fits, both
questions stand side by side. A question that stands on its own is left as it is, whatever came before. It
knows how questions are worded, not what is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.talk.antecedent import Spoken, plain, same
from app.talk.lists import AUXILIARY, LINKS, MATTERS, PARTS
from app.talk.mentions import Mention, is_role, mentions, with_tail
from app.talk.pointing import is_pointer, pointer
from app.talk.swap import swapped
from app.words import content_words, is_function_word, stem

# Turns further back are forgotten; a longer question is never taken for a follow-up; more is not carried on.
_TURNS = 20
_LONGEST_FOLLOW_UP = 300
_LONGEST_CARRIED = 1_000

_LINK = re.compile(
    r"(?:(?:and|but|or|so(?! far| many| much)|then|also|ok(?:ay)?),? +)*(?:(?:what|how) about +|what of +)?",
    re.IGNORECASE,
)
# What follows these hangs on what was asked before, if it can.
_CARRIES = re.compile(r"(?:and|but)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    rf"(?:who|whom|whose|what|which|where|when|why|how|if|because|{AUXILIARY}|tell|describe|explain|list|give|"
    r"show)\b",
    re.IGNORECASE,
)
_PREPOSED = re.compile(rf"(?:{LINKS}) ", re.IGNORECASE)
_ASKING_WORD = re.compile(
    r"(why|when|where|how)(?: (?:is|was|did) (?:that|this)(?: happen)?)?\W*$", re.IGNORECASE
)
_TRAILING = re.compile(
    rf"(?:{LINKS}|according to) (?:whom?|what|which|when|where|how)\b(?: \w+){{0,2}}\W*$", re.IGNORECASE
)
_ADVERBIAL = re.compile(rf"(?:(?:when|where|why|how) )?((?:{AUXILIARY})\b[^?]+\??)$", re.IGNORECASE)
_SAYS = re.compile(
    r"((?:what|how) (?:did|does|do|has|have) )(.+?)( (?:say|said|report(?:ed)?|write|written|think|"
    r"respond(?:ed)?|react(?:ed)?|claim(?:ed)?))\b(.*)$",
    re.IGNORECASE,
)
# Told at once which one it is: "the man who fell", "the strike at the port".
_TOLD = re.compile(rf" (?:who|that|which|whose|where|(?:{LINKS}) (?:the|an?|[A-Z]))\b")
_ENDS_IN_AUXILIARY = re.compile(rf"\b(?:{AUXILIARY}) $", re.IGNORECASE)
_FEW = 6  # words of a question that says little
# What anybody may do about anything: "What did the union do?"
_ACTS = re.compile(
    rf"(?:(?:what|how|why|when) )?(?:{AUXILIARY}) (?P<who>[^,;?!]+?) (?:(?:ever|already|then|finally) )?"
    r"(?:do|done|decided?|thinks?|plan(?:ned)?|know|known|find|found|ruled?|recommend(?:ed)?|"
    r"concluded?|apologi[sz]ed?|comment(?:ed)?|react(?:ed)?|respond(?:ed)?)\W*$",
    re.IGNORECASE,
)
_IN_NAMES = frozenset(("the", "of", "and"))
_ABOUT_IT = re.compile(r" (?:about|on|to|of|for|from) (it|this|that)\W*$", re.IGNORECASE)
_NEXT = re.compile(r"what happen(?:ed|s) (next|then|afterwards?|later|after that)\W*$", re.IGNORECASE)
_HAPPENED = re.compile(r"what (?:has )?happened (?:to|in|at|with|on|during) [^?]+\?*$", re.IGNORECASE)
# What is asked of any event: a question of such words alone is about the event talked about.
_OF_ANY_EVENT = frozenset(
    map(
        stem,
        """affected ago anybody anyone area arrested blame blamed board buildings cases casualties cause
        caused charged children city civilians cost country damage damaged dead deaths destroyed details
        die died evacuated exactly far freed happen happened hit homes hostages houses hurt injured
        involved killed latest long many margin men missing more motive name named officers old passengers
        people place pupils reaction reason referee region rescued responsible result risk say score
        second soldiers somebody someone state struck students survive survived survivors suspect suspects
        symptoms taken third toll town trapped turnout verdict victim victims warned warnings winner women
        wounded year""".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question with what came of it: as it was understood, the answer, the outlets it cites."""

    question: str
    understood: str = ""
    answer_text: str = ""
    sources: tuple[str, ...] = ()


def questions_of(history: Sequence[str | Exchange]) -> list[str]:
    """The earlier questions as they were understood, where that is known."""
    return [turn if isinstance(turn, str) else turn.understood or turn.question for turn in history]


def resolve(question: str, history: Sequence[str | Exchange], *, outlets: Sequence[str] = ()) -> str:
    """The question as it is meant after `history`, oldest first; as it is when it stands on its own.

    Each earlier question is itself understood after those before it. `outlets` are names of outlets to know.
    """
    before: Spoken | None = None
    for turn in history[-_TURNS:]:
        exchange = turn if isinstance(turn, Exchange) else Exchange(turn)
        understood = _one_line(exchange.understood) or _resolved(_one_line(exchange.question), before)
        if understood:
            known = tuple(dict.fromkeys([*outlets, *exchange.sources]))
            told = exchange.answer_text[:_LONGEST_CARRIED]
            before = Spoken.of(exchange.question, understood[:_LONGEST_CARRIED], told, known, before)
    return _resolved(_one_line(question), before)


def _resolved(text: str, before: Spoken | None) -> str:
    if before is None or not text or len(text) > _LONGEST_FOLLOW_UP:
        return text
    link = _LINK.match(text)
    rest = text[link.end() :] if link else text
    is_linked = rest != text
    if asking := _ASKING_WORD.match(rest):
        return _asked_again(asking[1], before) or _beside(before, rest)
    if not _CLAUSE.match(rest):
        return _fragment(rest, before, is_linked=is_linked) or text
    clause = _capitalised(rest) if is_linked else text
    if _is_thin(clause, before.outlets, is_linked=is_linked):
        return _beside(before, clause)
    return (
        _said(clause, before, is_linked=is_linked)
        or _next(clause, before)
        or _acted(clause, before)
        or _pointing(clause, before)
        or _definite(clause, before, carries=_CARRIES.match(link[0]) is not None if link else False)
        or clause
    )


def _asked_again(word: str, before: Spoken) -> str | None:
    """ "Why?" after "Did the mayor resign?": "Why did the mayor resign?"."""
    if adverbial := _ADVERBIAL.match(before.question):
        return f"{word.capitalize()} {adverbial[1][0].lower()}{adverbial[1][1:]}"
    event = before.first("thing")
    return f"{word.capitalize()} was {event}?" if event and word.lower() in ("when", "where") else None


def _fragment(rest: str, before: Spoken, *, is_linked: bool) -> str | None:
    """ "And in Syria?": the question before with something replaced or added."""
    if _TRAILING.match(rest):
        return _beside(before, rest)
    fragment, length = rest.rstrip("?!. "), len(rest.split())
    if re.search(r"[.:;?!] ", fragment):
        return None
    if is_linked and length <= 8:
        return swapped(fragment, before.question, before.outlets) or _beside(before, rest)
    if length <= 4 and (rest.endswith("?") or _PREPOSED.match(rest)):
        return swapped(fragment, before.question, before.outlets, like_for_like=True)
    return None


def _said(clause: str, before: Spoken, *, is_linked: bool) -> str | None:
    """ "And what did the Guardian say?": about what the question before was about."""
    says = _SAYS.match(clause.rstrip("?!. "))
    if not says or says[4] or is_pointer(says[2]):
        return None
    # To say something can be all that is told; one reacts to something.
    reacts = bool(re.search("respond|react", says[3], re.IGNORECASE))
    is_body = any(m.kind in ("outlet", "thing") for m in mentions(says[2], before.outlets))
    if not (is_linked or is_body or reacts):
        return None
    if (earlier := _SAYS.match(before.question)) and earlier[4].strip(" ?") and not reacts:
        return f"{says[1]}{says[2]}{says[3]}{earlier[4]}"
    topic = before.first("thing")
    if topic is None or topic not in _topic(before):
        return _beside(before, clause)
    return f"{says[0]} {'to' if reacts else 'about'} {topic}?"


def _next(clause: str, before: Spoken) -> str | None:
    """ "What happened next?"."""
    if not (found := _NEXT.match(clause)):
        return None
    if _HAPPENED.match(before.question):
        return f"{before.question.rstrip('?!. ')} {found[1].lower()}?"
    return _beside(before, clause)


def _pointing(clause: str, before: Spoken) -> str | None:
    """The clause with its first pronoun made plain; None when it points at nothing outside itself."""
    if (found := pointer(clause, before.outlets)) is None:
        return None
    if meant := plain(found, clause, before):
        behind = clause[found.end :]
        if found.kind == "person":
            behind = _about_it(behind, before)
        told = _capitalised(f"{clause[: found.start]}{meant}{behind}")
        is_lost = found.kind == "person" and _is_of_the_topic(meant, told, before)
        return _beside(before, told) if is_lost else told
    return _beside(before, clause)


def _is_of_the_topic(meant: str, told: str, before: Spoken) -> bool:
    """Whether it is "the suspect", asked for beside the topic, and no suspect without it."""
    topic = _topic(before)
    named = [m.text for m in mentions(topic, before.outlets) if m.kind != "date"]
    return (
        topic != before.question
        and meant.startswith("the ")
        and meant.islower()
        and not any(text in told for text in named)
    )


def _about_it(behind: str, before: Spoken) -> str:
    """What follows "did she say", with the thing in the place of an "about it" that ends it."""
    it, topic = _ABOUT_IT.search(behind), before.first("thing")
    return f"{behind[: it.start(1)]}{topic}{behind[it.end(1) :]}" if it and topic else behind


def _acted(clause: str, before: Spoken) -> str | None:
    """ "What did the union do?": in the matter that the question before was about."""
    acts = _ACTS.match(clause)
    if acts is None or pointer(clause, before.outlets):
        return None
    is_somebody = not any(is_function_word(word) for word in acts["who"].split() if word not in _IN_NAMES)
    # "The January 6 committee" says itself what it is about.
    is_told = any(m.kind == "date" for m in mentions(acts["who"]))
    return _beside(before, clause) if is_somebody and not is_told else None


def _definite(clause: str, before: Spoken, *, carries: bool) -> str | None:
    """ "How did the fire start?", which names nothing itself: the fire that was talked about."""
    named = [m for m in mentions(clause, before.outlets) if m.kind != "date"]
    if not named or not all(_is_nameless(m, clause) for m in named):
        return None
    for mention in named:
        if found := same(mention.text, before):
            meant, fits = found
            told = _capitalised(f"{clause[: mention.start]}{meant}{clause[mention.end :]}")
            return told if fits else _beside(before, clause)
    leans = carries or any(_leans(m, clause) for m in named)
    return _beside(before, clause) if leans else None


def _is_nameless(mention: Mention, clause: str) -> bool:
    """Whether it is "the governor": not "the governor of Halvern", "the man who fell" or "the Pope"."""
    words = mention.text.split(" ")
    is_common = all(word.islower() or is_role(word) for word in words[1:])
    is_told = with_tail(clause, mention) != mention.text or _TOLD.match(clause, mention.end)
    return words[0].lower() == "the" and is_common and not is_told


def _leans(mention: Mention, clause: str) -> bool:
    """Whether a "the …" is none without the matter talked about: "the game"; "the mayor" and little else."""
    _, *words = mention.text.lower().split(" ")
    # "Did the suspect get away?": how far the phrase goes cannot be told.
    first = words[0] if len(words) == 1 or _ENDS_IN_AUXILIARY.search(clause, 0, mention.start) else ""
    if first in MATTERS or first in PARTS or words[-1] in PARTS:
        return True
    others = [word for word in content_words(clause) if not _is_of_any_event(word)]
    return is_role(mention.text.split(" ", 1)[1]) and len(others) < 2 and len(clause.split()) <= _FEW


def _is_thin(clause: str, outlets: tuple[str, ...], *, is_linked: bool) -> bool:
    """Whether a clause says too little to be about anything by itself."""
    named = [m.text for m in mentions(clause, outlets) if m.kind != "date"]
    if pointer(clause, outlets) or not all(_is_of_any_event(text) for text in named):
        return False
    return _is_of_any_event(clause) or (is_linked and len(content_words(clause)) < 2)


def _is_of_any_event(text: str) -> bool:
    return all(stem(word) in _OF_ANY_EVENT or is_role(word) for word in content_words(text))


def _beside(before: Spoken, text: str) -> str:
    """Both side by side; of several sentences of the one before, the first says what it is all about."""
    topic = _topic(before)
    ended = topic if re.search(r"[?.!…”\"]$", topic) else f"{topic}?"
    return ended if ended == _capitalised(text) else f"{ended} {_capitalised(text)}"


def _topic(before: Spoken) -> str:
    return re.split(r"(?<=[?.!])\s+(?=[A-Z“\"])", before.question, maxsplit=1)[0]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
