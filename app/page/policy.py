"""What a browser is told never to do on the page: ask another origin, run a script that is not the page's.

`unsafe-eval` cannot be left out: Gradio makes every template and script of a component with `Function`. What
is made so comes from this program's own files, never from an article.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SCRIPT = re.compile(rb"<script(?=[\s>])")


class Policy:
    """Adds the policy to every response, and its nonce to the scripts of the page that Gradio sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._app(scope, receive, _Guarded(send))
        else:
            await self._app(scope, receive, send)


class _Guarded:
    """Passes a response on; a page of HTML is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._held: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = _POLICY.format(nonce=self._nonce)
            headers.update(_HEADERS)
            if headers.get("content-type", "").startswith("text/html"):
                self._held = message
                return
        elif self._held is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = await self._release(self._held)
        await self._send(message)

    async def _release(self, start: Message) -> Message:
        body = _SCRIPT.sub(b'<script nonce="%s"' % self._nonce.encode(), self._body)
        MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        return {"type": "http.response.body", "body": body}
