"""Which browser a request comes from, so that what one reader keeps is no other's.

A reader is a random secret in a cookie that only this server reads. It says nothing about who the reader is.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

COOKIE = "newsdesk-reader"

_SECRET = re.compile(r"[\w-]{22,64}", re.ASCII)
_YEARS = 2
_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]


def reader_of(request: gr.Request | None) -> str:
    """The reader behind an event of the page; "" for a browser that takes no cookies."""
    return _known(str(request.headers.get("cookie", ""))) if request else ""


class Readers:
    """Gives each browser its secret when it opens the page (ASGI middleware)."""

    def __init__(self, app: _App) -> None:
        self._app = app

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        async def remembering(message: _Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"set-cookie", _new_cookie())]
            await send(message)

        opens = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        cookie = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie")
        is_new = opens and not _known(cookie.decode("latin-1"))
        await self._app(scope, receive, remembering if is_new else send)


def _known(cookie: str) -> str:
    try:
        found = SimpleCookie(cookie).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found and _SECRET.fullmatch(found.value) else ""


def _new_cookie() -> bytes:
    age = _YEARS * 365 * 86_400
    secret = secrets.token_urlsafe(24)
    return f"{COOKIE}={secret}; Max-Age={age}; Path=/; HttpOnly; SameSite=Strict".encode("latin-1")
