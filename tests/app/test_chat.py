"""The server of the page: its address, its errors, and that a page is built without one."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.chat import _is_loopback, build, start
from app.intake import Intake
from ingest.errors import UsageError
from tests.app.fake_desk import FakeDesk
from tests.conftest import ROOT

# The first line is for tests that run in the background, where the interrupt is ignored.
PROGRAM = """
import signal; signal.signal(signal.SIGINT, signal.default_int_handler)
from app.chat import serve
from tests.app.fake_desk import FakeDesk
serve(FakeDesk(), port={port})
"""


@pytest.fixture
def taken() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_used_port_is_told(taken: int) -> None:
    with pytest.raises(UsageError) as error:
        start(FakeDesk(), port=taken)  # type: ignore[arg-type]
    assert (
        str(error.value) == f"Port {taken} is in use: stop the other program or choose another with --port."
    )


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 7860), ("127.0.0.1", 70_000), ("no such host", 7860)]
)
def test_an_address_that_is_not_ours_is_told(host: str, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolve_locally)
    with pytest.raises(UsageError, match=r"^The page cannot be served on .* --host and --port\.$"):
        start(FakeDesk(), host=host, port=port)  # type: ignore[arg-type]


def _resolve_locally(host: str, port: int, **_: Any) -> Any:
    """Numbers only: a name server is not for tests to ask."""
    if " " in host:
        raise socket.gaierror(-2, "Name or service not known")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("x y", False),
    ],
)
def test_what_only_this_machine_reaches_is_known(host: str, is_ours: bool) -> None:
    assert _is_loopback(host) == is_ours


CHANGES = {
    "take_in": {"addresses": ["https://example.org/feed"]},
    "take_sample": {},
    "halt": {},
    "verify": {},
    "repair": {},
}


@pytest.mark.parametrize("allowed", [False, True])
def test_the_archive_is_changed_by_nobody_else_unless_that_is_allowed(
    allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(Intake, "begin", lambda *given, **_: begun.append(given))
    desk = _Looked(home=str(tmp_path))
    site = start(desk, host="0.0.0.0", port=free_port(), allow_changes=allowed)  # type: ignore[arg-type]
    try:
        with httpx.Client(base_url=site.address, trust_env=False, timeout=20) as reader:
            told = {name: called(reader, "archive", name, given) for name, given in CHANGES.items()}
            shown = called(reader, "archive", "changing", {})["html"]
            masthead = called(reader, "ask", "archive", None)
            sent = reader.post("/gradio_api/upload", files={"files": ("a.txt", b"text")})
    finally:
        site.close()
    assert ["problem" not in one for one in told.values()] == [allowed] * len(CHANGES)
    assert allowed or all("--allow-changes" in one["problem"] for one in told.values())
    assert ("<form" in shown, masthead["may_add"]) == (allowed, allowed)
    assert sent.status_code == (200 if allowed else 403)
    assert (len(begun), desk.looked) == ((2, 3) if allowed else (0, 0))


def test_on_this_machine_the_archive_is_changed_by_everybody(tmp_path: Path) -> None:
    site = start(_Looked(home=str(tmp_path)), port=free_port())  # type: ignore[arg-type]
    try:
        with httpx.Client(base_url=site.address, trust_env=False, timeout=20) as reader:
            assert "sound" in called(reader, "archive", "verify", {})["html"]
    finally:
        site.close()


class _Looked(FakeDesk):
    """Counts how often it was looked after."""

    looked = 0

    def verify(self) -> list[str]:
        self.looked += 1
        return []

    def repair(self) -> None:
        self.looked += 1


def called(reader: httpx.Client, component: str, name: str, given: object) -> dict[str, Any]:
    """What a component's function says to a browser."""
    components = reader.get("/config").json()["components"]
    wanted = next(part["id"] for part in components if part["props"].get("elem_id") == component)
    body = {"data": given, "component_id": wanted, "fn_name": name, "session_hash": "reader"}
    told: dict[str, Any] = reader.post("/gradio_api/component_server", json=body).json()
    return told


def test_the_page_asks_nobody_outside_and_offers_no_api() -> None:
    config = build(FakeDesk()).get_config_file()  # type: ignore[arg-type]
    assert config["analytics_enabled"] is False
    assert {event["api_visibility"] for event in config["dependencies"]} == {"private"}


@pytest.mark.parametrize(("writers", "least"), [(("extractive",), 2), (("ollama/x", "extractive"), 10)])
def test_many_questions_are_answered_at_once(writers: tuple[str, ...], least: int) -> None:
    desk = FakeDesk()
    desk.writers = writers
    page = build(desk)  # type: ignore[arg-type]
    limits = {event.concurrency_limit for event in page.fns.values()}
    assert page._queue.default_concurrency_limit >= least
    assert limits == {"default"}


def test_the_address_is_printed_when_the_server_answers_and_an_interrupt_ends_it() -> None:
    port = free_port()
    # A proxy that does not exist must not keep the page from starting.
    environment = {**os.environ, "HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(port=port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            assert line == f"Newsdesk is open at http://127.0.0.1:{port} (Ctrl+C closes it).\n"
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}", timeout=10) as response:
                assert response.status == 200
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=20)
        finally:
            server.kill()
    assert (server.returncode, out, err) == (0, "Newsdesk is closed.\n", "")


def test_what_is_being_answered_is_answered_before_the_end() -> None:
    desk = _SlowDesk()
    site = start(desk, port=free_port())  # type: ignore[arg-type]
    asked = threading.Thread(target=_open, args=(site.address,))
    asked.start()
    assert desk.looking.wait(20)
    threading.Timer(0.5, desk.go.set).start()
    site.close()
    assert desk.looked
    asked.join(20)


class _SlowDesk(FakeDesk):
    """Takes its time to say what it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.looking, self.go, self.looked = threading.Event(), threading.Event(), False

    def status(self) -> Any:
        self.looking.set()
        assert self.go.wait(20)
        self.looked = True
        return super().status()


def _open(address: str) -> None:
    """Does what a browser does when it opens the page: asks what the archive holds."""
    with urllib.request.urlopen(f"{address}/config", timeout=20) as response:
        components = json.load(response)["components"]
    asking = next(part["id"] for part in components if part["props"].get("elem_id") == "ask")
    body = json.dumps(
        {"data": None, "component_id": asking, "fn_name": "archive", "session_hash": "reader"}
    ).encode()
    kind = {"Content-Type": "application/json"}
    with contextlib.suppress(OSError):
        urllib.request.urlopen(
            urllib.request.Request(f"{address}/gradio_api/component_server", body, kind), timeout=20
        )
