"""Pages, feeds and sitemaps of a real server, taken in as `newsdesk ingest https://…` does."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import ALLOWED
from ingest.archive import Archive
from ingest.fakes import HashEmbedder
from ingest.fetch import Fetcher
from ingest.indexes import Indexes
from ingest.links import entries, feed_links, is_feed, is_sitemap
from ingest.live import Live
from ingest.pipeline import ingest
from ingest.read.source import Refused
from ingest.report import Report
from tests.ingest.web import Reply, Site, serving

BODY = (
    "The ferry capsized off the islands on Tuesday evening with 42 people aboard, the coast guard said. " * 4
)
PAGE = """<html lang="en"><head><title>{title} | The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2026-03-03T10:00:00Z"></head>
<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"""
XML = {"Content-Type": "application/xml"}


def page(title: str, body: str = BODY) -> str:
    return PAGE.format(title=title, body=f"{title}. {body}")


def rss(*items: str) -> bytes:
    head = "<title>The Courier</title><link>http://127.0.0.1/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def item(title: str, link: str, text: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"


def sitemap(*places: tuple[str, str]) -> bytes:
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in places)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


class Desk:
    def __init__(self, home: Path) -> None:
        self.archive = Archive(home)
        self.indexes = Indexes(self.archive)

    def take_in(self, *urls: str, follow: bool = False, most: int = 50) -> Report:
        live = Live(Fetcher(sleep=lambda _: None), self.archive, follow=follow, most=most)
        report = ingest(self.archive, self.indexes, [], HashEmbedder, "fake-hash-64", live=live.batches(urls))
        assert report.read == report.ingested + report.unchanged + report.replaced + len(report.rejected)
        return report

    def titles(self) -> list[str]:
        return sorted(article.title for article in self.archive.articles())


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as site:
        monkeypatch.setenv(ALLOWED, site.host)
        monkeypatch.setenv("NEWSDESK_FETCH_DELAY", "0")
        yield site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.indexes.close()
    desk.archive.close()


def test_a_page_becomes_an_article_of_its_address(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    report = desk.take_in(site.url("/ferry"))
    (article,) = desk.archive.articles()
    assert (report.ingested, report.rejected) == (1, [])
    assert (article.title, article.source, article.url) == (
        "Ferry capsizes",
        "The Courier",
        site.url("/ferry"),
    )
    assert article.text.count("coast guard") == 4


def test_a_page_that_has_not_changed_is_not_read_again(site: Site, desk: Desk) -> None:
    def answer(headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return Reply(status=304)
        return Reply(page("Ferry capsizes").encode(), headers={"Content-Type": "text/html", "ETag": '"v1"'})

    site.routes["/ferry"] = answer
    assert desk.take_in(site.url("/ferry")).ingested == 1
    assert desk.take_in(site.url("/ferry")).unchanged == 1
    assert desk.archive.counts().versions == 1


def test_a_page_that_has_changed_is_a_new_version(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"), ETag='"v1"')
    desk.take_in(site.url("/ferry"))
    site.html("/ferry", page("Ferry capsizes", BODY.replace("42", "44")), ETag='"v2"')
    assert desk.take_in(site.url("/ferry")).replaced == 1
    assert desk.archive.counts().versions == 2


def test_a_visit_is_noted_with_the_article_or_not_at_all(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.html("/ferry", page("Ferry capsizes"), ETag='"v1"')
    with monkeypatch.context() as patch:
        patch.setattr(desk.archive, "visited", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            desk.take_in(site.url("/ferry"))
    assert desk.archive.visit(site.url("/ferry")) is None
    assert desk.titles() == []
    assert desk.take_in(site.url("/ferry")).ingested == 1


@pytest.mark.parametrize(
    ("path", "code"), [("/gone", "status"), ("/away", "address"), ("/empty", "empty"), ("/private", "robots")]
)
def test_what_cannot_be_had_is_rejected_with_a_reason(site: Site, desk: Desk, path: str, code: str) -> None:
    site.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\n")
    site.routes["/away"] = Reply(status=302, headers={"Location": "http://169.254.169.254/"})
    site.html("/empty", "")
    (rejected,) = desk.take_in(site.url(path)).rejected
    assert (rejected.path, rejected.code) == (site.url(path), code)
    assert rejected.reason


def test_a_charset_that_only_the_server_tells(site: Site, desk: Desk) -> None:
    text = page("Fähre gekentert").encode("iso-8859-1")
    site.routes["/"] = Reply(text, headers={"Content-Type": "text/html; charset=iso-8859-1"})
    desk.take_in(site.url())
    assert desk.titles() == ["Fähre gekentert"]


def test_a_feed_is_its_entries(site: Site, desk: Desk) -> None:
    site.routes["/feed"] = Reply(rss(item("Ferry capsizes", site.url("/ferry"), BODY)), headers=XML)
    assert desk.take_in(site.url("/feed")).ingested == 1
    assert site.paths() == ["/feed"]


def test_a_feed_is_followed_to_its_pages(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    site.html("/mayor", page("Mayor resigns"))
    items = (item("Ferry", site.url("/ferry"), "In short."), item("Mayor", "/mayor"), item("Gone", "/gone"))
    site.routes["/feed"] = Reply(rss(*items), headers=XML)
    report = desk.take_in(site.url("/feed"), follow=True)
    assert (report.ingested, [r.code for r in report.rejected]) == (2, ["status"])
    assert desk.titles() == ["Ferry capsizes", "Mayor resigns"]
    site.html("/gone", page("Gone no more"))
    assert desk.take_in(site.url("/feed"), follow=True).ingested == 1


def test_a_feed_leads_to_so_many_pages_at_most(site: Site, desk: Desk) -> None:
    for n in range(4):
        site.html(f"/{n}", page(f"Report number {n} of the day"))
    site.routes["/feed"] = Reply(rss(*(item(str(n), f"/{n}") for n in range(4))), headers=XML)
    report = desk.take_in(site.url("/feed"), follow=True, most=2)
    assert (report.ingested, [w.code for w in report.warnings]) == (2, ["many_pages"])


def test_a_feed_leads_nowhere_private(site: Site, desk: Desk) -> None:
    items = (item("Metadata", "http://169.254.169.254/x"), item("File", "file:///etc/passwd"))
    site.routes["/feed"] = Reply(rss(*items), headers=XML)
    report = desk.take_in(site.url("/feed"), follow=True)
    assert [r.code for r in report.rejected] == ["address", "address"]
    assert site.paths() == ["/feed"]


def test_a_sitemap_is_its_pages_the_newest_first(site: Site, desk: Desk) -> None:
    for name in ("old", "new", "other"):
        site.html(f"/{name}", page(f"The {name} report"))
    places = [(site.url("/old"), "2026-01-01"), (site.url("/new"), "2026-03-03T10:00:00Z")]
    site.routes["/sitemap.xml"] = Reply(sitemap(*places, ("http://elsewhere.example/x", "")), headers=XML)
    report = desk.take_in(site.url("/sitemap.xml"))
    assert (report.ingested, [r.code for r in report.rejected]) == (2, ["other_host"])
    assert site.paths() == ["/sitemap.xml", "/new", "/old"]
    assert desk.take_in(site.url("/sitemap.xml")).unchanged == 2
    assert site.paths()[3:] == ["/sitemap.xml"]  # nothing changed since the last visit: no page is asked for


def test_an_index_of_sitemaps_also_packed(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    site.html("/mayor", page("Mayor resigns"))
    site.routes["/a.xml"] = Reply(sitemap((site.url("/ferry"), "")), headers=XML)
    site.routes["/b.xml.gz"] = Reply(
        gzip.compress(sitemap((site.url("/mayor"), ""))), headers={"Content-Type": "application/gzip"}
    )
    names = [site.url(name) for name in ("/a.xml", "/b.xml.gz", "/index.xml", "/none.xml")]
    index = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    site.routes["/index.xml"] = Reply(f"<sitemapindex>{index}</sitemapindex>".encode(), headers=XML)
    report = desk.take_in(site.url("/index.xml"))
    assert (report.ingested, {r.code for r in report.rejected}) == (2, {"many_sitemaps", "status"})


def test_a_sitemap_that_bites(site: Site, desk: Desk) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><urlset><url><loc>&a;</loc></url></urlset>'
    site.routes["/bomb.xml"] = Reply(bomb, headers=XML)
    site.routes["/torn.xml.gz"] = Reply(gzip.compress(b"<urlset>" * 99)[:20])
    report = desk.take_in(site.url("/bomb.xml"), site.url("/torn.xml.gz"))
    assert not report.ingested
    assert all(r.reason for r in report.rejected)


def test_the_same_page_is_fetched_once_in_a_run(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    site.routes["/feed"] = Reply(rss(item("Ferry", "/ferry"), item("Again", "/ferry")), headers=XML)
    desk.take_in(site.url("/ferry"), site.url("/feed"), follow=True)
    assert site.paths() == ["/ferry", "/feed"]


def test_links_of_feeds_of_every_kind() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/s"/><link href="/a"/>'
        b"</entry><entry><link rel='enclosure' href='/e'/></entry></feed>"
    )
    guid = (
        b"<rss><channel><item><guid>http://a.example/1</guid></item>"
        b"<item><guid isPermaLink='false'>2</guid></item></channel></rss>"
    )
    json = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/j"}, {"url": 3}, 4]}'
    assert feed_links(atom) == ["/a"]
    assert feed_links(guid) == ["http://a.example/1"]
    assert feed_links(json) == ["/j"]
    assert is_feed(atom)
    assert is_feed(json)
    assert feed_links(b"<rss><item><link>/a</link></item><item>") == ["/a"]


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=80).map(lambda b: b"<urlset><url><loc>" + b)))
def test_nothing_is_too_odd_to_be_looked_at(body: bytes) -> None:
    is_sitemap(body)
    is_feed(body)
    assert isinstance(feed_links(body), list)
    with suppress(Refused):
        assert all(entry.url for entry in entries(body))


SHORT = "The coast guard says that a ferry with 42 people aboard capsized off the islands on Tuesday evening."


@pytest.mark.parametrize("guid", ["", "tag:courier.example,2026:1", "http://courier.example/?p=1"])
def test_a_summary_and_the_page_that_it_leads_to_are_one_article(site: Site, desk: Desk, guid: str) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    entry = item("Ferry capsizes", site.url("/ferry"), SHORT)
    named = f"<guid isPermaLink='false'>{guid}</guid></item>" if guid else "</item>"
    site.routes["/feed"] = Reply(rss(entry.replace("</item>", named)), headers=XML)
    assert desk.take_in(site.url("/feed")).ingested == 1
    (summary,) = desk.archive.articles()
    assert (summary.text, "text" in summary.guessed) == (SHORT, True)
    assert desk.take_in(site.url("/feed"), follow=True).replaced == 1
    (article,) = desk.archive.articles()
    assert (article.id, article.version) == (summary.id, 2)
    assert article.text.count("coast guard") == 4
    assert "text" not in article.guessed


def test_a_summary_does_not_replace_the_article(site: Site, desk: Desk) -> None:
    site.html("/ferry", page("Ferry capsizes"))
    site.routes["/feed"] = Reply(rss(item("Ferry", site.url("/ferry"), SHORT)), headers=XML)
    desk.take_in(site.url("/ferry"))
    report = desk.take_in(site.url("/feed"))
    assert (report.unchanged, report.replaced) == (1, 0)
    (article,) = desk.archive.articles()
    assert (article.version, article.text.count("coast guard")) == (1, 4)


def test_a_summary_that_changed_is_a_new_version(site: Site, desk: Desk) -> None:
    for text in (SHORT, SHORT.replace("42", "44")):
        site.routes["/feed"] = Reply(rss(item("Ferry", site.url("/ferry"), text)), headers=XML)
        report = desk.take_in(site.url("/feed"))
    assert report.replaced == 1
    (article,) = desk.archive.articles()
    assert "44 people" in article.text


def test_what_is_fetched_is_written_to_no_file(
    site: Site, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o500)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    site.html("/ferry", page("Ferry capsizes"))
    site.routes["/a.jsonl.gz"] = Reply(
        gzip.compress(b'{"text": "The mayor of the town resigned on Monday."}')
    )
    report = desk.take_in(site.url("/ferry"), site.url("/a.jsonl.gz"))
    assert (report.ingested, report.rejected) == (2, [])
    assert list(scratch.iterdir()) == []
