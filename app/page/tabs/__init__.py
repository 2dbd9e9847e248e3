"""The tabs beside Ask, each a module with one function `build(desk, working) -> None`.

`build` makes a tab's components and events, inside the `gr.Tab` that the page opens for it; `working` counts
who is inside the engine. Its style is in
`static/tabs.css`. Add a line to TABS: the name on the tab, and its function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.page.tabs import archive, compare, conversations, evaluation, timeline

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from app.page.working import Working

TABS: tuple[tuple[str, Callable[[Newsdesk, Working], None]], ...] = (
    ("Timeline", timeline.build),
    ("Compare", compare.build),
    ("Conversations", conversations.build),
    ("Archive", archive.build),
    ("Evaluation", evaluation.build),
)
