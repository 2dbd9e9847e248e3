"""Cuts Python off from every network but the loopback, for the tests and the processes they start.

Python imports a module of this name by itself when its folder is on PYTHONPATH, which `tests/conftest.py`
sees to: so a `newsdesk` started by a test is cut off like the test itself. Each attempt to get out raises
and is written to the file that NEWSDESK_TEST_ATTEMPTS names, so that it also shows when somebody
swallows the error.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class OutsideNetworkError(OSError):
    """A test, or a program it started, tried to leave this machine."""


def is_local(family: int, address: Any) -> bool:
    """Whether connecting a socket of `family` to `address` stays on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0]).partition("%")[0]
    if host in ("", "localhost"):
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def _guard(sock: socket.socket, address: Any) -> None:
    if is_local(sock.family, address):
        return
    if log := os.environ.get("NEWSDESK_TEST_ATTEMPTS"):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{address[0]}:{address[1]}\n")
    raise OutsideNetworkError(f"Tests have no network: a connection to {address[0]} was refused.")


class _LocalSocket(socket.socket):
    def connect(self, address: Any, /) -> None:
        _guard(self, address)
        _connect(self, address)

    def connect_ex(self, address: Any, /) -> int:
        _guard(self, address)
        return _connect_ex(self, address)


def block() -> None:
    """From now on this process connects to itself and its neighbours on this machine only."""
    socket.socket.connect = _LocalSocket.connect  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = _LocalSocket.connect_ex  # type: ignore[assignment, method-assign]


if os.environ.get("NEWSDESK_TEST_ATTEMPTS"):
    block()
