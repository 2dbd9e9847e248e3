"""The page as a whole: the masthead, the tabs, their style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from app.page.ask import Ask
from app.page.files import STATIC, read
from app.page.tabs import TABS
from app.page.working import Working

if TYPE_CHECKING:
    from app.engine import Newsdesk

AT_ONCE, WAITING_AT_ONCE = 3, 16
"""Questions answered at once: by quoting, which takes processors, and where a model is waited for."""

STYLES = ("page.css", "composer.css", "turn.css", "evidence.css", "tabs.css")

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def framed(desk: Newsdesk) -> tuple[gr.Blocks, Working]:
    """The page over an open archive, not yet served, and who is inside the engine through it."""
    working = Working()
    blocks = gr.Blocks(analytics_enabled=False, title="Newsdesk", fill_width=True)
    with blocks:
        gr.HTML(
            None,
            elem_id="masthead",
            html_template=read("masthead.html"),
            js_on_load=read("masthead.js"),
            apply_default_css=False,
        )
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", id="ask"):
                Ask(desk, working)
            for name, build in TABS:
                with gr.Tab(name, id=name.casefold()):
                    build(desk, working)
    blocks.queue(default_concurrency_limit=WAITING_AT_ONCE if len(desk.writers) > 1 else AT_ONCE)
    return blocks, working


def look() -> dict[str, Any]:
    """How the page looks, as settings of `Blocks.launch`: fonts of the reader's own system, nothing fetched.

    The style is in the head and not in `css`, which Gradio rewrites rule by rule and not without losses.
    """
    theme = gr.themes.Base(font=_SANS, font_mono=_MONO, radius_size="sm")
    return {
        "theme": theme.set(body_background_fill="#fbfaf7", body_background_fill_dark="#16171a"),
        "head": f"<style>{read(*STYLES)}</style>",
        "favicon_path": STATIC / "favicon.svg",
    }
