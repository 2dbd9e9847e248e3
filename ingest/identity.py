"""What makes two drafts the same article: an id, an address, or what they say.

It does not know versions: that the text of an article changed is seen by its content hash.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_LONGEST_ID = 200
_LONGEST_URL = 2_000
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmp(?:id)?|cmpid|_ga|ocid|ito|smid|ftag|ncid|wt\.mc_id",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w.-]{1,253}")
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gob"))


def article_id(
    given: str, url: str, *, title: str, text: str, source: str, published: str, is_file: bool
) -> str:
    """The id of an article, from the surest thing that is known of it.

    A given id is kept as it is when it is one printable word of at most 200 characters, else hashed; then
    the address decides; then, for a file that is one article, the words in it (its path ties versions
    together, which is the archive's business); for a record its outlet, title and date, or its words.
    """
    if given:
        is_word = len(given) <= _LONGEST_ID and given.isprintable() and given.split() == [given]
        return given if is_word else _hash(f"id:{given}")
    if url:
        return _hash(f"url:{_address_key(url)}")
    if not is_file and title and published:
        return _hash(f"record:{source}\n{title}\n{published}")
    return _hash(f"text:{' '.join(title.split())}\n{' '.join(text.split())}")


def clean_url(url: str) -> str:
    """A web address without fragment and tracking parameters, "" for what is none."""
    parts = _split(url.strip())
    if not parts:
        return ""
    query = parts.query
    if query and _TRACKING.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme.lower(), f"{parts.hostname}{port}", parts.path, query, ""))


def host_of(url: str) -> str:
    """The host of a web address in lower case, without `www.`; "" for what is none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def outlet_of(url: str) -> str:
    """The registered domain of a web address: what stands for the outlet when nobody named it."""
    labels = host_of(url).split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if wide else -2 :])


def _address_key(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


@lru_cache(maxsize=256)
def _split(url: str) -> SplitResult | None:
    if len(url) > _LONGEST_URL or len(url.split()) != 1:
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(parts.hostname or ""):
        return None
    return parts


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
