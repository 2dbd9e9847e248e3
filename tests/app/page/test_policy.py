"""Every response carries the policy; the page's own scripts its nonce, a new one each time."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.page.policy import Policy

PAGE = "<html><script>one</script><script src=x></script><scripted>é</scripted></html>"


def client() -> TestClient:
    routes = [
        Route("/", lambda _: HTMLResponse(PAGE)),
        Route("/parts", lambda _: StreamingResponse(iter([PAGE[:10], PAGE[10:]]), media_type="text/html")),
        Route("/data", lambda _: PlainTextResponse("<script>")),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Policy)]))


def test_only_scripts_of_the_page_run_and_only_this_origin_is_asked() -> None:
    for path in ("/", "/data", "/missing"):
        policy = client().get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "http" not in policy
        assert "*" not in policy


def test_the_pages_scripts_have_the_nonce_of_their_response() -> None:
    for path in ("/", "/parts"):
        first, second = client().get(path), client().get(path)
        policies = [response.headers["content-security-policy"] for response in (first, second)]
        nonces = [re.findall(r"'nonce-([\w-]+)'", policy)[0] for policy in policies]
        assert nonces[0] != nonces[1]
        assert first.text == PAGE.replace("<script>", f'<script nonce="{nonces[0]}">').replace(
            "<script src", f'<script nonce="{nonces[0]}" src'
        )


def test_what_is_no_page_is_passed_on_as_it_is() -> None:
    assert client().get("/data").text == "<script>"
