"""Which addresses may be fetched from: those of the public Internet, and hosts that were named on purpose.

A web address from a stranger may name this machine, its neighbours or a cloud's metadata service, directly,
by a name that resolves to them, or wrapped in an address of another kind. Knows addresses; opens nothing.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

ALLOWED = "NEWSDESK_ALLOW_HOSTS"
"""The setting that names hosts which may be fetched from wherever they are: `127.0.0.1:8123,intranet`."""

Resolve = Callable[[str, int], Sequence[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LONGEST = 2_000
_PLAIN = "%/?:@!$&'()*+,;=-._~[]"
_PORTS = {"http": 80, "https": 443}
# Not on every version of Python's own list: addresses that a network translates for itself.
_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")
# An IPv4 address stands in the last four bytes of these, at the end.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))


class AddressError(ValueError):
    """An address that is not fetched from; says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart and in ASCII. `path` is what is asked for, with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a robots.txt applies to them."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """The host, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Address:
    """A web address; raises AddressError for what is none, or holds a password."""
    if len(url) > _LONGEST or not url.isprintable() or any(c.isspace() for c in url) or "\\" in url:
        raise AddressError("it is no web address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError("it is no web address") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise AddressError("only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise AddressError("it holds a user name or password; these are not sent")
    host = _ascii(parts.hostname or "")
    path = quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe=_PLAIN)
    return Address(url, scheme, host, _PORTS[scheme] if port is None else port, path)


def _ascii(host: str) -> str:
    """A host name as it is sent; raises AddressError for an empty or impossible one."""
    try:
        if ":" in host and "%" not in host:  # a zone is of this machine only
            return str(ipaddress.IPv6Address(host))
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
    except (UnicodeError, ValueError) as error:
        raise AddressError("its host is no host name") from error
    if not name or not all(c.isalnum() or c in "-._" for c in name):
        raise AddressError("its host is no host name")
    return name


def safe_addresses(address: Address, resolve: Resolve | None = None) -> list[str]:
    """The addresses that a host may be reached at; raises AddressError if any of them is not public.

    The connection has to go to one of these, not to the name: it may resolve to something else the next time.
    """
    try:
        found = list(dict.fromkeys((resolve or system_resolve)(address.host, address.port)))
    except (OSError, UnicodeError) as error:
        raise AddressError(f"its host {address.host} cannot be found") from error
    if not found:
        raise AddressError(f"its host {address.host} has no address")
    if not is_allowed(address):
        for one in found:
            if not is_public(one):
                raise AddressError(
                    f"its host {address.host} is at {one}, which is not on the public Internet "
                    f"({ALLOWED} names hosts that may be fetched from all the same)"
                )
    return found


def system_resolve(host: str, port: int) -> list[str]:
    """What this machine's own resolver says."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_allowed(address: Address) -> bool:
    """Whether the setting names this host, with its port or for all ports."""
    named = {entry.strip().lower() for entry in os.environ.get(ALLOWED, "").split(",") if entry.strip()}
    host = f"[{address.host}]" if ":" in address.host else address.host
    return bool(named & {host, f"{host}:{address.port}"})


def is_public(address: str) -> bool:
    """Whether an address, and the IPv4 address inside one of another kind, is on the public Internet."""
    if "%" in address:
        return False
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(map(_is_global, (ip, *_wrapped(ip))))


def _is_global(ip: IPAddress) -> bool:
    """Whether an address is public, or only stands for the one inside it."""
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or any(ip in n for n in _TRANSLATED)):
        return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _LOCAL)


def _wrapped(ip: IPAddress) -> list[IPAddress]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, translated (NAT64), 6to4 and Teredo."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found: list[IPAddress] = [inner for inner in (ip.ipv4_mapped, ip.sixtofour) if inner]
    found += ip.teredo or ()
    if any(ip in network for network in _TRANSLATED):
        found.append(ipaddress.IPv4Address(ip.packed[-4:]))
    return found
