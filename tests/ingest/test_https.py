"""HTTPS against a server of the test's own: whom it trusts, and that the name counts, not the address."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme

from ingest.addresses import ALLOWED
from ingest.archive import Archive
from ingest.fakes import HashEmbedder
from ingest.fetch import Fetcher, FetchError
from ingest.indexes import Indexes
from ingest.live import Live
from ingest.pipeline import ingest
from tests.ingest.test_live import page
from tests.ingest.web import Reply, Site, serving

NAME = "courier.example"
Serve = Callable[..., Site]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts for as long as the test goes on."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    return authority


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server that calls itself `NAME`, with this certificate, or with none."""
    monkeypatch.setenv(ALLOWED, NAME)
    monkeypatch.setenv("NEWSDESK_FETCH_DELAY", "0")
    with ExitStack() as running:

        def start(certificate: trustme.LeafCert | None = None) -> Site:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
            if certificate:
                certificate.configure_cert(context)
            site = running.enter_context(serving(context))
            site.name = NAME
            site.html("/", "<p>Hello")
            return site

        yield start


def fetcher(slept: list[float] | None = None) -> Fetcher:
    """One for which every name leads to this machine."""
    return Fetcher(resolve=lambda *_: ["127.0.0.1"], sleep=(slept if slept is not None else []).append)


def problem(url: str) -> FetchError:
    slept: list[float] = []
    with pytest.raises(FetchError) as found:
        fetcher(slept).get(url)
    assert slept == [], "asking again does not make it trusted"
    assert NAME in found.value.reason
    return found.value


def test_a_certificate_of_a_trusted_authority_is_good(serve: Serve, trusted: trustme.CA) -> None:
    site = serve(trusted.issue_cert(NAME))
    fetched = fetcher().get(site.url())
    assert (fetched.body, fetched.url) == (b"<p>Hello", site.url())
    assert site.asked[0][1]["host"] == site.host


@pytest.mark.parametrize("other", ["elsewhere.example", "127.0.0.1"])
def test_the_name_has_to_be_in_the_certificate(serve: Serve, trusted: trustme.CA, other: str) -> None:
    error = problem(serve(trusted.issue_cert(other)).url())
    assert error.code == "https"
    assert "made out for another name" in error.reason


def test_an_expired_certificate(serve: Serve, trusted: trustme.CA) -> None:
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    error = problem(serve(trusted.issue_cert(NAME, not_before=day, not_after=day)).url())
    assert error.code == "https"
    assert "expired" in error.reason


def test_a_certificate_signed_by_nobody_known(serve: Serve, trusted: trustme.CA) -> None:
    error = problem(serve(trustme.CA().issue_cert(NAME)).url())
    assert error.code == "https"
    assert "SSL_CERT_FILE" in error.reason


def test_a_server_that_does_not_encrypt(serve: Serve, trusted: trustme.CA) -> None:
    error = problem(serve().url().replace("http:", "https:"))
    assert error.code == "https"
    assert "not HTTPS" in error.reason


def test_redirects_lead_to_https_and_back(serve: Serve, trusted: trustme.CA) -> None:
    plain, encrypted = serve(), serve(trusted.issue_cert(NAME))
    plain.routes["/up"] = Reply(status=301, headers={"Location": encrypted.url("/")})
    encrypted.routes["/down"] = Reply(status=302, headers={"Location": plain.url("/")})
    assert fetcher().get(plain.url("/up")).url == encrypted.url("/")
    assert fetcher().get(encrypted.url("/down")).url == plain.url("/")


def test_a_redirect_is_trusted_no_more_than_an_address(serve: Serve, trusted: trustme.CA) -> None:
    plain, false = serve(), serve(trusted.issue_cert("elsewhere.example"))
    plain.routes["/up"] = Reply(status=301, headers={"Location": false.url("/")})
    assert problem(plain.url("/up")).code == "https"
    assert false.asked == []


def test_an_encrypted_page_is_taken_in(serve: Serve, trusted: trustme.CA, home: Path) -> None:
    site = serve(trusted.issue_cert(NAME))
    site.html("/ferry", page("Ferry capsizes"))
    archive = Archive(home)
    indexes = Indexes(archive)
    try:
        live = Live(fetcher(), archive).batches([site.url("/ferry")])
        assert ingest(archive, indexes, [], HashEmbedder, "fake-hash-64", live=live).ingested == 1
        (article,) = archive.articles()
        assert article.url == site.url("/ferry")
    finally:
        indexes.close()
        archive.close()
