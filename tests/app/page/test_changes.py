"""Whether the archive may be changed from the page."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from app.page.changes import SWITCHED_OFF, Changes, is_allowed, must_be_allowed
from ingest.errors import UsageError


def passed_on(path: str, allowed: bool, kind: str = "http") -> tuple[dict[str, Any] | None, list[Any]]:
    """The scope that reaches the page, and what is sent without it."""
    reached: list[dict[str, Any]] = []
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "POST", "path": path, "headers": []}
    asyncio.run(Changes(app, allowed)(scope, None, send))  # type: ignore[arg-type]
    return (reached[0] if reached else None), sent


@pytest.mark.parametrize("allowed", [True, False])
def test_every_request_is_told_whether_it_may_change_the_archive(allowed: bool) -> None:
    scope, _ = passed_on("/gradio_api/component_server", allowed)
    assert scope
    request: Any = SimpleNamespace(state=SimpleNamespace(**scope["state"]))
    assert is_allowed(request) == allowed
    if allowed:
        must_be_allowed(request)
    else:
        with pytest.raises(UsageError, match="--allow-changes"):
            must_be_allowed(request)


def test_a_request_that_nobody_spoke_for_may_not() -> None:
    assert not is_allowed(SimpleNamespace(state=SimpleNamespace()))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/upload/"])
def test_files_are_not_even_received_where_nothing_may_be_added(path: str) -> None:
    scope, (start, body) = passed_on(path, allowed=False)
    assert scope is None
    assert start["status"] == 403
    assert body["body"].decode() == SWITCHED_OFF
    assert passed_on(path, allowed=True)[0]


def test_what_is_no_request_passes() -> None:
    scope, _ = passed_on("/", allowed=False, kind="lifespan")
    assert scope
    assert "state" not in scope
