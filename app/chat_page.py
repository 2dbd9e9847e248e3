"""The components of the chat page and what happens on their events.

It keeps nothing between requests but each browser session's own conversation (`gr.State`). How an answer
grows is in `app.chat_turn`, what it looks like in `app.chat_html` and `static/`, its server in `app.chat`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from app import chat_html
from app.chat_text import visible
from app.chat_turn import Filters, Turn, exchange_of, take
from ingest.errors import NewsdeskError

if TYPE_CHECKING:
    from app.engine import Newsdesk
    from ingest.status import Status

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
EXAMPLES = 4
REFRESH_SECONDS = 5.0

_FILTERS = "Dates and outlets"
_HINT = "Type a question first, for instance what happened, who said it, or how many."
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "once"}

Changes = dict[Any, Any]
"""What an event changes: component to new value or update."""


class Working:
    """Counts the threads that are inside the engine, so that the end can wait for them."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._inside = 0

    def __enter__(self) -> None:
        with self._change:
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._inside -= 1
            self._change.notify_all()

    def done(self, timeout: float) -> bool:
        """Waits until no thread is inside, for `timeout` seconds at most; whether that is so."""
        with self._change:
            return self._change.wait_for(lambda: not self._inside, timeout)


class Page:
    """The page's components, made inside a `gr.Blocks`, and their events; holds no conversation."""

    def __init__(self, desk: Newsdesk) -> None:
        self.desk = desk
        self.working = Working()
        self._trying = threading.Lock()
        self._tried: tuple[int, list[str]] = (0, [])
        self.turns = gr.State(())
        self.clock = gr.Timer(REFRESH_SECONDS, active=False)
        self.masthead = _html("", elem_id="masthead")
        self.welcome = _html("", elem_id="welcome")
        self.conversation = _html(
            [],
            elem_id="conversation",
            html_template='<div class="turns">${value.join("")}</div>',
            js_on_load=(STATIC / "chat.js").read_text(encoding="utf-8"),
        )
        with gr.Column(elem_id="composer"):
            self._question()
            self._filters()
        with gr.Column(elem_id="examples", visible=False) as self.examples:
            self.example_buttons = [gr.Button("", elem_classes="example") for _ in range(EXAMPLES)]
        self._events()

    def _question(self) -> None:
        with gr.Row(elem_id="ask-row"):
            self.question = gr.Textbox(
                "",
                label="Your question",
                placeholder="Ask about the news",
                max_lines=5,
                show_label=False,
                container=False,
                autofocus=True,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )
            self.send = gr.Button("Ask", variant="primary", elem_id="send", min_width=76, scale=0)
        self.hint = _html("", elem_id="hint")

    def _filters(self) -> None:
        with gr.Row(elem_id="tools"):
            self.filters = gr.Accordion(_FILTERS, open=False, elem_id="filters")
            with self.filters, gr.Row(elem_id="filter-row"):
                self.as_of = _date("As of", "e.g. 2026-03-14")
                self.since = _date("Since", "first day")
                self.until = _date("Until", "last day")
                self.outlets = gr.Dropdown(
                    [], label="Outlets", multiselect=True, elem_id="outlets", min_width=0
                )
            self.clear = gr.Button(
                "New conversation", elem_id="clear", visible=False, size="sm", min_width=0, scale=0
            )

    def _events(self) -> None:
        boxes = [self.as_of, self.since, self.until, self.outlets]
        shown = [self.conversation, self.turns, self.question, self.hint]
        shown += [self.welcome, self.examples, self.clear]
        sent = [self.question.submit, self.send.click]
        gr.on(sent, self.ask, [self.question, *boxes, self.turns], shown, **_QUIET)
        for button in self.example_buttons:
            button.click(self.ask, [button, *boxes, self.turns], shown, **_QUIET)
        self.clear.click(self.forget, None, shown, **_QUIET)
        changed = [self.as_of.blur, self.since.blur, self.until.blur, self.outlets.change]
        gr.on(changed, name_filters, boxes, self.filters, **_QUIET)

    def keep_current(self, page: gr.Blocks) -> None:
        """Show what the archive holds when the page is opened, and follow it while it is being filled."""
        opened_or_tick: list[Any] = [page.load, self.clock.tick]
        holdings = [self.masthead, self.welcome, self.outlets, self.clock]
        gr.on(opened_or_tick, self.refresh, self.turns, holdings, **_QUIET)
        buttons = self.example_buttons
        gr.on(opened_or_tick, self.suggest, [self.turns, buttons[0]], [self.examples, *buttons], **_QUIET)

    def ask(
        self,
        question: str,
        as_of: str,
        since: str,
        until: str,
        outlets: list[str] | None,
        turns: tuple[Turn, ...],
    ) -> Iterator[Changes]:
        """Put a question: its turn grows with each sentence, the earlier ones are not sent again."""
        if not question.strip():
            yield {self.hint: f'<p role="status">{_HINT}</p>'}
            return
        earlier = [chat_html.turn(turn) for turn in turns]
        history = [exchange_of(turn.question, turn.answer) for turn in turns if turn.answer]
        filters = filters_of(as_of, since, until, outlets)
        changes: Changes = {self.question: "", self.hint: "", self.welcome: gr.HTML(visible=False)}
        changes |= {self.examples: gr.Column(visible=False), self.clear: gr.Button(visible=True)}
        for turn in self._attended(take(self.desk, len(turns) + 1, question, filters, history)):
            changes |= {self.conversation: [*earlier, chat_html.turn(turn)]}
            changes |= {self.turns: (*turns, turn)} if turn.state == "done" else {}
            yield changes
            changes = {}

    def _attended(self, steps: Iterator[Turn]) -> Iterator[Turn]:
        """The same steps, each counted while it is made: between two the reader may be gone."""
        while True:
            with self.working:
                turn = next(steps, None)
            if turn is None:
                return
            yield turn

    def forget(self) -> Changes:
        """Begin anew, as on a freshly opened page."""
        return {
            self.conversation: [],
            self.turns: (),
            self.welcome: gr.HTML(visible=True),
            self.examples: gr.Column(visible=True),
            self.clear: gr.Button(visible=False),
        }

    def refresh(self, turns: tuple[Turn, ...]) -> Changes:
        """What the archive holds now; looks again while it is empty or its vectors are being made."""
        try:
            with self.working:
                status = self.desk.status()
        except NewsdeskError as error:
            return {self.masthead: chat_html.troubled_masthead(str(error))}
        unfinished = not status.articles or status.vectors < status.passages
        return {
            self.masthead: chat_html.masthead(status),
            self.welcome: gr.HTML(chat_html.welcome(empty=not status.articles), visible=not turns),
            self.outlets: gr.Dropdown(choices=_choices(status)),
            self.clock: gr.Timer(active=unfinished),
        }

    def suggest(self, turns: tuple[Turn, ...], first_example: str) -> Changes:
        """Questions to try, shown when the archive has its first articles and then left alone."""
        if first_example or not (questions := self._suggestions()):
            return {self.examples: gr.skip()}
        padded = [*questions, *[""] * (EXAMPLES - len(questions))]
        changes: Changes = {self.examples: gr.Column(visible=not turns)}
        for button, question in zip(self.example_buttons, padded, strict=True):
            changes[button] = gr.Button(visible(question), visible=bool(question))
        return changes

    def _suggestions(self) -> list[str]:
        """The engine's examples, which it tries out: once for an archive of one size, not per visitor."""
        with self.working, self._trying:
            try:
                if (size := self.desk.status().articles) != self._tried[0]:
                    self._tried = (size, self.desk.examples(EXAMPLES)[:EXAMPLES] if size else [])
            except NewsdeskError as error:
                logger.warning("No examples: %s", error)
            return self._tried[1]


def filters_of(as_of: str, since: str, until: str, outlets: list[str] | None) -> Filters:
    """The filters as the boxes hold them."""
    return Filters(as_of.strip(), since.strip(), until.strip(), tuple(outlets or ()))


def name_filters(as_of: str, since: str, until: str, outlets: list[str] | None) -> Any:
    """The label of the folded filters names those in force, so that none is forgotten."""
    filters = filters_of(as_of, since, until, outlets)
    parts = [f"as of {filters.as_of}"] if filters.as_of else []
    parts += filter(None, [chat_html.filters_in_words(filters)])
    return gr.Accordion(label=visible(f"{_FILTERS}: {', '.join(parts)}" if parts else _FILTERS))


def _choices(status: Status) -> list[tuple[str, str]]:
    return [(f"{visible(name)} ({articles:,})", name) for name, articles in status.outlets]


def _html(value: Any, **settings: Any) -> gr.HTML:
    """HTML of our own making, untouched by Gradio's style sheet for prose."""
    return gr.HTML(value, **({"apply_default_css": False, "js_on_load": None} | settings))


def _date(label: str, placeholder: str) -> gr.Textbox:
    return gr.Textbox("", label=label, placeholder=placeholder, max_lines=1, min_width=0)
