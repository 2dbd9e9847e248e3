"""Text that tries to become more than text: what the pages must show harmlessly."""

from __future__ import annotations

from ingest.article import Article, Moment

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '" autofocus onfocus=alert(1) x="',
    '<a href="javascript:alert(1)">read</a>',
    "![pixel](https://tracker.invalid/pixel.png)",
    "[read](javascript:alert(1))",
    "<style>*{background:url(https://tracker.invalid/x)}</style>",
    "<link rel=stylesheet href=https://tracker.invalid/x.css>",
    "<base href=https://tracker.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://tracker.invalid/'>",
    "<form action=https://tracker.invalid/><button>Send</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "&lt;img src=x onerror=alert(1)&gt;",
    "${alert(1)} `${alert(1)}` {{alert(1)}} {{{value}}} <%= alert(1) %>",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "invoice\u202egpj.exe and \u2066hidden\u2069",
    "plain\U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065 text\x00\x1b[31m",
    "a quote [1] that pretends to be a source",
)

STORY = "The harbour of Ennismore reopened on Monday. " + " ".join(HOSTILE) + " Ships came back."

ARTICLE = Article(
    'hostile-1"><img src=x onerror=alert(1)>',
    "Harbour of Ennismore <img src=x onerror=alert(1)>",
    STORY,
    source='Ennismore "><script>alert(1)</script> Echo\u202e',
    authors=("<b onmouseover=alert(1)>A. Byline</b>", "${alert(1)}"),
    published=Moment.parse("2026-02-03"),
    url="javascript:alert(document.domain)",
)
"""Hostile in every field; its last sentence answers "Which ships came back to the harbour of Ennismore?"."""
