"""Only the public Internet is fetched from, however an address is written or wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import ALLOWED, AddressError, is_public, parse, safe_addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:7f00:1::", "::ffff:0:127.0.0.1",
        "not an address", "",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http"),
        ("ftp://example.org/", "only http"),
        ("gopher://example.org/", "only http"),
        ("http://user:secret@example.org/", "password"),
        ("http://user@example.org/", "password"),
        ("http:///path", "host"),
        ("http://exa mple.org/", "no web address"),
        ("http://example.org\\@127.0.0.1/", "no web address"),
        ("http://example.org:99999/", "no web address"),
        ("http://[::1/", "no web address"),
        ("http://[fe80::1%25eth0]/", "host"),
        ("http://exa<mple.org/", "host"),
        ("http://example.org/\n", "no web address"),
        ("http://example.org/" + "a" * 3_000, "no web address"),
        ("example.org", "only http"),
        ("", "only http"),
    ],
)
def test_what_is_no_address_to_fetch(url: str, why: str) -> None:
    with pytest.raises(AddressError, match=why):
        parse(url)


def test_an_address_in_ascii() -> None:
    address = parse("https://Bücher.example:8443/straße?q=ä b".replace(" ", "%20"))
    assert address.origin == "https://xn--bcher-kva.example:8443"
    assert address.path == "/stra%C3%9Fe?q=%C3%A4%20b"
    assert parse("http://[2606:2800::1]/").netloc == "[2606:2800::1]"


def test_one_private_address_of_several_is_enough_to_refuse() -> None:
    with pytest.raises(AddressError, match=r"is at 10\.0\.0\.1"):
        safe_addresses(parse("http://mixed.example/"), lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert safe_addresses(parse("http://a.example/"), lambda *_: ["8.8.8.8", "8.8.8.8"]) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "[::1]"]
)
def test_the_machines_own_resolver_leads_home_by_no_spelling(host: str) -> None:
    with pytest.raises(AddressError):
        safe_addresses(parse(f"http://{host}/"))


def test_hosts_named_on_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.1:8123, intranet.example,[::1]")
    for url in ("http://127.0.0.1:8123/", "http://intranet.example:81/", "http://[::1]:9/"):
        assert safe_addresses(parse(url), lambda *_: ["127.0.0.1"]) == ["127.0.0.1"]
    for url in ("http://127.0.0.1:8124/", "http://127.0.0.1/", "http://other.example/"):
        with pytest.raises(AddressError):
            safe_addresses(parse(url), lambda *_: ["127.0.0.1"])


@pytest.mark.parametrize("failing", [OSError("no such host"), UnicodeError("label too long")])
def test_a_host_that_is_not_found(failing: Exception) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise failing

    with pytest.raises(AddressError, match="cannot be found"):
        safe_addresses(parse("http://nowhere.example/"), resolve)
    with pytest.raises(AddressError, match="no address"):
        safe_addresses(parse("http://nowhere.example/"), lambda *_: [])


@given(st.one_of(st.text(max_size=60), st.text(max_size=30).map("http://{}".format)))
def test_no_text_is_taken_badly(text: str) -> None:
    try:
        address = parse(text)
    except AddressError:
        return
    assert address.scheme in ("http", "https")
    assert f"{address.origin}{address.path}".isascii()
    assert not is_public(text)
