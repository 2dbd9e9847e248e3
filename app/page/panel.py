"""A tab beside Ask: one component of our own markup and script, and what its forms ask the server.

    panel("timeline", working, self.timeline, self.article)

The markup is `static/<name>.html`, the script `static/panel.js`. A function gets what a form holds and the
request, and returns HTML, or `Text` to be taken away; what goes wrong with it becomes a sentence where its
result would stand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import gradio as gr

from app.page.files import read
from app.page.text import safe
from app.page.working import Working
from ingest.errors import NewsdeskError, UsageError

logger = logging.getLogger(__name__)

Values = Mapping[str, Sequence[str]]
"""What a form holds: each field's values, in the order of the fields."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a function returns to be copied or saved, and not shown."""

    text: str


Function = Callable[[Values, gr.Request], str | Text]

_UNEXPECTED = "This could not be done: the server's log says why."


def panel(name: str, working: Working, *functions: Function) -> gr.HTML:
    """The tab's component, inside the `gr.Tab` that is being filled; `working` counts who is inside."""
    return gr.HTML(
        None,
        elem_id=name,
        elem_classes="panel",
        html_template=read(f"{name}.html", "reading.html"),
        js_on_load=read("text.js", "panel.js"),
        server_functions=[_shielded(function, working) for function in functions],
        apply_default_css=False,
    )


def _shielded(function: Function, working: Working) -> Callable[[object, gr.Request], dict[str, str]]:
    """The function as the page calls it: with anything, and never failing."""

    def called(given: object, request: gr.Request) -> dict[str, str]:
        try:
            with working:
                made = function(_values(given), request)
        except NewsdeskError as error:
            return {"problem": problem(str(error))}
        except Exception:
            logger.exception("%s failed", function.__name__)
            return {"problem": problem(_UNEXPECTED)}
        return {"text": made.text} if isinstance(made, Text) else {"html": made}

    called.__name__ = function.__name__
    return called


def problem(sentence: str) -> str:
    """What was wrong, in the place of what was wanted."""
    return f'<p class="problem" role="alert" dir="auto">{safe(sentence)}</p>'


def _values(given: object) -> Values:
    """Reads what `panel.js` sends, which may have been made up; raises UsageError for anything else."""
    if not isinstance(given, dict):
        raise _not_ours()
    values: dict[str, list[str]] = {}
    for name, found in given.items():
        if not isinstance(name, str) or not isinstance(found, list):
            raise _not_ours()
        # JSON can carry halves of characters, which no archive can be asked for.
        values[name] = [text.encode(errors="replace").decode() for text in found if isinstance(text, str)]
    return values


def first(values: Values, name: str) -> str:
    """A field's only value; "" when it has none."""
    return next(iter(values.get(name, ())), "").strip()


def _not_ours() -> UsageError:
    return UsageError("The page sent something that cannot be read: load it again.")
