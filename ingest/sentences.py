"""Where sentences begin and end.

The boundaries come from the `sentencex` library (abbreviations, initials, decimals). On top of it, two
things matter to an archive that is quoted from: a quotation of two short sentences is not torn apart, and
neither is "at 8 p.m. Monday", which the library takes for two sentences in one news article of three.
"""

from __future__ import annotations

import re

from sentencex import segment

Span = tuple[int, int]

# What is longer than this is cut at its inner sentences after all.
_LONGEST = 400
# White space other than spaces and line breaks, then quotation marks. Replacing one after the other takes a
# tenth of the time of an expression.
_MASKED = (
    "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000“”«»"
)
# Where the library ends a sentence and none ends: what stands before the boundary, and what goes on after it.
_TIME = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|"
    r"January|February|March|April|May \d|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|"
    r"[ECMP][SD]?T|GMT|BST|UTC|CES?T|EES?T|A[CEW][SD]T|IST|JST|MSK|Eastern|Central|Mountain|Pacific|local)(?!\w)"
)
_APART = r"(?:U\.S|U\.K|U\.N|E\.U|D\.C|L\.A|[NS]\.[CDHJMY]|R\.I|B\.C|A\.D|P\.S)\."
_OPENER = (
    r"(?:The|An?|He|She|It|They|We|I|You|But|And|In|On|At|Th(?:is|at|ese|ose)|His|Her|Their|Its|Our|My|Your|As|"
    r"When|While|After|Before|If|For|Since|There|Here|Wh(?:at|o|y|ere)|How|With|To|From|By|Then|Now|Yet|So|Or|"
    r"Not|No|Some|Many|Most|All|Both|One|Also|Although|Though|Despite|During|However|Because|Mr|Mrs|Ms|Dr)\b"
)
_TORN = tuple(
    (re.compile(before), re.compile(after))
    for before, after in (
        (r"\d\s?[AaPp]\.\s?[Mm]\.$", _TIME),  # at 8 p.m. Monday
        (rf"(?<![\w.])(?!{_APART})(?:[A-Z]\.){{2,3}}$", rf"(?!{_OPENER})[A-Z][\w’'-]+"),  # J.D. Vance
        (r"\d\s[NSEW]\.$", r"[A-Z\d]"),  # 340 N. Third Street
        (r"(?<!\w)[RDIL]-[A-Z][a-z]?\.$", r"[A-Z]"),  # D-N.Y., R-W. Va.
        (r"(?<!\w)[RDIL]-[A-Z][\w.]+\.$", r"[a-z,;)—–−-]"),  # D-Minn. and
        (r"(?:[!?]|[.!?][”\"’')\]]+)$", r"[a-z][a-z’'-]*(?![\w.@/])"),  # "Are you?" he asked
    )
)
# How nearly all sentences end: none of the above, unless a party and a state with its hyphen stand there.
_ENDS = re.compile(r"[^A-Zm]\.")
_PARTY_CHARS = 8
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING = re.compile(r'[“«]|"(?<![^\s(\[—–-]")')
_CLOSING = re.compile(r'[”»]|"(?<=[\w.,!?…;:%)\]—–’\']")(?!\w)')


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text as character spans: sorted, disjoint, trimmed and never empty.

    A line break ends a sentence only where the library says so (a paragraph always does). Everything
    that is not white space lies in exactly one span.
    """
    pieces = [span for start, end in _boundaries(text) for span in _paragraphs(text, start, end)]
    return _keep_quotations(text, _mended(text, pieces))


def _boundaries(text: str) -> list[Span]:
    """The library's boundaries, of a shadow of equal length.

    It panics on rare white space, and never cuts between curly quotation marks, however far apart.
    """
    shadow = text
    for sign in _MASKED:
        shadow = shadow.replace(sign, " ")
    try:
        shadow.encode()
    except UnicodeEncodeError:
        shadow = _SURROGATE.sub(" ", shadow)
    try:
        sentences = segment("en", shadow)
    except BaseException as panic:  # a Rust panic is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        return [(0, len(text))]
    spans, end = [], 0
    for sentence in sentences:
        start = shadow.index(sentence, end)
        end = start + len(sentence)
        spans.append((start, end))
    return spans


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


def _mended(text: str, pieces: list[Span]) -> list[Span]:
    """Joins neighbours on one line between which no sentence ends."""
    joined: list[Span] = []
    for start, end in pieces:
        fits = joined and end - joined[-1][0] <= _LONGEST
        if fits and "\n" not in text[joined[-1][1] : start] and _is_torn(text, *joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_torn(text: str, first: int, end: int, start: int) -> bool:
    """Whether a sentence that begins at `first` does not end at `end`, but goes on at `start`."""
    if _ENDS.match(text, end - 2) and "-" not in text[max(first, end - _PARTY_CHARS) : end]:
        return False
    before = text[max(first, end - 12) : end]
    return any(ended.search(before) and going.match(text, start) for ended, going in _TORN)


def _keep_quotations(text: str, pieces: list[Span]) -> list[Span]:
    """Joins neighbours while a quotation is open, within a paragraph and a bearable length."""
    joined: list[Span] = []
    is_open = False
    for start, end in pieces:
        fits = joined and end - joined[-1][0] <= _LONGEST
        if is_open and fits and "\n\n" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        is_open = _leaves_open(text[joined[-1][0] : joined[-1][1]])
    return joined


def _leaves_open(sentence: str) -> bool:
    if '"' not in sentence:
        return sentence.count("“") + sentence.count("«") > sentence.count("”") + sentence.count("»")
    return len(_OPENING.findall(sentence)) > len(_CLOSING.findall(sentence))
