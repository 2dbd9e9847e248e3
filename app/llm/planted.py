"""Orders to a language model that somebody has put into an article ("Ignore all previous instructions ...").

Such text is no report of anything: a model is not shown it, and it is no evidence. Told by its wording alone,
so it is a first hurdle and no proof; what gets past it is still shown word for word beside what rests on it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.sentences import Span

_MACHINE = (
    r"(?:ais?(?: (?:systems?|models?|tools?|agents?|readers?))?|llms?|(?:ai )?assistants?|language models?|"
    r"chat ?bots?|bots|crawlers?|machines?|(?:automated|automatic|machine) (?:readers?|systems?|tools?)|"
    r"(?:whoever )?summari[sz]e\w*|search engines?)"
)
_WRITING = (
    r"(?:summari[sz]e|answer|state|say|report|write|describe|cite|quote|reply|respond|repeat|tell|output)"
)
_MUST = r"(?:should|must|shall|are to|is to|will|please|have to|need to)"
_ORDER = re.compile(
    "|".join(
        (
            r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|"
            r"all|your|system)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|guidelines|passages)\b",
            r"\b(?:system|developer) (?:prompt|message|instructions?)\s*:",
            r"(?:^|[.!?]\s+)(?:instructions?|notes?|message|attention|reminder|important|notice)\b"
            rf"[^.!?:\n]{{0,40}}\b{_MACHINE}\b[^.!?:\n]{{0,30}}:",
            rf"\b{_MACHINE}\b[^.!?:\n]{{0,20}}\b{_MUST}\s+(?:\w+\s+)?{_WRITING}\b"
            r"[^.!?,\n]{0,60}(?::|\bas follows\b|\bthis (?:page|article|text|passage|report)\b)",
            rf"(?:^|[.!?]\s+)(?:please |kindly )?{_WRITING} (?:this|the (?:above|following))[^.!?:\n]{{0,30}}"
            r"(?:\bas follows\b|:)",
            r"(?:^|[.!?]\s+)(?:do|follow|obey)\b[^.!?:\n]{0,15}\b(?:as i (?:tell|say)|what i (?:tell|say)|my "
            r"(?:orders?|instructions?|commands?))\b",
            r"\b(?:ai|assistant|language model|chat ?bot|llm)s? (?:that (?:is|are) )?"
            r"(?:reading|summari[sz]ing|processing) this\b",
            r"(?:^|[.:;!?]\s+|\bplease )(?:output|respond|reply)(?: only| instead)?(?: with\b|:)",
            r"(?:^|[.:;!?]\s+|\b(?:please|kindly) )"
            r"(?:say|answer|report|state|claim|write|reply|respond|insist|"
            r"tell (?:them|everyone|people|users?|(?:the|your) \w+))(?: only| instead)? that\b",
            r"<\|[^|\n]{0,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:passages?|article|system|instructions?)>",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_PARAGRAPH = re.compile(r"[^\n]+")


@lru_cache(maxsize=256)
def planted_spans(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text that give orders to a model, as spans."""
    paragraphs = (match.span() for match in _PARAGRAPH.finditer(text))
    return tuple((start, end) for start, end in paragraphs if _ORDER.search(text, start, end))


def is_planted(text: str, start: int, end: int) -> bool:
    """Whether any of `text[start:end]` lies in such a paragraph."""
    return any(a < end and start < b for a, b in planted_spans(text))
