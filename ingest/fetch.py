"""One safe GET: what stands at a web address, if it may be fetched at all.

Every connection, also after a redirect, goes to an address that was checked to be public
(`ingest.addresses`), never to a name that may have changed its mind meanwhile. Bytes, time and redirects have
limits, decompressed bytes too. Tries again when a server is busy, keeps a distance between two requests to
one host and does what its robots.txt says. Knows HTTP; what came is read elsewhere.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ingest.addresses import Address, AddressError, Resolve, parse, safe_addresses
from ingest.errors import UsageError
from ingest.limits import in_mb, limits

if TYPE_CHECKING:
    import httpcore
    from protego import Protego

AGENT = "Newsdesk/0.1"
_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_TRIES, _LONGEST_WAIT = 3, 60.0
_ROBOTS_BYTES = 512 * 1024
_LONGEST_DELAY = 30.0
_SECONDS = ("NEWSDESK_FETCH_SECONDS", 30.0)
_DELAY = ("NEWSDESK_FETCH_DELAY", 1.0)


class FetchError(Exception):
    """Why nothing was fetched, with a code for programs."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class _BusyError(FetchError):
    """Something that may pass; `wait` is what the server asks for, in seconds."""

    def __init__(self, code: str, reason: str, wait: float | None = None) -> None:
        super().__init__(code, reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of an earlier answer, so that the server may say that nothing changed."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `url` is where it was in the end; `body` is None when nothing has changed."""

    url: str
    body: bytes | None
    kind: str = ""
    charset: str = ""
    known: Known = field(default_factory=Known)


class Fetcher:
    """Fetches politely: one run of the program uses one of these. Not for several threads.

    `resolve` and `sleep` stand in for the machine's resolver and clock in tests.
    """

    def __init__(self, resolve: Resolve | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self._resolve = resolve
        self._sleep = sleep
        self._seconds = _setting(*_SECONDS)
        self._delay = _setting(*_DELAY)
        self._robots: dict[str, Protego | None] = {}
        self._free_at: dict[str, float] = {}

    def get(self, url: str, known: Known | None = None) -> Fetched:
        """What stands at an address; raises FetchError when it cannot or may not be fetched."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        tries = Retrying(
            stop=stop_after_attempt(_TRIES),
            retry=retry_if_exception_type(_BusyError),
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        return tries(self._follow, url, known or Known())

    def _follow(self, url: str, known: Known) -> Fetched:
        """Follows redirects, each step checked like the first."""
        until = time.monotonic() + self._seconds
        for _ in range(_REDIRECTS + 1):
            address = _parsed(url)
            self._ask_robots(address)
            answer = self._once(address, known, until, limits().file)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
        raise FetchError("redirects", f"it leads from one address to another more than {_REDIRECTS} times")

    def _once(self, address: Address, known: Known, until: float, most: int) -> Fetched | str:
        """One request: what came, or where to look instead."""
        import httpcore

        from ingest.pinned import PinnedNetwork, why_distrusted

        until += self._keep_distance(address)
        try:
            addresses = safe_addresses(address, self._resolve)
        except AddressError as error:
            raise FetchError("address", f"the address is not fetched: {error}") from error
        network = PinnedNetwork(addresses, until)
        url, headers = f"{address.origin}{address.path}", _headers(address, known)
        try:
            with (
                httpcore.ConnectionPool(network_backend=network) as pool,
                pool.stream("GET", url, headers=headers) as response,
            ):
                return _answer(address, response, until, most)
        except httpcore.TimeoutException as error:
            raise _BusyError("too_slow", f"{address.host} did not answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if distrust := why_distrusted(error):
                raise FetchError("https", f"{address.host} is not trusted: {distrust}") from error
            what = str(error) or type(error).__name__
            raise _BusyError("unreachable", f"{address.host} cannot be reached: {what[:120]}") from error

    def _keep_distance(self, address: Address) -> float:
        """Waits until this host may be asked again; returns how long that took, in seconds."""
        now = time.monotonic()
        free_at = max(now, self._free_at.get(address.host, now))
        if free_at > now:
            self._sleep(free_at - now)
        self._free_at[address.host] = free_at + self._delay_at(address)
        return free_at - now

    def _delay_at(self, address: Address) -> float:
        robots = self._robots.get(address.origin)
        asked = float(robots.crawl_delay(AGENT) or 0) if robots else 0.0
        return max(self._delay, min(asked, _LONGEST_DELAY)) if self._delay else 0.0

    def _ask_robots(self, address: Address) -> None:
        """Raises FetchError when the host does not want this address to be fetched by programs."""
        if address.origin not in self._robots:
            self._robots[address.origin] = self._read_robots(address)
        robots = self._robots[address.origin]
        if robots is None:
            reason = f"{address.host} could not say what programs may fetch (its robots.txt fails)"
            raise FetchError("robots", reason)
        if not robots.can_fetch(address.url, AGENT):
            raise FetchError("robots", f"{address.host} asks programs not to fetch it (robots.txt)")

    def _read_robots(self, address: Address) -> Protego | None:
        """The rules of a host: none where there are none, and None where the host fails (RFC 9309)."""
        from protego import Protego

        url, until = f"{address.origin}/robots.txt", time.monotonic() + self._seconds
        try:
            for _ in range(_REDIRECTS + 1):
                answer = self._once(_parsed(url), Known(), until, _ROBOTS_BYTES)
                if isinstance(answer, Fetched):
                    return Protego.parse((answer.body or b"").decode("utf-8", "replace"))
                url = urljoin(url, answer)
        except _BusyError:
            return None
        except FetchError as error:
            if error.code in ("address", "https"):
                raise
        return Protego.parse("")


def _parsed(url: str) -> Address:
    try:
        return parse(url)
    except AddressError as error:
        raise FetchError("address", f"the address {url[:200]!r} is not fetched: {error}") from error


def _headers(address: Address, known: Known) -> list[tuple[str, str]]:
    headers = [
        ("Host", address.netloc),
        ("User-Agent", AGENT),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    conditions = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified))
    return headers + [(name, value) for name, value in conditions if value]


def _answer(address: Address, response: httpcore.Response, until: float, most: int) -> Fetched | str:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    status = response.status
    if status in _MOVED and headers.get("location"):
        return headers["location"]
    if status == 304:
        return Fetched(address.url, None)
    if status in _BUSY:
        reason = f"{address.host} is busy or broken (status {status})"
        raise _BusyError("status", reason, _retry_after(headers.get("retry-after", "")))
    if status != 200:
        raise FetchError("status", f"{address.host} answered with status {status}")
    body = _body(response.iter_stream(), headers.get("content-encoding", ""), until, most)
    content = Message()
    content["content-type"] = headers.get("content-type", "")
    known = Known(_printable(headers.get("etag", "")), _printable(headers.get("last-modified", "")))
    return Fetched(
        address.url, body, content.get_content_type(), str(content.get_content_charset() or ""), known
    )


def _body(chunks: Iterable[bytes], encoding: str, until: float, most: int) -> bytes:
    """The body, decompressed; raises FetchError past the limits, before more is held than they allow."""
    if encoding.lower() not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError("encoding", f"it is sent compressed as {encoding[:40]!r}, which was not asked for")
    unpacking = zlib.decompressobj(wbits=31) if encoding.lower().endswith("gzip") else None
    body, received = bytearray(), 0
    for chunk in chunks:
        received += len(chunk)
        try:
            body += unpacking.decompress(chunk, most + 1 - len(body)) if unpacking else chunk
        except zlib.error as error:
            raise FetchError("encoding", "what was sent as gzip is none") from error
        if max(len(body), received) > most:
            raise FetchError("too_large", f"it is larger than {in_mb(most)}")
        if time.monotonic() > until:
            raise FetchError("too_slow", "it did not come in time")
    if unpacking and not unpacking.eof:
        raise _BusyError("incomplete", "it broke off before its end")
    return bytes(body)


def _pause(state: Any) -> float:
    """How long to wait before trying again: as long as the server asks, else 1, 2, 4 ... seconds."""
    error = state.outcome.exception()
    asked = error.wait if isinstance(error, _BusyError) and error.wait is not None else 0.0
    return float(min(max(asked, 2.0 ** (state.attempt_number - 1)), _LONGEST_WAIT))


def _retry_after(value: str) -> float | None:
    """The seconds that a server asks to wait; a date is not understood."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _printable(value: str) -> str:
    """A header that can be sent back as it is, "" for any other."""
    return value if value.isprintable() and value.isascii() and len(value) < 500 else ""


def _setting(name: str, default: float) -> float:
    value = os.environ.get(name, "")
    try:
        number = float(value) if value else default
    except ValueError:
        number = -1.0
    if not 0 <= number < 3_600:
        raise UsageError(f"{name} is {value!r}: set it to seconds, 0 or more, or leave it unset.")
    return number
