"""What a reader may choose from before asking: the outlets and sections there are, and who writes.

A name is sent as it is, to be sent back, and as it may be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.page.text import visible
from app.page.working import Working

if TYPE_CHECKING:
    from app.engine import Newsdesk

_WRITERS = {"extractive": "Quotations only"}


def choices(desk: Newsdesk, working: Working) -> Callable[..., dict[str, Any]]:
    """The function, over one open archive, as the page's script calls it (`static/limits.js`)."""

    def choices(_: object = None) -> dict[str, Any]:
        with working:
            status = desk.status()
        return {
            "outlets": [[name, visible(name), articles] for name, articles in status.outlets],
            "sections": [[name, visible(name), articles] for name, articles in status.sections],
            "writers": [[name, _WRITERS.get(name, visible(name))] for name in desk.writers],
        }

    return choices
