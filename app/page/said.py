"""What the page says in answer to a question, as HTML: the question, the sentences, the notes, a refusal.

Pure functions of a turn. The evidence beside it is in `app.page.evidence`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from app.answer import Answer, Citation, Hint, Note, NoteKind, Sentence, Verdict
from app.page.parts import count, outlet
from app.page.text import clipped, date_html, human_date, safe, spoken_date
from app.page.turn import Turn
from ingest.article import Moment

_REFUSALS = {
    "empty_archive": "The archive is empty",
    "nothing_found": "Nothing found",
    "outside_dates": "Not within these limits",
    "not_covered": "The archive does not say",
}
_NOTES: dict[NoteKind, str] = {
    "series": "The figure changed over time",
    "conflict": "Reports differ",
    "correction": "Corrected",
    "presupposition": "Not quite as asked",
    "partial": "Only part of this was found",
}
# A sign and words for each: nobody has to tell colours apart.
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "supported": ("✓", "supported"),
    "partial": ("◐", "partly supported"),
    "contradicted": ("✕", "contradicted elsewhere"),
    "unsupported": ("○", "not supported"),
}
# The words that tie a hint to its question, and go with it.
_BEFORE_A_HINT = "as reported by|reported by|published by|according to|in|on|during|of|from|at|by|for"

_QUESTION_SHOWN = 300
_QUOTE_SHOWN = 320
"""Characters of a quote in the preview that a chip opens, at most."""


def question(now: Turn) -> str:
    """The question as a headline, with its length when it is too long to be shown."""
    length = len(now.question)
    note = f" <small>({length:,} characters)</small>" if length > _QUESTION_SHOWN else ""
    return safe(clipped(" ".join(now.question.split()), _QUESTION_SHOWN)) + note


def scope(now: Turn) -> str:
    """What part of the archive was read, and how the question was understood; each can be taken back."""
    limits = "".join(_limit(name, value, words) for name, value, words in _limits(now))
    pills = f'<ul class="limits" aria-label="What is read">{limits}</ul>' if limits else ""
    return pills + _understood(now) + _hints(now)


def _limits(now: Turn) -> list[tuple[str, str, str]]:
    """(name, value, words as HTML) of each filter in force."""
    filters = now.filters
    as_of = (now.answer.as_of if now.answer else None) or filters.as_of
    dates = (("as_of", as_of, "As of"), ("since", filters.since, "Since"), ("until", filters.until, "Until"))
    told = [(name, value, f"{word} <b>{spoken_date(value)}</b>") for name, value, word in dates if value]
    told += [("source", name, f"Only <b>{outlet(name)}</b>") for name in filters.sources]
    return told + [("section", name, f"In <b><bdi>{safe(name)}</bdi></b>") for name in filters.sections]


def _limit(name: str, value: str, words: str) -> str:
    return (
        f'<li>{words} <button type="button" data-act="without" data-name="{name}" data-value="{safe(value)}">'
        f'<span class="unseen">Ask without this: {words}</span></button></li>'
    )


def _understood(now: Turn) -> str:
    """The question as understood where it differs, with a way to have it taken literally or changed."""
    understood = " ".join(now.answer.understood.split()) if now.answer else ""
    if not understood or _alike(understood, now.question):
        return ""
    return (
        f'<p class="understood" dir="auto">Understood as: <b>{safe(clipped(understood, 300))}</b> '
        '<span class="choices"><button type="button" data-act="literally">Take it as typed</button> '
        f'<button type="button" data-act="edit" data-text="{safe(understood)}">Change</button></span></p>'
    )


def _hints(now: Turn) -> str:
    """What words of the question were taken to say about outlets and times, each with a way to do without."""
    if now.answer is None or not now.answer.hints:
        return ""
    hints = "".join(_hint(now.answer.understood, hint) for hint in now.answer.hints)
    return f'<ul class="limits hints" aria-label="Read from the question">{hints}</ul>'


def _hint(understood: str, hint: Hint) -> str:
    named = rf"(?:\s*\b(?:{_BEFORE_A_HINT})\s+)?(?:\bthe\s+)?{re.escape(hint.words)}"
    shorter = " ".join(re.sub(named, " ", understood, count=1).split()).replace(" ?", "?")
    return (
        f'<li dir="auto">“{safe(hint.words)}”: {safe(_with_dates(hint.meaning))} '
        f'<button type="button" data-act="reword" data-text="{safe(shorter)}">'
        f'<span class="unseen">Ask without “{safe(hint.words)}”</span></button></li>'
    )


def _with_dates(text: str) -> str:
    """The text with its ISO dates as people write them."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda date: human_date(Moment.parse(date[0])), text)


def _alike(one: str, other: str) -> bool:
    return one.casefold().rstrip("?. ") == " ".join(other.split()).casefold().rstrip("?. ")


def progress(now: Turn) -> str:
    if now.state == "searching":
        return "Searching the archive"
    return f"Reading {count(len({hit.passage.article_id for hit in now.hits}), 'article')}"


def summary(now: Turn) -> str:
    """What happened, in words for those who listen to the page."""
    if now.problem:
        return now.problem
    if now.answer and now.answer.abstained:
        return f"No answer: {_REFUSALS.get(now.answer.reason, '')}."
    said, cited = count(len(now.sentences), "sentence"), count(len(now.sources), "source")
    return f"Answered: {said} from {cited}."


def short(now: Turn) -> str:
    """The answer in a few words, above the quotes."""
    direct = now.answer.direct if now.answer else None
    if direct is None:
        return ""
    return f'<p class="direct" dir="auto">{safe(direct.text)}{chip(now, direct.citation)}</p>'


