"""Where sentences begin and end.

The boundaries come from the `sentencex` library (abbreviations, initials, decimals). On top of it, one
thing matters to an archive that is quoted from: a quotation of two short sentences is not torn apart.
"""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

# A quotation longer than this is cut at its inner sentences after all.
_LONGEST_QUOTATION = 400
_MASKED = re.compile(r"[^\S\n ]|[\ud800-\udfff“”«»]")
_MARK = re.compile(r"[“”«»\"]")
_OPENING = re.compile(r'[“«]|(?<![^\s(\[—–-])"')
_CLOSING = re.compile(r'[”»]|(?<=[\w.,!?…;:%)\]—–’\'])"(?!\w)')


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text as character spans: sorted, disjoint, trimmed and never empty.

    A line break ends a sentence only where the library says so (a paragraph always does). Everything
    that is not white space lies in exactly one span.
    """
    pieces = [span for start, end in _boundaries(text) for span in _paragraphs(text, start, end)]
    return _keep_quotations(text, pieces)


def _boundaries(text: str) -> list[Span]:
    """The library's boundaries, of a shadow of equal length.

    It panics on rare white space, and never cuts between curly quotation marks, however far apart.
    """
    shadow = _MASKED.sub(" ", text)
    try:
        return [(b["start_index"], b["end_index"]) for b in get_sentence_boundaries("en", shadow)]
    except BaseException as panic:  # a Rust panic is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        return [(0, len(text))]


def _paragraphs(text: str, start: int, end: int) -> list[Span]:
    """The paragraphs inside a boundary, trimmed: the library joins short lines now and then."""
    piece = text[start:end]
    if "\n" not in piece.strip():
        left = start + len(piece) - len(piece.lstrip())
        return [(left, left + len(piece.strip()))] if piece.strip() else []
    spans = []
    for match in re.finditer(r"(?:(?!\n\s*\n).)+", piece, re.DOTALL):
        raw = match.group()
        left = len(raw) - len(raw.lstrip())
        if body := raw.strip():
            spans.append((start + match.start() + left, start + match.start() + left + len(body)))
    return spans


def _keep_quotations(text: str, pieces: list[Span]) -> list[Span]:
    """Joins neighbours while a quotation is open, within a paragraph and a bearable length."""
    joined: list[Span] = []
    is_open = False
    for start, end in pieces:
        fits = joined and end - joined[-1][0] <= _LONGEST_QUOTATION
        if is_open and fits and "\n\n" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        is_open = _leaves_open(text[joined[-1][0] : joined[-1][1]])
    return joined


def _leaves_open(sentence: str) -> bool:
    if not _MARK.search(sentence):
        return False
    return len(_OPENING.findall(sentence)) > len(_CLOSING.findall(sentence))
