"""News agencies: which outlet is one, and which one an article credits.

Knows the larger agencies that write in English and the forms of their credits: `(Reuters)` after a dateline,
a byline, a last line such as `Associated Press contributed`. Does not know who wrote what.
"""

from __future__ import annotations

import re

from ingest.article import Article

# The name it is known by here, and the others it is credited with.
_NAMES = {
    "AP": ("Associated Press", "The Associated Press", "AP News", "apnews.com"),
    "Reuters": ("Thomson Reuters", "reuters.com"),
    "AFP": ("Agence France-Presse", "Agence France Presse", "afp.com"),
    "UPI": ("United Press International", "upi.com"),
    "PA": ("Press Association", "PA Media"),
    "DPA": ("Deutsche Presse-Agentur", "dpa international"),
    "EFE": ("Agencia EFE",),
    "ANSA": (),
    "TASS": ("Itar-Tass",),
    "Interfax": (),
    "Xinhua": ("Xinhua News Agency",),
    "Kyodo": ("Kyodo News",),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "IANS": ("Indo-Asian News Service",),
    "AAP": ("Australian Associated Press",),
    "CP": ("The Canadian Press", "Canadian Press"),
    "Bloomberg": ("Bloomberg News",),
    "Anadolu": ("Anadolu Agency",),
    "Yonhap": ("Yonhap News Agency",),
}
_KNOWN = {name.casefold(): short for short, names in _NAMES.items() for name in (short, *names)}
_ALL = "|".join(re.escape(name) for name in sorted(_KNOWN, key=len, reverse=True))
# A short name counts only as a credit: in brackets, after a copyright sign, or with its dash.
_CREDIT = re.compile(
    rf"\((?:\w+/)?({_ALL})(?:/\w+)?\)|©\s*(?:\d{{4}}\s*)?({_ALL})\b|\b({_ALL})\s*[—–]", re.IGNORECASE
)
_LONG = re.compile(
    r"\b(" + "|".join(re.escape(n) for ns in _NAMES.values() for n in ns if " " in n) + r")\b"
    r"(?=[^.]{0,40}\b(?:contributed|reporting|copyright|all rights)\b|\s*$)",
    re.IGNORECASE,
)  # fmt: skip
# Credits stand at the ends of a text.
_REACH = 300


def agency_of(outlet: str) -> str:
    """The agency that an outlet is; "" for one that is none. `Tarran Wire Service` is one of its own name."""
    known = _KNOWN.get(outlet.casefold().strip(), "")
    is_wire = re.search(r"\b(?:wire|wires|news agency|press agency|presse-agentur)\b", outlet, re.IGNORECASE)
    return known or (outlet if is_wire else "")


def agency_named(article: Article) -> str:
    """The agency that an article credits, or comes from; "" for none."""
    if own := agency_of(article.source):
        return own
    for author in article.authors:
        if found := _KNOWN.get(author.casefold()):
            return found
    head, tail = article.text[:_REACH], article.text[-_REACH:]
    match = _CREDIT.search(head) or _CREDIT.search(tail) or _LONG.search(tail)
    return _KNOWN[next(filter(None, match.groups())).casefold()] if match else ""
