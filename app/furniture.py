"""Which sentences belong to the page and not to the report: captions, bylines, links, headings, letters.

By their wording and looks alone, in English; it knows no outlet. A sentence taken for furniture is still in
the article and found by a search, but it is never quoted.
"""

from __future__ import annotations

import re

from app.words import words

_ENDED = re.compile(r"[.!?…。！？।؟۔][\"”’'»)\]]*$")
_FURNITURE = re.compile(
    "|".join(
        (
            # calls to the reader
            r"^(?:read|see|watch) (?:more|also|next)\b|^read (?:the|our|my|other|on)\b|^related\s*[:|]",
            r"^(?:read|see|find out|learn|listen|watch|sign-?up)\b.{0,80}\bhere(?: for \w+)?\.$|^check out\b",
            r"^(?:visit|see) \S+\.(?:com|org|gov|net)\b|^(?:need|want|looking) (?:an?|to|for|more)\b.*\?$",
            r"^more (?:on this|from the)\b|^follow (?:here|along|our)\b|^get (?:the latest|our)\b",
            r"^(?:sign[- ]?up|subscribe|log ?in|share this|follow us|contact us|support (?:us|our)\b)",
            r"^(?:to|you can) subscribe\b|^thank you for (?:supporting|reading|subscribing)\b|\bclick here\b",
            r"^download (?:the|our|for)\b|^play\b.{0,60}\b(?:crossword|puzzle|quiz)\b",
            r"^(?:reach|follow|find|contact)\b.{0,60}(?<!\w)@\w|\b(?:reach|follow) (?:him|her) (?:at|on)\b",
            # letters
            r"\b(?:our|your|free|daily|weekly) newsletters?\b|\bsign up (?:for|to)\b.{0,80}\bnewsletter\b",
            r"\bnewsletter\b.{0,80}\b(?:inbox|digest|sign up)\b|\b(?:to|in|into) your inbox\b",
            # captions and credits
            r"^(?:photo|photograph|image|picture|video|audio|watch|listen|source|contributing|credit)s?\s*:",
            r"^(?:photo|photograph|image|picture|video|audio)s? by\b",
            r"\((?:photo|image|picture|ap photo|file)\b[^()]*\)|\([A-Z][^()]*(?:/| via )[^()]*\)\W*$",
            r"\bgetty images\b|\bfile photo\b|\bhide caption\b",
            r"^by (?-i:[A-Z])[\w.’-]+ (?-i:[A-Z])[\w.’-]+\W*$",
            # what is said of the page itself
            r"^(?:published|updated|posted)\s*(?:at|on|:|\d)|^a version of this (?:article|story)\b",
            r"^this (?:article|story|page|video) (?:was (?:originally|first|last)|has been updated)\b",
            r"\bcontributed to this (?:report|story|article)\b|^editor[’']s note\b|\d min(?:ute)? read\b",
            # small print, addresses, menus
            r"\b(?:cookie|privacy) (?:policy|settings)\b|\bterms of (?:use|service)\b|^advertisement\b|©",
            r"\ball rights reserved\b|^we may earn\b|\baffiliate (?:fee|link)",
            r"^we will use .{0,20}\b(?:details|data|information)\b",
            r"https?://|\bwww\.|\S+@\S+\.\w|\|[^|]*\||(?:•.*){3}",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
# A label stuck to a headline ("Graceland:Who built it?") is a link to another report. Briefs that begin so
# with their place are longer.
_LABEL = re.compile(r"[^\s:][^\n:.!?…]{0,60}:(?=[A-Z“‘'\"’])")
_LABELLED = 20
_WRITER = re.compile(
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3} (?:(?:covers|writes about|reports on)\b.{3,150}\b(?:for|at)\b|"
    r"is (?:an? |the )?(?:[\w&’'-]+ ){0,6}(?:reporter|correspondent|columnist|editor|writer|producer)s? "
    r"(?:for|at|with)\b)"
)


def is_furniture(sentence: str, *, is_cut: bool = False, is_last: bool = False) -> bool:
    """Whether a sentence belongs to the page and not to the report.

    `is_cut`: its end is missing; `is_last`: it is one of the last, where the writer is introduced.
    """
    length = len(words(sentence))
    if length < 4 and len(sentence) < 25:
        return True
    if _LABEL.match(sentence) and (length <= _LABELLED or sentence.endswith("?")):
        return True
    if is_last and _WRITER.match(sentence):
        return True
    return bool(_FURNITURE.search(sentence)) or not (is_cut or _ENDED.search(sentence))
