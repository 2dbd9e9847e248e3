"""Kept answers and conversations as documents: Markdown, plain text, footnotes, HTML, JSON and JSON Lines.

Pure functions of values. Everything that came from outside is shown as plain text: nothing in it becomes a
link, an image, a heading or markup of the document. A document stands alone and asks nothing of a network.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from app.answer import Citation, Note, Sentence
from app.kept import Cited, Conversation, Saved
from app.page.text import human_date, safe, spoken_date, visible, web_address
from ingest.article import Moment

Copy = Literal["markdown", "footnotes", "plain"]
Document = Literal["markdown", "html", "json"]

SUFFIXES: dict[Document, str] = {"markdown": "md", "html": "html", "json": "json"}

# What a Markdown reader takes for a sign of its own. A colon before slashes would make a link of an address.
_SIGNS = re.compile(r"[\\`*_{}\[\]#|~!$]|:(?=//)|(?<=\bwww)\.|@")
# At the beginning of a line these make a list, a heading underline or a rule.
_AT_BEGINNING = re.compile(r"^(\d*)([-+=.)])")
_Chips = Callable[[Iterable[Citation]], str]


def copied(saved: Saved, form: Copy) -> str:
    """One answer as text for the clipboard."""
    if form == "plain":
        return "\n".join(_plain(saved))
    return "\n".join(_markdown(saved, _footnote if form == "footnotes" else _number)) + "\n"


def document(conversation: Conversation, form: Document) -> str:
    """A conversation as a file."""
    if form == "json":
        return json.dumps(conversation.to_json(), ensure_ascii=False, indent=2) + "\n"
    return _html(conversation) if form == "html" else _conversation_markdown(conversation)


def cases(judged: Iterable[Saved]) -> str:
    """Judged answers as JSON Lines: question, as_of, verdict, reason, answer."""
    return "".join(json.dumps(saved.to_case(), ensure_ascii=False) + "\n" for saved in judged)


def file_name(name: str, suffix: str) -> str:
    """A name for a file that every system takes."""
    words = re.findall(r"[a-z0-9]+", visible(name).lower())
    return f"newsdesk-{'-'.join(words)[:60].strip('-') or 'conversation'}.{suffix}"


# What the forms share


def _numbers(saved: Saved) -> dict[str, int]:
    """The numbers of the cited articles, in the order they are cited."""
    return {article.article_id: number for number, article in enumerate(saved.cited, 1)}


def _chips(saved: Saved, mark: Callable[[int], str]) -> _Chips:
    numbers = _numbers(saved)

    def chips(citations: Iterable[Citation]) -> str:
        return "".join(mark(numbers[id_]) for id_ in dict.fromkeys(c.article_id for c in citations))

    return chips


def _origin(article: Cited) -> str:
    """Who wrote it, in what outlet, when."""
    by = [", ".join(article.authors)] if article.authors else []
    when = human_date(article.published) if article.published else "undated"
    return ", ".join([*by, article.source or "unknown outlet", when])


def _scope(saved: Saved) -> str:
    """The part of the archive that was asked, and how the question was understood; plain text."""
    parts = [f"The archive as of {_day(saved.answer.as_of)}"] if saved.answer.as_of else []
    parts += [f"only {', '.join(saved.sources)}"] if saved.sources else []
    parts += [f"in {', '.join(saved.sections)}"] if saved.sections else []
    parts += [f"since {saved.since}"] if saved.since else []
    parts += [f"until {saved.until}"] if saved.until else []
    understood = " ".join(saved.answer.understood.split())
    asked = " ".join(saved.question.split())
    meant = [f"Understood as: {understood}"] if understood and understood != asked else []
    return ". ".join([*filter(None, [", ".join(parts)]), *meant])


def _day(text: str) -> str:
    return html.unescape(spoken_date(text))


def _asked(saved: Saved) -> str:
    return human_date(Moment(int(saved.asked), "second"))


def _told(sentence: Sentence) -> str:
    """The sentence on one line, with its verdict where that is not plain support."""
    doubt = "" if sentence.verdict == "supported" else f" ({sentence.verdict})"
    return " ".join(visible(sentence.text).split()) + doubt


def _notes(notes: Sequence[Note]) -> Iterator[tuple[str, Iterable[Citation]]]:
    for note in notes:
        yield " ".join(visible(note.text).split()), [reading.citation for reading in note.readings]


# Plain text


def _plain(saved: Saved) -> Iterator[str]:
    chips = _chips(saved, lambda number: f" [{number}]")
    answer = saved.answer
    yield visible(" ".join(saved.question.split()))
    if scope := _scope(saved):
        yield visible(scope)
    yield ""
    if answer.direct:
        yield visible(answer.direct.text) + chips([answer.direct.citation])
        yield ""
    for sentence in answer.sentences:
        yield _told(sentence) + chips(sentence.citations)
    if answer.abstained:
        yield visible(answer.explanation)
    for text, citations in _notes(answer.notes):
        yield f"Note: {text}{chips(citations)}"
    if saved.cited:
        yield ""
        yield "Sources:"
    for number, article in enumerate(saved.cited, 1):
        address = web_address(article.url)
        where = f" <{address[0]}>" if address else ""
        yield visible(f"[{number}] {_one_line(article.title)}. {_origin(article)}.{where}")


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "Without a headline"


# Markdown


def _markdown(saved: Saved, mark: Callable[[int], str], level: int = 2) -> Iterator[str]:
    chips = _chips(saved, mark)
    answer = saved.answer
    yield f"{'#' * level} {_escaped(saved.question)}"
    yield ""
    if scope := _scope(saved):
        yield f"*{_escaped(scope)}*"
        yield ""
    if answer.direct:
        yield f"**{_escaped(answer.direct.text)}** {chips([answer.direct.citation])}"
        yield ""
    for sentence in answer.sentences:
        yield f"> {_escaped(_told(sentence))} {chips(sentence.citations)}"
        yield ">" if sentence is not answer.sentences[-1] else ""
    if answer.abstained:
        yield _escaped(answer.explanation)
        yield ""
    for text, citations in _notes(answer.notes):
        yield f"*Note:* {_escaped(text)} {chips(citations)}".rstrip()
        yield ""
    for number, article in enumerate(saved.cited, 1):
        yield f"{_listed(mark, number)} {_source(article)}"


def _number(number: int) -> str:
    return rf"\[{number}\]"


def _footnote(number: int) -> str:
    return f"[^{number}]"


def _listed(mark: Callable[[int], str], number: int) -> str:
    return f"[^{number}]:" if mark is _footnote else f"{number}."


def _source(article: Cited) -> str:
    address = web_address(article.url)
    title = _escaped(article.title) or "Without a headline"
    # An address in angle brackets ends with them alone, and holds none itself.
    return f"{f'[{title}](<{address[0]}>)' if address else title}. {_escaped(_origin(article))}."


def _escaped(text: str) -> str:
    """One line of Markdown that shows the text as it stands."""
    line = html.escape(" ".join(visible(text).split()), quote=False)
    line = _SIGNS.sub(lambda sign: "\\" + sign[0], line)
    return _AT_BEGINNING.sub(r"\1\\\2", line)


def _conversation_markdown(conversation: Conversation) -> str:
    parts = [f"# {_escaped(conversation.name)}", ""]
    for number, saved in enumerate(conversation.answers, 1):
        # Footnotes are numbered through a document, so that those of two answers are not taken for one.
        parts += [*_markdown(saved, _number), "", f"*Asked on {_asked(saved)}.*", ""]
        parts += ["---", ""] if number < len(conversation.answers) else []
    return "\n".join(parts)


# HTML

# Nothing in the file may run or be fetched, whatever is in it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark;
  --ink: #1d1c1a; --soft: #625e57; --paper: #fbfaf7; --rule: #dcd7cc; --accent: #0f5468; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e5de; --soft: #a8a399; --paper: #16171a; --rule: #35373c; --accent: #86c5d6; }
}
body { max-width: 40rem; margin: 2.5rem auto; padding: 0 1.25rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, blockquote, .direct { font-family: "Iowan Old Style", Palatino, Georgia, serif; line-height: 1.3; }
h1 { padding-bottom: .7rem; border-bottom: 3px double var(--soft); }
section { padding: 1rem 0 1.5rem; border-bottom: 1px solid var(--rule); }
blockquote { margin: 0 0 .8rem; padding-left: 1rem; border-left: 3px solid var(--accent); font-size: 1.2rem; }
.direct { font-size: 1.5rem; font-weight: 700; color: var(--accent); }
.scope, .asked, ol { color: var(--soft); font-size: .9rem; }
ol b { color: var(--ink); }
a, sup { color: var(--accent); }
"""


