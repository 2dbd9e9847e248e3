"""The commands on a whole topic: timeline and compare. Thin doors to the modules of these names.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

from typing import Any

import click

from app.cli import filters, opened
from ingest.cli import home_option, json_option, print_json


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
    if as_json:
        print_json(found.to_json())
        return
    from app.terminal_topics import timeline_lines

    click.echo("\n".join(timeline_lines(found)))


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
    if as_json:
        print_json(found.to_json())
        return
    from app.terminal_topics import comparison_lines

    click.echo("\n".join(comparison_lines(found)))
