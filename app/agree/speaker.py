"""Who is said to have said something, and whether quoted words stand in the article, said by that speaker.

It finds speakers beside verbs of saying; of pronouns it knows only that the name must come before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.agree.dates import dated_spans
from app.agree.ground import Ground, Source
from app.agree.names import is_known, known_names, name_tokens, same_name
from app.agree.reading import Token, base, fold, read
from app.verify import Fault
from ingest.sentences import sentence_spans

_SAYING = """say tell add claim argue warn insist explain announce declare acknowledge reply testify write
tweet report state note confirm admit stress comment remark conclude complain caution reveal according"""
# "Note" and "not" have one base form.
SAYING = frozenset(base(word) for word in _SAYING.split()) - {"not"}
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{3,600})[”\"»]")
# Shorter ones are nicknames, titles and single words held at arm's length.
_WORDS = 3
_REACH = 9
_SOMEONE = re.compile(
    r"(?i:\b(?:he|she)\s+(?:also\s+)?(?:added|said|says|told|wrote|argued)\b|\b(?:said|says) (?:he|she)\b)"
)
# So many signs before a sentence are looked at for who "he" is.
_BEFORE = 600
_PRINTED = "(?:reported|reports|said|says|wrote)"
_PRINTED_BEFORE = (
    rf"(?:according to {{name}},|{{name}} {_PRINTED}(?:(?: on [\w ,]{{{{3,24}}}}?)?(?: that|:))?)"
    r"\s+(?P<said>.+)"
)
_PRINTED_AFTER = rf"(?P<said>.+),\s+(?:according to {{name}}|{{name}} {_PRINTED})[\w ,]*\.?"
_BETWEEN = re.compile(r"[,;:()]|[”\"’']\s")
_BREAK = re.compile(r"[.;:!?“”\"]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verb of saying with its speaker's words; none when no name stands beside it."""

    verb: Token
    speaker: tuple[Token, ...]

    def is_close(self, text: str) -> bool:
        """Whether nothing but a title or a small word stands between the two."""
        first, last = self.speaker[0], self.speaker[-1]
        between = (
            text[last.end : self.verb.start]
            if last.end <= self.verb.start
            else text[self.verb.end : first.start]
        )
        return len(between.split()) <= 2 and not re.search(r"[,;:.]\s", between)


@lru_cache(maxsize=2048)
def attributions(text: str) -> tuple[Attribution, ...]:
    tokens = read(text)
    return tuple(
        Attribution(token, _speaker(text, tokens, place))
        for place, token in enumerate(tokens)
        if token.base in SAYING
    )


def _speaker(text: str, tokens: Sequence[Token], place: int) -> tuple[Token, ...]:
    """The name before the verb in its clause, or after an inverted verb ("…, said Ann Lee")."""
    verb = tokens[place]
    inverted = bool(re.search(r"[,”\"’']\s*$", text[: verb.start])) or verb.text.lower() == "according"
    left = _run(text, tokens[max(0, place - _REACH) : place][::-1])[::-1]
    follows = inverted or not left
    right = _run(text, tokens[place + 1 : place + 1 + _REACH], first=4) if follows else ()
    return _named(text, right or left)


