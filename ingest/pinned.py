"""Connections that lead to given addresses only, whatever name is asked for, and only for so long.

Knows httpcore's way to be given a network; what may be connected to is decided in `ingest.addresses`.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import httpcore


class PinnedNetwork(httpcore.SyncBackend):
    """Connects to the first of some addresses that answers. The name decides which certificate counts."""

    def __init__(self, addresses: Sequence[str], until: float) -> None:
        self._addresses = addresses
        self._until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        for address in self._addresses[:-1]:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._to(address, port, _left(self._until) / 2)
        return self._to(self._addresses[-1], port, _left(self._until))

    def _to(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(address, port, timeout), self._until)


class _Stream(httpcore.NetworkStream):
    """Bytes that have to come before the time is up, however slowly they drip."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self._inner = inner
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if time.monotonic() > self._until:
            raise httpcore.ReadTimeout("the time is up")
        return self._inner.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._until))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._until))
        return _Stream(inner, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


_DISTRUST = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    62: "its certificate was made out for another name",
    64: "its certificate was made out for another address",
}
_UNSIGNED = "its certificate is signed by nobody known here (SSL_CERT_FILE names a file of others to trust)"
_BROKEN_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def why_distrusted(error: BaseException | None) -> str:
    """What is wrong with the encryption that a connection failed of, "" if it failed of something else."""
    while error and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    if isinstance(error, ssl.SSLCertVerificationError):
        return _DISTRUST.get(error.verify_code, _UNSIGNED)
    if isinstance(error, ssl.SSLError) and not isinstance(error, _BROKEN_OFF):
        return f"what it speaks is not HTTPS as it should be ({error.reason})"
    return ""


def _left(until: float) -> float:
    """Seconds left, a moment at least: no timeout would mean to wait for ever."""
    return max(until - time.monotonic(), 0.01)
