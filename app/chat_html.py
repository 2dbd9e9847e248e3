"""The parts of the chat page as HTML strings: masthead, invitation, and a question with its answer.

Pure functions of values. Every piece of text from outside passes through `app.chat_text`; the page that
puts these strings together, and Gradio, are in `app.chat`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from app.answer import Answer, Hit, Note, NoteKind, Sentence, Verdict, best_of_each
from app.chat_text import clipped, date_html, excerpt, human_date, safe, spoken_date, web_address
from app.chat_turn import Filters, Source, Turn

if TYPE_CHECKING:
    from ingest.status import Status

NEAREST = 3
"""Articles shown beside an answer that was refused."""

_REFUSALS = {
    "empty_archive": "The archive is empty",
    "nothing_found": "Nothing found",
    "outside_dates": "Outside the dates covered",
    "not_covered": "The archive does not say",
}
_NOTES: dict[NoteKind, str] = {
    "series": "The figure changed over time",
    "conflict": "Reports differ",
    "correction": "Corrected",
    "presupposition": "Not quite as asked",
    "partial": "Only part of this was found",
}
_VERDICTS: dict[Verdict, str] = {
    "supported": "",
    "partial": "◐ partly supported",
    "contradicted": "✕ contradicted elsewhere",
    "unsupported": "○ not supported",
}


def count(number: int, name: str) -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def masthead(status: Status) -> str:
    """The name of the page and what the archive behind it holds."""
    parts = [count(status.articles, "article"), count(len(status.outlets), "outlet")]
    if status.first and status.last:
        first, last = human_date(status.first), human_date(status.last)
        parts.append(first if first == last else f"{first} to {last}")
    if status.vectors < status.passages:
        parts.append(f"Meaning search: {100 * status.vectors // status.passages} % ready")
    shown = parts if status.articles else ["An archive without articles yet"]
    return _masthead("<i>·</i></span> <span>".join(["<span>" + shown[0], *shown[1:]]) + "</span>")


def troubled_masthead(problem: str) -> str:
    """The masthead when the archive cannot be read: what is wrong instead of what it holds."""
    return _masthead(f"<span>{safe(problem)}</span>")


def _masthead(line: str) -> str:
    return f'<header class="masthead"><h1>Newsdesk</h1><p>{line}</p></header>'


def welcome(*, empty: bool) -> str:
    """What stands where the conversation will be: how this works, or how to fill the archive."""
    if empty:
        return (
            '<section class="welcome"><h2>Bring in some news</h2>'
            "<p>The archive is empty. Give it a folder of articles (text, JSON, JSONL or HTML), "
            "then load this page again:</p><pre><code>newsdesk ingest PATH</code></pre>"
            "<p>Or look around first with the sample archive:</p>"
            "<pre><code>newsdesk ingest --sample</code></pre></section>"
        )
    return (
        '<section class="welcome"><h2>Ask the archive</h2>'
        "<p>Every sentence of an answer is quoted word for word from a dated article, "
        "with the place it comes from beside it. What the archive does not say is not said.</p></section>"
    )


def turn(now: Turn) -> str:
    """A question with its answer on one side and its sources on the other."""
    name = f"turn-{now.number}"
    beside = _sources(now)
    return (
        f'<section class="turn {now.state}{"" if beside else " alone"}" id="{name}" '
        f'aria-labelledby="{name}-question"><div class="said">'
        f'<h2 class="question" id="{name}-question" dir="auto">{_question(now.question)}</h2>'
        f"{_scope(now)}{_answer(now)}</div>{beside}</section>"
    )


def _question(question: str) -> str:
    length = f' <small class="note">({len(question):,} characters)</small>' if len(question) > 600 else ""
    return safe(clipped(" ".join(question.split()), 600)) + length


def _scope(now: Turn) -> str:
    """What part of the archive was read, and the question as understood where it differs."""
    answer, filters = now.answer, now.filters
    as_of = answer.as_of if answer else None
    banner = f"Reading the archive as of <b>{spoken_date(as_of)}</b>" if as_of else ""
    notes = [note for note in (filters_in_words(filters), _understood(answer, now.question)) if note]
    return (f'<p class="as-of">{banner}</p>' if banner else "") + "".join(
        f'<p class="scope" dir="auto">{safe(note[0].upper() + note[1:])}</p>' for note in notes
    )


def filters_in_words(filters: Filters) -> str:
    """The dates and outlets a question is held to, but the as-of date, which has its banner; plain text."""
    parts = [", ".join(filters.sources)] if filters.sources else []
    parts += [f"since {filters.since}"] if filters.since else []
    parts += [f"until {filters.until}"] if filters.until else []
    return "only " + ", ".join(parts) if parts else ""


def _understood(answer: Answer | None, question: str) -> str:
    understood = " ".join(answer.understood.split()) if answer else ""
    same = understood.casefold().rstrip("?") == " ".join(question.split()).casefold().rstrip("?")
    return "" if same or not understood else f"Understood as: {clipped(understood, 300)}"


def _answer(now: Turn) -> str:
    if now.answer and now.answer.abstained:
        return _refusal(now.answer)
    parts = [_direct(now), _quotes(now)] if now.sentences else []
    if now.problem:
        parts.append(f'<p class="problem" role="status" dir="auto">{safe(now.problem)}</p>')
    elif now.answer:
        parts.append(_beside(now, now.answer))
    elif now.state != "done":
        parts.append(f'<p class="working" role="status">{_progress(now)}</p>')
    return "".join(parts)


def _direct(now: Turn) -> str:
    """The answer in a few words, above the quotes."""
    direct = now.answer.direct if now.answer else None
    if direct is None:
        return ""
    return f'<p class="direct" dir="auto">{safe(direct.text)}{_chip(now, direct.citation.article_id)}</p>'


def _beside(now: Turn, answer: Answer) -> str:
    """What a reader must know beside the sentences: changes, conflicts, what was withheld and checked."""
    parts = [_note(now, note) for note in answer.notes]
    if answer.withheld:
        kept = count(len(answer.withheld), "sentence")
        listed = "".join(f'<li dir="auto">{_withheld(sentence)}</li>' for sentence in answer.withheld)
        parts.append(
            f'<details class="withheld"><summary>{kept} withheld: the archive does not bear out every word'
            f"</summary><ul>{listed}</ul></details>"
        )
    if answer.warning:
        parts.append(f'<p class="warning" role="status" dir="auto">{safe(answer.warning)}</p>')
    if answer.checked and answer.sentences:
        parts.append(f'<p class="checked">Checked: {safe(answer.checked)}.</p>')
    return "".join(parts)


def _withheld(sentence: Sentence) -> str:
    faults = " ".join(safe(fault) for fault in sentence.faults)
    return f"<s>{safe(sentence.text)}</s> <span>{faults}</span>"


def _note(now: Turn, note: Note) -> str:
    readings = "".join(
        f"<li><b>{safe(r.value)}</b> {_outlet(r.source)}, {date_html(r.published)}"
        f"{_chip(now, r.citation.article_id)}</li>"
        for r in note.readings
    )
    body = f"<p>{_NOTES[note.kind]}</p><ol>{readings}</ol>" if readings else f"<p>{safe(note.text)}</p>"
    return f'<section class="note {note.kind}" aria-label="{_NOTES[note.kind]}" dir="auto">{body}</section>'


def _progress(now: Turn) -> str:
    if now.state == "searching":
        return "Searching the archive"
    return f"Reading {count(len({hit.passage.article_id for hit in now.hits}), 'article')}"


def _quotes(now: Turn) -> str:
    """The sentences; those in a row from one article share the line that says where they are from."""
    runs = [list(run) for _, run in groupby(now.sentences, key=lambda s: (s.is_quotation, _cited(s)))]
    return '<div class="answer">' + "".join(_run(now, run) for run in runs) + "</div>"


def _cited(sentence: Sentence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.article_id for citation in sentence.citations))


def _run(now: Turn, sentences: Sequence[Sentence]) -> str:
    sources = [now.sources[now.source_number(article_id) - 1] for article_id in _cited(sentences[0])]
    spoken = " ".join(_sentence(now, sentence) for sentence in sentences)
    origins = "; ".join(f"{_outlet(s.article.source)}, {date_html(s.article.published)}" for s in sources)
    kind = "" if sentences[0].is_quotation else ' class="written"'
    return f'<blockquote{kind} dir="auto"><p>{spoken}</p><footer>{origins}</footer></blockquote>'


def _sentence(now: Turn, sentence: Sentence) -> str:
    chips = "".join(_chip(now, article_id) for article_id in _cited(sentence))
    verdict = _VERDICTS[sentence.verdict]
    sign = f' <span class="verdict">{verdict}</span>' if verdict else ""
    words = f"<q>{_spoken(sentence)}</q>" if sentence.is_quotation else _spoken(sentence)
    return f'<span class="sentence">{words}{chips}{sign}</span>'


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


def _chip(now: Turn, article_id: str) -> str:
    number = now.source_number(article_id)
    article = now.sources[number - 1].article
    date = human_date(article.published) if article.published else "undated"
    label = f"Source {number}: {safe(article.source or 'unknown outlet')}, {date}"
    return (
        # The word joiner keeps a chip on the line of its sentence's last word.
        f'&#8288;<a class="chip" href="#source-{now.number}-{number}" '
        f'aria-label="{label}" title="{label}">{number}</a>'
    )


def _outlet(name: str) -> str:
    return f"<bdi>{safe(name)}</bdi>" if name else "unknown outlet"


def _refusal(answer: Answer) -> str:
    title = _REFUSALS.get(answer.reason, "No answer")
    return (
        f'<div class="refusal"><h3>{title}</h3><p dir="auto">{safe(answer.explanation)}</p></div>'
        if answer.explanation
        else f'<div class="refusal"><h3>{title}</h3></div>'
    )


def _sources(now: Turn) -> str:
    if now.sources:
        return _aside("Sources", [_card(now, n, source) for n, source in enumerate(now.sources, 1)])
    if now.answer and now.answer.abstained and now.hits:
        return _aside("Nearest articles", [_near_card(hit) for hit in best_of_each(now.hits)[:NEAREST]])
    return ""


def _aside(title: str, cards: Sequence[str]) -> str:
    return f'<aside class="sources" aria-label="{title}"><h3>{title}</h3>{"".join(cards)}</aside>'


def _card(now: Turn, number: int, source: Source) -> str:
    article = source.article
    byline = f'<p class="byline" dir="auto">By {_names(article.authors)}</p>' if article.authors else ""
    quoted = excerpt(article.text, [(c.start, c.end) for c in source.citations])
    return (
        f'<article class="card" id="source-{now.number}-{number}" tabindex="-1">'
        f'<p class="origin"><span class="number">{number}</span>{_outlet(article.source)}'
        f"{date_html(article.published)}</p>"
        f'<h4 dir="auto">{safe(article.title) or "Without a headline"}</h4>{byline}'
        f'<blockquote class="excerpt">{quoted}</blockquote>{_original(article.url)}</article>'
    )


def _names(authors: Sequence[str]) -> str:
    names = [safe(author) for author in authors]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _near_card(hit: Hit) -> str:
    return (
        f'<article class="card near"><p class="origin">{_outlet(hit.source)}{date_html(hit.published)}</p>'
        f'<h4 dir="auto">{safe(hit.title) or "Without a headline"}</h4>'
        f'<p class="excerpt" dir="auto">{safe(clipped(hit.passage.text, 240))}</p>'
        f"{_original(hit.url)}</article>"
    )


def _original(url: str) -> str:
    address = web_address(url)
    if address is None:
        return ""
    href, host = address
    return (
        f'<a class="original" href="{safe(href)}" target="_blank" rel="noopener noreferrer nofollow">'
        f"Read the original at {safe(host)}</a>"
    )
