"""Words that stand before people's names or instead of them: titles, offices, trades. English only."""

from __future__ import annotations

_RANKS = frozenset(
    """President Prime Minister Senator Sen Rep Representative Governor Gov Mayor King Queen Prince Princess
    Pope Judge Justice General Gen Colonel Captain Sir Lady Lord Dame Dr Mr Mrs Ms Secretary Speaker
    Attorney Officer Sheriff Chief Director Professor Coach Former Vice First Republican Democrat Democratic
    Labour Conservative Chancellor Councilman Councilwoman Quarterback Actor Actress Singer Chair Chairman
    Chairwoman Congressman Congresswoman Detective Lieutenant Sergeant Reverend Bishop Archbishop Duke Duchess
    Emperor Pastor Ambassador Commissioner Deputy Majority Minority Leader CEO Founder Head Star""".split()
)


def is_rank(word: str) -> bool:
    """Whether a word with a capital is a title or an office and names nobody: "Prime", "Gov."."""
    return word.rstrip(".") in _RANKS
