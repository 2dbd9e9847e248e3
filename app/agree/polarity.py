"""Words that turn a statement round: negations, opposites, and what is only planned, possible or alleged.

Lists of English words and the common negating prefixes. It knows no other opposites.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.agree.reading import Token, base, read

NEGATIONS = frozenset(
    base(word) for word in "not no never neither nor none nobody nothing nowhere without cannot".split()
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "anti")

_OPPOSITES = """rise fall; increase decrease; increase decline; rise decline; rise drop; increase drop;
increase fall; grow shrink; gain lose; up down; upward downward; higher lower; high low; more less; more
fewer; above below; over under; before after; win lose; victory defeat; victory loss; winner loser; gain
loss; profit loss; accept reject; approve reject; approve deny; accept refuse; agree refuse; agree
decline; support oppose; support reject; back oppose; for against; allow ban; permit ban; allow forbid;
allow block; allow prevent; open close; open shut; reopen close; start end; begin end; start finish; start
stop; begin stop; begin finish; launch end; arrive leave; arrive depart; enter leave; enter exit; join
leave; join quit; buy sell; hire fire; hire dismiss; appoint dismiss; arrest release; detain release;
convict acquit; guilty innocent; guilty acquit; deny confirm; deny admit; admit deny; confirm dismiss;
include exclude; add remove; raise lower; raise cut; raise reduce; increase reduce; increase cut; expand
cut; expand reduce; expand shrink; boost cut; strengthen weaken; strong weak; improve worsen; improve
deteriorate; better worse; best worst; good bad; first last; early late; earlier later; old young; old
new; large small; big small; long short; major minor; most least; many few; many little; all none; always
never; often rarely; everyone nobody; success failure; succeed fail; pass fail; pass reject; save kill;
survive die; alive dead; live die; attack defend; praise criticise; praise criticize; praise condemn;
welcome condemn; welcome reject; love hate; like dislike; trust distrust; true false; right wrong; legal
illegal; lawful unlawful; safe dangerous; easy difficult; hot cold; warm cold; dry wet; rich poor; public
private; male female; man woman; boy girl; mother father; son daughter; brother sister; husband wife; he
she; his her; him her; north south; northern southern; east west; eastern western; left right; inside
outside; inbound outbound; import export; deposit withdraw; lend borrow; advance retreat; attacker victim;
lead trail; ahead behind; lift impose; ease tighten; extend shorten; delay hasten; postpone advance; build
demolish; build destroy; create destroy; protect threaten; encourage discourage; hope fear; optimistic
pessimistic; positive negative; majority minority; maximum minimum; ally enemy; friend enemy; war peace;
peaceful violent; calm tense; full empty; heavy light; hard soft; fast slow; accelerate slow; surge
plunge; soar plunge; surge drop; soar drop; climb fall; climb drop; jump drop; jump fall; surge fall; soar
fall; rally slump; gain drop; gain fall; advance fall; rise slip; rise sink; rise plunge; top bottom; peak
trough; record modest; with without; give take; send receive; remember forget; found lost; resume halt;
resume suspend; continue stop; continue halt; keep drop; keep abandon; stay leave; remain leave; recover
relapse; innocent guilty; free jail; same different; similar different; temporary permanent; voluntary
mandatory; unanimous split; united divided; overturn uphold; uphold reject; sink float; on off; in out;
daytime overnight; night day; morning evening; summer winter; spring autumn; unveil hide; reveal hide;
reveal conceal; qualify miss; score concede; ban allow"""


_LIGHT = """get go come take make give have do be know want need think say tell see look find one any much
many yet immediately even still yet really just only"""


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _OPPOSITES.split(";"):
        one, other = (base(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


_KINDS = {
    "possible": """may might could can possibly perhaps maybe probably likely potentially""",
    "future": "will would shall",
    "alleged": """allegedly alleged allege reportedly accused accuse suspected suspect purported
purportedly supposedly claim apparently rumoured rumored""",
    "planned": """plan intend intention hope want aim seek propose proposed consider threaten expect
expected scheduled pledge promise vow""",
    "denied": "deny denied refuse dispute disputed",
    "tried": "try attempt attempted fail failed almost nearly",
}


# The kinds that leave open whether a thing was done; what is denied was not.
UNDONE = frozenset(("possible", "future", "planned", "alleged", "tried"))


@lru_cache(maxsize=1)
def _kind_of() -> dict[str, str]:
    return {base(word): kind for kind, words in _KINDS.items() for word in words.split()}


def is_negation(token: Token) -> bool:
    return token.base in NEGATIONS


def is_negative(token: Token) -> bool:
    """Whether a word negates, or says as much as a negation does ("unable", "failed")."""
    return token.base in NEGATIONS or token.base in _negative()


@lru_cache(maxsize=1)
def _negative() -> frozenset[str]:
    return frozenset(
        base(word) for word in "unable fail lack refuse deny avoid prevent hardly barely scarcely".split()
    )


def reverses(token: Token) -> bool:
    """Whether a verb says that the one it governs is not done ("refused to", "stop taking")."""
    return token.base in _reversing()


@lru_cache(maxsize=1)
def _reversing() -> frozenset[str]:
    return frozenset(
        base(word) for word in "refuse decline fail stop cease quit avoid neglect omit deny".split()
    )


def opposed(one: str, other: str) -> bool:
    """Whether two base forms say opposite things, by the list or by a negating prefix."""
    if other in _opposites().get(one, ()):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and any(long == prefix + short for prefix in _PREFIXES)


def opposites_between(said: Sequence[Token], written: Sequence[Token]) -> tuple[Token, Token] | None:
    """A word of each that are opposites."""
    return next(((s, w) for s in said for w in written if opposed(s.base, w.base)), None)


def is_one_sided(pair: tuple[Token, Token], claim: str, sentence: str) -> bool:
    """Whether an opposite surely says otherwise: not beside its like, nor where a comparison turns."""
    said, written = pair
    both = any(t.base != said.base and opposed(t.base, written.base) for t in read(sentence))
    turned = [_than(text) for text in (claim, sentence)]
    return not both and not (all(turned) and turned[0] != turned[1])


def _than(text: str) -> str:
    """The telling word that a comparison compares with."""
    tokens = read(text)
    place = next((i for i, token in enumerate(tokens) if token.text.lower() == "than"), len(tokens))
    return next((token.base for token in tokens[place:] if token.is_content), "")


def has_opposite(token: Token | None, sentence: str) -> bool:
    """Whether a sentence has the opposite of a word: to negate the one may be to say the other."""
    return token is not None and any(opposed(token.base, other.base) for other in read(sentence))


def modality(token: Token) -> str:
    """What kind of doubt or distance a word puts between a statement and a fact; "" for none."""
    return _kind_of().get(token.base, "")


def negated(tokens: Sequence[Token]) -> frozenset[str]:
    """The words that a negation right before them turns round; names and verbs that say little left out."""
    found = set()
    for place, token in enumerate(tokens):
        if is_negation(token):
            head = next((t for t in tokens[place + 1 : place + 5] if t.is_content), None)
            if head is not None and not head.is_capital and head.base not in _light():
                found.add(head.base)
    return frozenset(found)


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(base(word) for word in _LIGHT.split())