def runs(now: Turn) -> list[str]:
    """The sentences; those in a row from one article share the line that says where they are from."""
    grouped = groupby(now.sentences, key=lambda sentence: (sentence.is_quotation, _cited(sentence)))
    return [_run(now, list(run)) for _, run in grouped]


def _cited(sentence: Sentence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.article_id for citation in sentence.citations))


def _run(now: Turn, sentences: Sequence[Sentence]) -> str:
    sources = [now.sources[now.source_number(article_id) - 1] for article_id in _cited(sentences[0])]
    spoken = " ".join(_sentence(now, sentence) for sentence in sentences)
    origins = "; ".join(f"{outlet(s.article.source)}, {date_html(s.article.published)}" for s in sources)
    kind = "" if sentences[0].is_quotation else ' class="written"'
    return f'<blockquote{kind} dir="auto"><p>{spoken}</p><footer>{origins}</footer></blockquote>'


def _sentence(now: Turn, sentence: Sentence) -> str:
    first = {citation.article_id: citation for citation in reversed(sentence.citations)}
    chips = "".join(chip(now, first[article_id]) for article_id in _cited(sentence))
    tag = "q" if sentence.is_quotation else "span"
    words = f"<{tag}>{_spoken(sentence)}</{tag}>"
    sign, told = _verdict(sentence)
    cites = f'<span class="cites">{chips}{sign}</span>'
    return f'<span class="sentence {sentence.verdict}">{words}{cites}{told}</span>'


def _verdict(sentence: Sentence) -> tuple[str, str]:
    """A sign for the verdict and, where it is less than supported, the words beside it."""
    sign, words = _VERDICTS[sentence.verdict]
    if sentence.verdict == "supported":
        return f' <i class="sign" title="{words}" role="img" aria-label="{words}">{sign}</i>', ""
    why = f": <small>{safe(' '.join(sentence.faults))}</small>" if sentence.faults else ""
    return f' <i class="sign" aria-hidden="true">{sign}</i>', f' <span class="verdict">{words}{why}</span>'


def _spoken(sentence: Sentence) -> str:
    """The sentence with the editor's brackets told apart from the quotation."""
    parts, done = [], 0
    for start, end in sentence.added:
        parts += [
            safe(sentence.text[done:start]),
            f'<ins class="added">{safe(sentence.text[start:end])}</ins>',
        ]
        done = end
    return "".join((*parts, safe(sentence.text[done:])))


def chip(now: Turn, citation: Citation) -> str:
    """The numbered link from what is said to its evidence; carries what its preview shows."""
    number = now.source_number(citation.article_id)
    article = now.sources[number - 1].article
    date = human_date(article.published) if article.published else "undated"
    origin = f"{safe(article.source or 'unknown outlet')}, {date}"
    return (
        # The word joiner keeps a chip on the line of its sentence's last word.
        f'&#8288;<a class="chip" href="#source-{now.number}-{number}" aria-label="Source {number}: {origin}" '
        f'data-at="{citation.start}-{citation.end}" data-origin="{origin}" '
        f'data-quote="{safe(clipped(citation.quote, _QUOTE_SHOWN))}">{number}</a>'
    )


def beside(now: Turn) -> str:
    """What a reader must know beside the sentences: changes, conflicts, what was withheld and checked."""
    answer = now.answer
    if answer is None:
        return ""
    parts = [_note(now, note) for note in answer.notes]
    if answer.warning:
        parts.append(f'<p class="warning" role="status" dir="auto">{safe(answer.warning)}</p>')
    if answer.withheld:
        kept = count(len(answer.withheld), "sentence")
        listed = "".join(f'<li dir="auto">{_withheld(sentence)}</li>' for sentence in answer.withheld)
        parts.append(
            f'<details class="withheld"><summary>{kept} withheld: the archive does not bear out every word'
            f"</summary><ul>{listed}</ul></details>"
        )
    if answer.checked and answer.sentences:
        parts.append(_checked(answer))
    return "".join(parts)


def _checked(answer: Answer) -> str:
    how = f"Written by {safe(answer.writer)}" if answer.writer != "extractive" else "Quoted word for word"
    return (
        f'<details class="checked"><summary>{how}, and checked</summary>'
        f"<p>Checked: {safe(answer.checked)}.</p></details>"
    )


def _withheld(sentence: Sentence) -> str:
    faults = " ".join(safe(fault) for fault in sentence.faults)
    return f"<s>{safe(sentence.text)}</s> <span>{faults}</span>"


def _note(now: Turn, note: Note) -> str:
    title = _NOTES[note.kind]
    readings = "".join(
        f"<li><b>{safe(r.value)}</b> <span>{date_html(r.published)}, {outlet(r.source)}"
        f"{chip(now, r.citation)}</span></li>"
        for r in note.readings
    )
    body = f"<p>{title}</p><ol>{readings}</ol>" if readings else f"<p>{safe(note.text)}</p>"
    return f'<section class="note {note.kind}" aria-label="{title}" dir="auto">{body}</section>'


def refusal(now: Turn) -> str:
    """Why there is no answer, and what the archive covers."""
    answer = now.answer
    if answer is None or not answer.abstained:
        return ""
    why = f'<p dir="auto">{safe(answer.explanation)}</p>' if answer.explanation else ""
    return (
        f'<div class="refusal"><h3>{_REFUSALS.get(answer.reason, "No answer")}</h3>{why}{_covers(now)}</div>'
    )


def _covers(now: Turn) -> str:
    if now.covered is None:
        return ""
    first, last = (date_html(moment) for moment in now.covered)
    limited = not now.filters.are_open
    anew = '<button type="button" data-act="anywhere">Ask the whole archive</button>' if limited else ""
    return f'<p class="covers">The archive covers {first} to {last}. {anew}</p>'
