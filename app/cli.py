"""The commands that ask: ask, search, show, chat. Thin doors to `app.engine`.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.cli import existing, home_option, json_option, print_json

if TYPE_CHECKING:
    from app.engine import Newsdesk

F = TypeVar("F", bound=Callable[..., Any])


def filters(command: F) -> F:
    """The options that say which part of the archive is asked."""
    for option in (
        click.option(
            "--section", "sections", multiple=True, metavar="NAME", help="Only this section; may be repeated."
        ),
        click.option(
            "--source", "sources", multiple=True, metavar="NAME", help="Only this outlet; may be repeated."
        ),
        click.option("--until", metavar="DATE", help="Only what was published up to this day."),
        click.option("--since", metavar="DATE", help="Only what was published from this day on."),
        click.option(
            "--as-of", metavar="DATE", help="Answer as on this day: nothing published later is seen."
        ),
    ):
        command = option(command)
    return command


llm_option = click.option(
    "--llm",
    envvar="NEWSDESK_LLM",
    metavar="SPEC",
    help="Let a language model write, and check what it wrote: ollama/NAME, openai/NAME, anthropic/NAME, or "
    "http://HOST:PORT/v1#NAME; also NEWSDESK_LLM. Without one, answers are quotations.",
)


def opened(home: str | None, llm: str | None = None) -> Newsdesk:
    folder = existing(home)
    from app.engine import Newsdesk

    return Newsdesk.open(folder, llm=llm)


@click.command()
@click.argument("question")
@filters
@llm_option
@home_option
@json_option
def ask(question: str, llm: str | None, home: str | None, as_json: bool, **window: Any) -> None:
    """Answer a question with quotes from the archive.

    DATE is 2026-03-14, or words such as "last Friday". A refusal to answer is an answer: exit status 0.
    """
    with opened(home, llm) as desk:
        answer = desk.ask(question, **window)
    if as_json:
        print_json(answer.to_json())
        return
    from app.terminal import answer_lines

    click.echo("\n".join(answer_lines(answer)))


@click.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, metavar="N", help="How many articles.")
@click.option("--explain", is_flag=True, help="Show what each arm and rule gave to every score.")
@filters
@home_option
@json_option
def search(query: str, k: int, explain: bool, home: str | None, as_json: bool, **window: Any) -> None:
    """Find the articles that a question is about, each with its best passage."""
    with opened(home) as desk:
        hits = desk.search(query, k=k, **window)
        hints = desk.understood(query, **window).hints if explain else ()
    if as_json:
        told = {"hints": [hint.to_json() for hint in hints]} if explain else {}
        shown = [hit.explained() if explain else hit.to_json() for hit in hits]
        print_json({"query": query, **told, "hits": shown})
        return
    from app.terminal import hint_lines, hit_lines

    click.echo("\n".join((*hint_lines(hints), *hit_lines(hits, explain=explain))) or "Nothing found.")


@click.command()
@click.argument("article_id")
@click.option("--version", type=int, metavar="N", help="As it was: its first version is 1.")
@home_option
@json_option
def show(article_id: str, version: int | None, home: str | None, as_json: bool) -> None:
    """Print an article with its whole text, by its id or address."""
    with opened(home) as desk:
        article = desk.show(article_id, version)
        notices = desk.related(article.id).corrections
    if as_json:
        print_json(article.to_json() | {"corrections": [notice.to_json() for notice in notices]})
        return
    from app.terminal import article_lines

    click.echo("\n".join(article_lines(article, notices)))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(1, 65_535), help="The port.")
@click.option(
    "--allow-changes",
    is_flag=True,
    envvar="NEWSDESK_ALLOW_CHANGES",
    help="Let everybody who can open the page add to the archive, verify and repair it; also "
    "NEWSDESK_ALLOW_CHANGES. Without it only a page that no other machine can open does.",
)
@llm_option
@home_option
def chat(host: str, port: int, allow_changes: bool, llm: str | None, home: str | None) -> None:
    """Open the chat page and keep it up to date with what is ingested beside it."""
    from app.chat import serve
    from app.engine import Newsdesk

    with Newsdesk.open(home, llm=llm) as desk, desk.following():
        serve(desk, host=host, port=port, allow_changes=allow_changes)