def _html(conversation: Conversation) -> str:
    title = safe(conversation.name)
    turns = "\n".join(_section(saved, number) for number, saved in enumerate(conversation.answers, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 dir="auto">{title}</h1>\n{turns}\n</main>\n</body>\n</html>\n'
    )


def _section(saved: Saved, turn: int) -> str:
    def mark(number: int) -> str:
        return f'<sup><a href="#source-{turn}-{number}" aria-label="Source {number}">[{number}]</a></sup>'

    chips, answer = _chips(saved, mark), saved.answer
    parts = [f'<h2 dir="auto">{safe(" ".join(saved.question.split()))}</h2>']
    if scope := _scope(saved):
        parts.append(f'<p class="scope" dir="auto">{safe(scope)}</p>')
    if answer.direct:
        told = f"{safe(answer.direct.text)}{chips([answer.direct.citation])}"
        parts.append(f'<p class="direct" dir="auto">{told}</p>')
    parts += [
        f'<blockquote dir="auto">{safe(_told(sentence))}{chips(sentence.citations)}</blockquote>'
        for sentence in answer.sentences
    ]
    if answer.abstained:
        parts.append(f'<p dir="auto">{safe(answer.explanation)}</p>')
    parts += [f'<p dir="auto">{safe(text)}{chips(cited)}</p>' for text, cited in _notes(answer.notes)]
    sources = "".join(
        f'<li id="source-{turn}-{number}" dir="auto">{_html_source(article)}</li>'
        for number, article in enumerate(saved.cited, 1)
    )
    parts += [f"<ol>{sources}</ol>"] if sources else []
    parts.append(f'<p class="asked">Asked on {_asked(saved)}.</p>')
    return f"<section>{''.join(parts)}</section>"


def _html_source(article: Cited) -> str:
    title = safe(_one_line(article.title))
    address = web_address(article.url)
    named = (
        f'<a href="{safe(address[0])}" rel="noopener noreferrer nofollow">{title}</a>'
        if address
        else f"<b>{title}</b>"
    )
    return f"{named}. {safe(_origin(article))}."
