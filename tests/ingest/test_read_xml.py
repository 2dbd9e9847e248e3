"""XML from strangers: nothing expands, nothing is opened, encodings are told, prose is what a reader sees."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ingest.read.doctype import root_name, without_doctype
from ingest.read.feed import read_feed
from ingest.read.newsml1 import read_newsml1
from ingest.read.newsml_g2 import read_newsml_g2
from ingest.read.nitf import read_nitf
from ingest.read.prose import markup_to_prose, plain_title, with_dateline, without_headline
from ingest.read.refused import Refused
from ingest.read.xml import decode_xml, elements, line
from tests.ingest.news import ATOM, NITF, RSS, Read, codes, found, g2_item, newsml1

READERS: list[tuple[Read, str]] = [
    (read_newsml_g2, g2_item()),
    (read_newsml1, newsml1().partition("?>")[2].partition("]>")[2] or newsml1().split('dtd">')[1]),
    (read_nitf, NITF.split('dtd">')[1]),
    (read_feed, RSS.partition("?>")[2]),
    (read_feed, ATOM),
]
LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'lol'>" + "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)
)
HOSTILE = {
    "billion laughs": LAUGHS + "]>",
    "quadratic": f"<!DOCTYPE a [<!ENTITY l9 '{'x' * 100_000}'>]>",
    "many short": f"<!DOCTYPE a [<!ENTITY l9 '{'x' * 60}'>]>",
    "external entity": "<!DOCTYPE a [<!ENTITY l9 SYSTEM 'file://{file}'>]>",
    "remote entity": "<!DOCTYPE a [<!ENTITY l9 SYSTEM 'http://{host}/entity'>]>",
    "public entity": "<!DOCTYPE a [<!ENTITY l9 PUBLIC 'x' 'http://{host}/entity'>]>",
    "remote type": "<!DOCTYPE a SYSTEM 'http://{host}/a.dtd'>",
    "local type": "<!DOCTYPE a SYSTEM '{file}'>",
    "parameter entity": "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://{host}/p'> %p;]>",
    "endless": "<!DOCTYPE a [<!-- " + "<!--" * 5_000,
}


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A server that nobody may ask anything; its address."""
    asked: list[str] = []

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    assert asked == []


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(("read", "good"), READERS)
def test_no_document_type_grows_or_reaches_out(
    read: Read, good: str, name: str, host: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the combination of the safe is 4711")
    doctype = HOSTILE[name].replace("{host}", host).replace("{file}", str(secret))
    began = time.monotonic()
    items = found(
        read, doctype + good.replace("Port Ellery", "&l9;" * 20_000 if name == "many short" else "&l9;")
    )
    assert codes(items) == [("", "unsafe_xml")]
    assert "4711" not in repr(items)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("depth", [100, 100_000])
@pytest.mark.parametrize(("read", "good"), READERS)
def test_what_is_nested_too_deeply_is_refused(read: Read, good: str, depth: int) -> None:
    start, mark, rest = good.partition(">")
    deep = f"{start}{mark}{'<x>' * depth}{'</x>' * depth}{rest}"
    assert "too_deep" in [code for _, code in codes(found(read, deep))]


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        ("<!DOCTYPE a>", "<a/>"),
        ("<!DOCTYPE a SYSTEM 'nitf-3-3.dtd'>", "<a>&eacute;&nbsp;&amp;&lt;</a>"),
        ('<!DOCTYPE a PUBLIC "-//X" "http://my.netscape.com/publish/formats/rss-0.91.dtd">', "<a>&copy;</a>"),
        ("<!DOCTYPE a [<!-- isn't --><!ENTITY paper 'The &#69;llery Packet'>]>", "<a>&paper;</a>"),
        ("<!DOCTYPE a [<!ENTITY lt 'x'>]>", "<a>&lt;</a>"),
    ],
)
def test_harmless_document_types_are_taken_off(doctype: str, text: str) -> None:
    shown = without_doctype(f"<?xml version='1.0'?>\n{doctype}{text}").strip()
    wanted = {"&eacute;": "é", "&nbsp;": "\xa0", "&copy;": "©", "&paper;": "The Ellery Packet"}
    for name, character in wanted.items():
        text = text.replace(name, character)
    assert shown == text


@pytest.mark.parametrize(
    "address",
    ["http://iptc.org.evil.example/a.dtd", "http://[", "../nitf.dtd", "//host/a.dtd", "/etc/passwd"],
)
def test_document_types_of_others_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="not opened for safety"):
        without_doctype(f"<!DOCTYPE a SYSTEM '{address}'><a/>")


