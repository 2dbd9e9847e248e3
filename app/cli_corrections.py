"""The command on kept answers: which of them cited text that has changed or was corrected since.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ingest.cli import existing, home_option, json_option, print_json

if TYPE_CHECKING:
    from app.corrected import Changed

_HEADS = {"changed_since": "Changed since", "gone": "Gone", "wrong": "Never stood there"}


@click.command()
@home_option
@json_option
def corrections(home: str | None, as_json: bool) -> None:
    """List kept answers whose articles have changed or were corrected since."""
    from app.corrected import changed
    from app.keep import Keep
    from ingest.archive import Archive

    folder = existing(home)
    kept = Keep(folder).answers()
    archive = Archive(folder)
    try:
        found = changed(archive, kept)
    finally:
        archive.close()
    cited = sum(len(saved.citations) for _, saved in kept)
    if as_json:
        print_json({"answers": len(kept), "citations": cited, "changed": [c.to_json() for c in found]})
    else:
        click.echo("\n".join(_lines(found, len(kept), cited)))


def _lines(found: Sequence[Changed], answers: int, citations: int) -> Iterator[str]:
    from app.terminal import wrapped

    if not answers:
        yield "No answers are kept in this archive: the page keeps what is asked there."
        return
    asked = None
    for one in found:
        if one.saved.id != asked:
            asked = one.saved.id
            yield from wrapped(f"{one.saved.question} (asked {one.to_json()['asked'][:10]})")
        yield from wrapped(f"“{one.citation.quote}”", "  ")
        yield from wrapped(_told(one), "  ")
        yield ""
    stale = len({one.saved.id for one in found})
    all_told = f"{stale:,} cite{'s' if stale == 1 else ''} what has changed since"
    yield (
        f"{_count(answers, 'kept answer')} with {_count(citations, 'citation')}; "
        f"{all_told if stale else 'all stands as it was cited'}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _told(one: Changed) -> str:
    if one.correction is None:
        return f"{_HEADS[one.standing.outcome]}: {one.standing.text}"
    notice = " ".join(one.correction.text.split())
    if one.correction.is_message:
        return f"Retracted: {notice}"
    return f"Corrected in article {one.correction.article_id}: “{notice}”"
