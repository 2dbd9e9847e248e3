"""The commands on a whole topic: timeline and compare. Thin doors to the modules of these names.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.cli import filters, opened
from ingest.cli import home_option, json_option, print_json

if TYPE_CHECKING:
    from app.story.compare import Comparison
    from app.story.timeline import Timeline

Found = TypeVar("Found", "Timeline", "Comparison")


@click.command()
@click.argument("topic")
@filters
@home_option
@json_option
def timeline(topic: str, home: str | None, as_json: bool, **window: Any) -> None:
    """Print the dated events of a topic, each a quote from the archive.

    DATE is 2026-03-14, or words such as "last Friday".
    """
    from app.story.timeline import timeline as made

    with opened(home) as desk:
        found = made(desk, topic, **window)
    from app.terminal_topics import timeline_lines

    _show(found, timeline_lines, as_json)


@click.command()
@click.argument("topic")
@filters
@home_option
@json_option
def compare(topic: str, home: str | None, as_json: bool, **window: Any) -> None:
    """Set the outlets side by side on a topic or a question: what each says, and where they differ.

    DATE is 2026-03-14, or words such as "last Friday".
    """
    from app.story.compare import compare as made

    with opened(home) as desk:
        found = made(desk, topic, **window)
    from app.terminal_topics import comparison_lines

    _show(found, comparison_lines, as_json)


def _show(found: Found, lines: Callable[[Found], Iterable[str]], as_json: bool) -> None:
    if as_json:
        print_json(found.to_json())
    else:
        click.echo("\n".join(lines(found)))
