"""Which currency an amount is in: by its sign, or by the word after it.

A bare "$" or "dollars" may be any country's. What a currency is worth it does not know.
"""

from __future__ import annotations

Coins = frozenset[str]

_DOLLARS = frozenset(("us", "australian", "canadian", "new zealand", "hong kong", "singapore"))
_SIGNS: dict[str, Coins] = {
    "$": _DOLLARS, "us$": frozenset(("us",)), "a$": frozenset(("australian",)),
    "c$": frozenset(("canadian",)), "nz$": frozenset(("new zealand",)), "hk$": frozenset(("hong kong",)),
    "s$": frozenset(("singapore",)), "usd": frozenset(("us",)), "€": frozenset(("euro",)),
    "eur": frozenset(("euro",)), "£": frozenset(("pound",)), "gbp": frozenset(("pound",)),
    "¥": frozenset(("yen", "yuan")), "₹": frozenset(("rupee",)), "₽": frozenset(("rouble",)),
    "₩": frozenset(("won",)), "₦": frozenset(("naira",)), "₺": frozenset(("lira",)),
    "₪": frozenset(("shekel",)), "chf": frozenset(("franc",)),
}  # fmt: skip
_WORDS: dict[str, Coins] = {
    "dollar": _DOLLARS, "buck": _DOLLARS,
    **{word: frozenset((word,)) for word in (
        "euro", "pound", "yen", "yuan", "won", "naira", "rupee", "rouble", "rupiah", "ringgit", "baht",
        "peso", "lira", "rand", "shekel", "franc", "crown", "krona", "krone", "zloty", "forint", "dirham",
        "riyal", "dinar", "hryvnia", "shilling", "cedi", "taka", "dong", "tenge", "real")},
    "ruble": frozenset(("rouble",)), "reais": frozenset(("real",)), "kronor": frozenset(("krona",)),
    "kroner": frozenset(("krone",)), "renminbi": frozenset(("yuan",)), "pence": frozenset(("pound",)),
    "penny": frozenset(("pound",)), "cent": frozenset(),
}  # fmt: skip

# Alternatives of a regular expression; "won" and "real" are other words too, but not after a million.
SIGNS = "|".join(sorted((sign.replace("$", r"\$") for sign in _SIGNS), key=len, reverse=True))
PLAIN = (
    "|".join(f"{word}s?" for word in _WORDS if word not in ("won", "real", "pence", "reais")) + "|pence|reais"
)
AFTER_SCALE = "won|real"


def coins(sign: str, word: str) -> Coins:
    """The currencies that an amount with this sign before it, or this word after it, may be in."""
    if sign:
        return _SIGNS.get(sign.strip().lower(), frozenset())
    low = word.lower()
    return _WORDS.get(low) or _WORDS.get(low.removesuffix("s"), frozenset())


def are_one(one: Coins, other: Coins) -> bool:
    """Whether two amounts may be in one currency; where none is known, they may."""
    return not one or not other or not one.isdisjoint(other)