def test_elements_come_one_at_a_time_and_before_a_break() -> None:
    seen: list[str] = []
    with pytest.raises(Refused, match="not well-formed"):
        seen.extend(line(element) for element in elements("<m><i>1<i>2</i></i><j/><i>3</i><i>4", ("i",)))
    assert seen == ["12", "3"]


@pytest.mark.parametrize(
    ("head", "root"),
    [
        ("<nitf>", "nitf"),
        ("\n<?xml version='1.0'?><!-- a > b --><!DOCTYPE x [<!ENTITY y '>'>]><n:newsItem ", "newsItem"),
        ("<!DOCTYPE html><html>", "html"),
        ("<!-- never closed <rss>", ""),
        ("Once upon a time", ""),
        ("", ""),
    ],
)
def test_the_root_is_found_in_the_beginning(head: str, root: str) -> None:
    assert root_name(head) == root


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("<a>é</a>".encode(), "é", None),
        ("\ufeff<a>é</a>".encode("utf-16"), "é", None),
        ("<?xml version='1.0' encoding='iso-8859-2'?><a>ł</a>".encode("iso-8859-2"), "ł", None),
        ("<?xml version='1.0' encoding='iso-2022-jp'?><a>港</a>".encode("iso-2022-jp"), "港", None),
        (
            "<?xml version='1.0' encoding='latin-1'?><a>ł</a>".encode(),
            "ł",
            "it declares latin-1 but is UTF-8",
        ),
        ("<a>café</a>".encode("cp1252"), "café", "it is not UTF-8: read as Windows-1252"),
        (
            "<?xml version='1.0' encoding='punycode'?><a>é</a>".encode("cp1252"),
            "é",
            "it is not punycode: read",
        ),
        ("<?xml version='1.0' encoding='zip'?><a>é</a>".encode("cp1252"), "é", "it is not zip: read as"),
        (
            f"<a>{'Паром отошёл от причала вечером. ' * 3}</a>".encode("koi8-r"),
            "Паром отошёл",
            "read as koi8_r",
        ),
        (b"<a>a\x00b\x0bc</a>", "abc", "control characters"),
    ],
)
def test_encodings(data: bytes, text: str, note: str | None) -> None:
    decoded, said = decode_xml(data)
    assert text in decoded
    assert said is None if note is None else note in (said or "")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>two</b>,\n <i>three</i>.<p>Four<br>five", "One two, three.\n\nFour\nfive"),
        ("a<script>x()</script>b<style>p{}</style><!-- c -->d", "a b d"),
        ("<figure><img alt='x'><figcaption>A ferry</figcaption></figure><p>Text</p>", "Text"),
        ("<p hidden>no</p><p style='display: none'>no</p><p>yes</p>", "yes"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d"),
        ("<html><head><title>T</title></head><body><h1>A</h1><p>B</p></body></html>", "A\n\nB"),
        ("5 &lt; 6 &amp; 7 > 3", "5 < 6 & 7 > 3"),
        ("</div></div><p>still here", "still here"),
        ("", ""),
        ("<" * 50_000, "<"),
    ],
)
def test_prose_is_what_a_reader_sees(markup: str, text: str) -> None:
    shown = markup_to_prose(markup)
    assert shown == text or (len(markup) > 1_000 and set(shown) <= {"<"})


def test_titles_lose_inline_markup_and_nothing_else() -> None:
    assert plain_title("Board <em>rejects</em> dues") == "Board rejects dues"
    assert plain_title("What <script> means & why 5 < 6") == "What <script> means & why 5 < 6"


@pytest.mark.parametrize(
    ("text", "dateline", "shown"),
    [
        ("Dues rise.", "PORT ELLERY, March 3 - ", "PORT ELLERY, March 3 — Dues rise."),
        ("PORT ELLERY (Wire) — Dues rise.", "Port Ellery", "PORT ELLERY (Wire) — Dues rise."),
        ("(PORT ELLERY) Dues rise.", "PORT ELLERY", "(PORT ELLERY) Dues rise."),
        ("Dues rise.", "", "Dues rise."),
        ("Dues rise.", "x" * 500, "Dues rise."),
        ("", "ROME", ""),
    ],
)
def test_a_dateline_opens_the_text(text: str, dateline: str, shown: str) -> None:
    assert with_dateline(text, dateline) == shown


def test_a_headline_is_not_said_twice() -> None:
    assert without_headline("Dues rise!\n\nThe board …", "Dues rise") == "The board …"
    assert without_headline("Dues rise", "Dues rise") == "Dues rise"
    assert without_headline("Dues fall\n\nThe board …", "Dues rise") == "Dues fall\n\nThe board …"
