"""Whether a reader of the page may change the archive: everybody may where only this machine reaches it,
elsewhere nobody, unless whoever started the server said so.

What adds to the archive or looks after it calls `must_be_allowed` first. It does not know on which address
the page is served (`app.chat`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from ingest.errors import UsageError

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send

SWITCHED_OFF = (
    "Adding and looking after the archive are switched off on this page, because other machines can open it: "
    "start it with `newsdesk chat --allow-changes` to allow them to everybody who can."
)
_UPLOAD = "/upload"


class Changes:
    """Notes at every request whether changes are allowed, and takes no files where they are not (ASGI)."""

    def __init__(self, app: ASGIApp, allowed: bool) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not self._allowed and scope["path"].rstrip("/").endswith(_UPLOAD):
            await PlainTextResponse(SWITCHED_OFF, 403)(scope, receive, send)
        else:
            scope.setdefault("state", {})["changes_allowed"] = self._allowed
            await self._app(scope, receive, send)


def is_allowed(request: gr.Request) -> bool:
    """Whether the archive may be changed by this request; not by one that did not come through `Changes`."""
    return bool(getattr(request.state, "changes_allowed", False))


def must_be_allowed(request: gr.Request) -> None:
    """Raises UsageError where the archive may not be changed from the page."""
    if not is_allowed(request):
        raise UsageError(SWITCHED_OFF)
