"""One safe GET against a real server: limits, redirects, rebinding, retries, robots and distance."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import httpcore
import pytest

from ingest.addresses import ALLOWED
from ingest.errors import UsageError
from ingest.fetch import Fetcher, FetchError, Known
from tests.ingest.web import Reply, Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as site:
        monkeypatch.setenv(ALLOWED, site.host)
        monkeypatch.setenv("NEWSDESK_FETCH_DELAY", "0")
        yield site


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(site: Site, slept: list[float]) -> Fetcher:
    return Fetcher(sleep=slept.append)


def code_of(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as found:
        fetcher.get(url)
    assert found.value.reason
    return found.value.code


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, fetcher: Fetcher) -> None:
    site.html("/a?b=%C3%A4", "<p>Hello", ETag='"v1"', **{"Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT"})
    fetched = fetcher.get(site.url("/a?b=ä#part"))
    assert (fetched.body, fetched.kind, fetched.charset) == (b"<p>Hello", "text/html", "utf-8")
    assert fetched.known == Known('"v1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    ((_, headers),) = site.asked
    assert headers["host"] == site.host
    assert headers["user-agent"].startswith("Newsdesk/")
    assert "cookie" not in headers


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def answer(headers: dict[str, str]) -> Reply:
        fresh = headers.get("if-none-match") == '"v1"' and headers.get("if-modified-since") == "yesterday"
        return Reply(status=304) if fresh else Reply(b"new")

    site.routes["/"] = answer
    assert fetcher.get(site.url()).body == b"new"
    assert fetcher.get(site.url(), Known('"v1"', "yesterday")).body is None


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    for n in range(9):
        site.routes[f"/{n}"] = Reply(status=302, headers={"Location": f"/{n + 1}"})
    site.routes["/5"] = Reply(b"here")
    assert fetcher.get(site.url("/0")).url == site.url("/5")
    site.routes["/5"] = Reply(status=301, headers={"Location": "/6"})
    assert code_of(fetcher, site.url("/0")) == "redirects"


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd",
     "http://user:pass@127.0.0.1/", "//localhost:1/", "http://0x7f000001/", "gopher://127.0.0.1/"],
)  # fmt: skip
def test_a_redirect_leads_nowhere_private(site: Site, fetcher: Fetcher, target: str) -> None:
    site.routes["/"] = Reply(status=302, headers={"Location": target})
    assert code_of(fetcher, site.url()) == "address"
    assert len(site.asked) == 1


def test_the_same_server_by_another_name_is_refused(site: Site, fetcher: Fetcher) -> None:
    assert code_of(fetcher, f"http://localhost:{site.port}/") == "address"
    assert site.asked == []


def test_a_name_that_changes_its_mind(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the name is public when it is checked and private a moment later."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connected: list[str] = []

    def connect(self: object, host: str, port: int, *_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("tests have no network")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    url = f"http://rebinding.example:{site.port}/"
    assert code_of(Fetcher(lambda *_: next(answers), sleep=lambda _: None), url) == "robots"
    assert connected == ["93.184.216.34"]


def test_a_connection_goes_to_the_checked_address_and_not_to_the_name(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ALLOWED, f"pinned.example:{site.port}")
    site.html("/", "<p>Hello")
    fetcher = Fetcher(lambda *_: ["127.0.0.1"], sleep=lambda _: None)
    assert fetcher.get(f"http://pinned.example:{site.port}/").body == b"<p>Hello"
    assert site.asked[0][1]["host"] == f"pinned.example:{site.port}"


def test_a_body_without_end_is_cut_off(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = 0

    def pour(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        while True:
            sent += handler.wfile.write(b"x" * 65_536)

    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "1")
    site.routes["/"] = Reply(drip=pour)
    assert code_of(fetcher, site.url()) == "too_large"
    assert sent < 20_000_000


def test_a_gzip_bomb_is_not_unpacked(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "1")
    packed = {"Content-Encoding": "gzip"}
    site.routes["/bomb"] = Reply(gzip.compress(b"0" * 50_000_000), headers=packed)
    site.routes["/fine"] = Reply(gzip.compress(b"0" * 500_000), headers=packed)
    site.routes["/none"] = Reply(b"plain", headers=packed)
    site.routes["/other"] = Reply(b"plain", headers={"Content-Encoding": "br"})
    assert code_of(fetcher, site.url("/bomb")) == "too_large"
    assert fetcher.get(site.url("/fine")).body == b"0" * 500_000
    assert code_of(fetcher, site.url("/none")) == "encoding"
    assert code_of(fetcher, site.url("/other")) == "encoding"


def test_a_gzip_that_breaks_off_is_tried_again(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.routes["/"] = Reply(gzip.compress(b"0123456789" * 99)[:-9], headers={"Content-Encoding": "gzip"})
    assert code_of(fetcher, site.url()) == "incomplete"
    assert len(slept) == 2


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_drip_does_not_last_for_ever(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"X-Slow: yes\r\n" if where == "headers" else b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.routes["/robots.txt"] = Reply()
    monkeypatch.setenv("NEWSDESK_FETCH_SECONDS", "0.4")
    site.routes["/"] = Reply(drip=drip)
    began = time.monotonic()
    assert code_of(Fetcher(sleep=lambda _: None), site.url()) == "too_slow"
    assert time.monotonic() - began < 10


def test_a_busy_server_is_given_time(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    replies = [Reply(status=503, headers={"Retry-After": "7"}), Reply(status=429), Reply(b"now")]
    site.routes["/"] = lambda _: replies.pop(0)
    assert fetcher.get(site.url()).body == b"now"
    assert slept == [7.0, 2.0]


def test_a_server_that_stays_busy_is_given_up(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.routes["/"] = Reply(status=503, headers={"Retry-After": "99999"})
    assert code_of(fetcher, site.url()) == "status"
    assert len(site.asked) == 3
    assert slept == [60.0, 60.0]


def test_what_is_not_there_is_not_tried_again(site: Site, fetcher: Fetcher) -> None:
    assert code_of(fetcher, site.url("/gone")) == "status"
    assert len(site.asked) == 1


def test_nobody_listening(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOWED, "127.0.0.1:1")
    assert code_of(fetcher, "http://127.0.0.1:1/") == "robots"


def test_robots_are_obeyed(site: Site, fetcher: Fetcher) -> None:
    site.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\nAllow: /private/open\n")
    site.html("/", "front")
    site.html("/private/open", "open")
    assert fetcher.get(site.url()).body == b"front"
    assert fetcher.get(site.url("/private/open")).body == b"open"
    assert code_of(fetcher, site.url("/private/page")) == "robots"
    assert site.paths() == ["/", "/private/open"]


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_file_that_is_missing_allows_and_one_that_fails_forbids(
    site: Site, fetcher: Fetcher, status: int, fetched: bool
) -> None:
    site.routes["/robots.txt"] = Reply(b"x", status)
    site.html("/", "front")
    if fetched:
        assert fetcher.get(site.url()).body == b"front"
    else:
        assert code_of(fetcher, site.url()) == "robots"


def test_a_redirect_asks_the_robots_of_where_it_leads(site: Site, fetcher: Fetcher) -> None:
    site.routes["/robots.txt"] = Reply(b"User-agent: Newsdesk\nDisallow: /private\n")
    site.routes["/"] = Reply(status=302, headers={"Location": "/private"})
    assert code_of(fetcher, site.url()) == "robots"


def test_requests_to_one_host_keep_their_distance(
    site: Site, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_FETCH_DELAY", "2")
    site.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 5\n")
    site.html("/", "front")
    fetcher = Fetcher(sleep=slept.append)
    fetcher.get(site.url())
    fetcher.get(site.url())
    assert slept[0] == pytest.approx(2, abs=0.5)  # after the robots.txt, which was not known yet
    assert slept[1] == pytest.approx(2 + 5, abs=1)  # the clock of the test did not move on


@pytest.mark.parametrize("name", ["NEWSDESK_FETCH_DELAY", "NEWSDESK_FETCH_SECONDS"])
@pytest.mark.parametrize("value", ["soon", "-1", "nan", "1e9"])
def test_settings_that_are_no_seconds(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name):
        Fetcher()


def test_what_a_server_says_is_not_sent_back_when_it_cannot_be(site: Site, fetcher: Fetcher) -> None:
    site.html("/", "x", ETag="é" * 3, **{"Last-Modified": "x" * 900})
    assert fetcher.get(site.url()).known == Known()
