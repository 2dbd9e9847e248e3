"""The chat page's server: the page over an open archive, on one address of this machine.

A thin door to the engine. What is on the page is in `app.page`.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import gradio as gr
from starlette.middleware import Middleware

from app.page.changes import SWITCHED_OFF, Changes
from app.page.frame import framed, look
from app.page.policy import Policy
from app.page.readers import Readers
from app.page.working import Working
from ingest.errors import NewsdeskError, UsageError

if TYPE_CHECKING:
    from app.engine import Newsdesk

ENDING_SECONDS = 15.0
"""How long the end waits for answers being made."""


class Site:
    """A page being served from threads of this process."""

    def __init__(self, blocks: gr.Blocks, working: Working) -> None:
        self._blocks = blocks
        self._working = working
        self.address = str(blocks.local_url).rstrip("/")

    def warm(self, desk: Newsdesk) -> None:
        """Load what answering needs, in the background, so that the first reader does not wait for it."""
        threading.Thread(target=self._warm, args=(desk,), daemon=True).start()

    def _warm(self, desk: Newsdesk) -> None:
        with self._working, suppress(NewsdeskError):
            desk.examples(1)

    def close(self) -> None:
        """Stop serving, once what is being answered is answered.

        A thread that the interpreter's end cuts off inside compiled code would abort the whole process.
        """
        self._blocks.close(verbose=False)
        self._working.done(ENDING_SECONDS)


def build(desk: Newsdesk) -> gr.Blocks:
    """The page over an open archive, not yet served."""
    return framed(desk)[0]


def start(desk: Newsdesk, host: str = "127.0.0.1", port: int = 7860, *, allow_changes: bool = False) -> Site:
    """Serve the page from threads of this process; returns when it answers.

    Where other machines reach the host, the page changes the archive only with `allow_changes`. Raises
    UsageError when the port is taken or the host is not an address of this machine.
    """
    _check_free(host, port)
    _bypass_proxies(host)
    allowed = allow_changes or _is_loopback(host)
    layers = [Middleware(Policy), Middleware(Readers), Middleware(Changes, allowed)]
    blocks, working = framed(desk)
    try:
        blocks.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            root_path="",
            app_kwargs={"middleware": layers},
            **look(),
        )
    except OSError as error:
        raise _port_in_use(port) from error
    return Site(blocks, working)


def serve(desk: Newsdesk, host: str = "127.0.0.1", port: int = 7860, *, allow_changes: bool = False) -> None:
    """Serve the page until interrupted, as `start` does; prints its address as soon as it answers."""
    site = start(desk, host, port, allow_changes=allow_changes)
    site.warm(desk)
    print(f"Newsdesk is open at {site.address} (Ctrl+C closes it).", flush=True)
    if not (allow_changes or _is_loopback(host)):
        print(SWITCHED_OFF, flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print("Newsdesk is closed.", flush=True)
    finally:
        site.close()


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches what is served there."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return all(ipaddress.ip_address(address[0]).is_loopback for *_, address in found)
    except (OSError, ValueError):
        return False


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise _port_in_use(port) from error
        raise UsageError(
            f"The page cannot be served on {host}, port {port} ({error}): "
            "choose others with --host and --port."
        ) from error


def _port_in_use(port: int) -> UsageError:
    return UsageError(f"Port {port} is in use: stop the other program or choose another with --port.")


def _bypass_proxies(host: str) -> None:
    """Gradio asks its own server whether it is up, and would ask through the user's proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, [known, "127.0.0.1", "localhost", host]))
