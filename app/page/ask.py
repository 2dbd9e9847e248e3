"""The Ask tab: a question goes in, its turn comes out piece by piece.

One component of our own HTML and script (`static/ask.html`, `static/*.js`), for which Gradio carries the
messages. It keeps nothing between requests: see `app.page.asked`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from app.page.asked import Asked
from app.page.choices import choices
from app.page.files import read
from app.page.keeping import Keeping
from app.page.lookups import lookups
from app.page.pieces import Pieces, pieces
from app.page.turn import Filters, Turn, failed, take
from app.page.working import Working
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk

REFRESH_SECONDS = 5.0
REST_SECONDS = 60.0
"""How often a page looks what the archive holds: while that grows, and after."""

PATIENCE_SECONDS = 20.0
"""After how long without a word from the server a reader is told that it does not answer."""

SCRIPTS = ("text", "address", "turns", "preview", "reader", "limits", "asking", "keeping", "opening")

_HIDDEN: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}


class Ask:
    """The tab's component, made inside a `gr.Blocks`, and its events; holds no conversation."""

    def __init__(self, desk: Newsdesk, working: Working) -> None:
        self._desk = desk
        self._working = working
        self._keeping = Keeping(desk)
        self.component = gr.HTML(
            None,
            elem_id="ask",
            html_template=read("ask.html"),
            js_on_load=read(*(f"{name}.js" for name in SCRIPTS)),
            server_functions=[*lookups(desk, working), choices(desk, working), *self._keeping.functions()],
            apply_default_css=False,
            refresh=REFRESH_SECONDS,
            rest=REST_SECONDS,
            patience=PATIENCE_SECONDS,
        )
        asking = self.component.submit(self.ask, None, self.component, **_HIDDEN)
        self.component.stop(None, cancels=[asking], api_visibility="private")

    def ask(self, event: gr.EventData, request: gr.Request) -> Iterator[Pieces]:
        """Put a question: its turn grows with each sentence; the earlier ones are not sent again."""
        try:
            asked = Asked.from_json(event._data)
        except UsageError as error:
            named = event._data.get("id") if isinstance(event._data, dict) else None
            yield pieces(str(named)[:64], failed(Turn(1, "", Filters()), str(error)))
            return
        steps = take(self._desk, asked.number, asked.question, asked.filters, asked.history)
        for turn in self._attended(steps):
            kept = self._keeping.keep(request, asked.conversation, turn) if turn.state == "done" else ""
            yield pieces(asked.id, turn, kept)

    def _attended(self, steps: Iterator[Turn]) -> Iterator[Turn]:
        """The same steps, each counted while it is made: between two the reader may be gone."""
        while True:
            with self._working:
                turn = next(steps, None)
            if turn is None:
                return
            yield turn