def _named(text: str, run: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without dates, and without a lone capital at the beginning of a sentence."""
    taken = dated_spans(text)
    run = tuple(t for t in run if not any(a <= t.start < b for a, b in taken))
    if run and run[-1].text.endswith(("'s", "’s")):  # "the mayor's wife said"
        return ()
    return run if len(run) > 1 or (run and run[0] in name_tokens(text)) else ()


def _run(text: str, tokens: Sequence[Token], first: int = _REACH) -> tuple[Token, ...]:
    """The first words with capitals that follow each other, in the clause."""
    run: list[Token] = []
    for number, token in enumerate(tokens):
        if run and (not token.is_capital or _BETWEEN.search(_between(text, run[-1], token))):
            break
        if token.is_capital and token.is_content:
            run.append(token)
        elif number >= first or (run and token.is_content):
            break
    if run and _BREAK.search(text[min(tokens[0].start, run[0].start) : max(tokens[0].end, run[-1].end)]):
        return ()
    return tuple(run)


def _between(text: str, one: Token, other: Token) -> str:
    """What stands between two words, whichever comes first."""
    return text[one.end : other.start] or text[other.end : one.start]


def unattributed(claim: str, outlets: Iterable[str]) -> str:
    """A claim without "the Ledger reported on Monday that": who printed it is no part of what is said."""
    for outlet in filter(None, outlets):
        name = rf"(?:the\s+)?{re.escape(re.sub('^the ', '', outlet.strip(), flags=re.IGNORECASE))}"
        for pattern in (_PRINTED_BEFORE, _PRINTED_AFTER):
            found = re.fullmatch(pattern.format(name=name), claim.strip(), re.IGNORECASE | re.DOTALL)
            if found and len(found["said"].split()) > _WORDS:
                return found["said"][:1].upper() + found["said"][1:]
    return claim


def quotations(text: str) -> list[tuple[int, str]]:
    """The quoted words of a text that are long enough to be somebody's, and where they begin."""
    found = ((m.start(1), m.group(1)) for m in _QUOTED.finditer(text))
    return [(start, words) for start, words in found if len(words.split()) >= _WORDS]


def speaker_faults(claim: str, ground: Ground, best: Source | None) -> Iterator[Fault]:
    """What is wrong with the quotations of a claim and with who is named as having said what."""
    named = [one for one in attributions(claim) if one.speaker and one.is_close(claim)]
    for _, words in quotations(claim):
        place = _place(words, ground)
        if place is None:
            yield Fault("quotation", f"The words “{words}” do not stand in the article.", False)
        elif fault := _fault(named, *place, ground):
            yield fault
    if best is not None and not quotations(claim):
        before = best.article.text[max(0, best.start - _BEFORE) : best.start]
        if fault := _fault(named, best.text, before, ground):
            yield fault


def _fault(named: Sequence[Attribution], sentence: str, before: str, ground: Ground) -> Fault | None:
    """The first speaker of the claim whom the article does not let say it."""
    there = [one for one in attributions(sentence) if one.speaker and one.is_close(sentence)]
    known = known_names(f"{before}{sentence}")
    if not there and _SOMEONE.search(sentence) and not name_tokens(sentence, known=known):
        there = _named_last(before)
    outlets = {token.base for article in ground.articles for token in read(article.source)}
    for one in named:
        if all(token.base in outlets for token in one.speaker):
            continue
        name = _name(one.speaker)
        if there and not any(same_name(one.speaker, other.speaker) for other in there):
            return Fault("speaker", f"The article has {_name(there[0].speaker)} say it, not {name}.", True)
        if not there and not is_known(one.speaker[-1].text, ground.texts):
            return Fault("speaker", f"The article does not have {name} say it.", False)
    return None


def _named_last(before: str) -> list[Attribution]:
    """Who spoke last by name before a "he said", if nobody else is named since."""
    for start, end in reversed(_sentences(before)):
        sentence = before[start:end]
        if name_tokens(sentence, known=known_names(before)):
            said = [one for one in attributions(sentence) if one.speaker and one.is_close(sentence)]
            return said if len(said) == 1 else []
    return []


def _name(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _place(words: str, ground: Ground) -> tuple[str, str] | None:
    """The sentences of an article in which words stand, and what stands right before these."""
    wanted = fold(words).text.strip().rstrip(".,!?;")
    for article in ground.articles:
        folded = fold(article.text)
        at = folded.text.find(wanted)
        if at >= 0:
            start, end = folded.span(at, at + len(wanted))
            host = [(a, b) for a, b in _sentences(article.text) if a < end and start < b]
            first = host[0][0]
            return article.text[first : host[-1][1]], article.text[max(0, first - _BEFORE) : first]
    return None


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))
