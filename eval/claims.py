"""Claims with their evidence and whether they are supported: human labels, and cases made by rule.

`DIR/faithfulness/rows.jsonl.gz` holds claims with their document and a human's verdict; its texts stay there.
The cases made by rule are sentences of an archive: as they stand, with an error planted, honestly changed, or
beside the wrong article. Of the verifier it knows only its list of opposites.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.agree.polarity import opposed
from app.agree.reading import base
from app.quotable import Quotable, quotables
from app.verify import Evidence
from eval.planted import KINDS, PAIRS, light_changes, plant, swapped_direction
from ingest.article import Article, Draft
from ingest.clean import clean
from ingest.cli import SAMPLE
from ingest.errors import UsageError
from ingest.read import read

ROWS = Path("faithfulness") / "rows.jsonl.gz"
# These claims are a part of another set's: only one of the two may be counted.
TWICE = "frank_xsum"
# Made by rule: errors in sentences, and sentences beside the wrong article.
PLANTED, STRANGE = "planted", "strange"
SEED = 20_260_314
# Opposites that the verifier does not know for such: what it finds of these it finds without its list.
UNLISTED = tuple((one, other) for one, other in PAIRS if not opposed(base(one), base(other)))
_SENTENCES, _LEAST_WORDS = 3, 8


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim, its evidence, and whether a human found it supported; `doc` is what resampling goes by."""

    set: str
    doc: str
    claim: str
    evidence: Evidence
    supported: bool
    news: bool = False


def labelled(data: Path, limit: int | None = None) -> list[Labelled]:
    """The claims of all sets, each set cut at random to `limit`; raises UsageError without the file."""
    file = data / ROWS
    if not file.is_file():
        raise UsageError(f"No labelled claims in {file}: name the folder of data sets with --data.")
    by_set: dict[str, list[Labelled]] = {}
    articles: dict[str, Article] = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["set"] != TWICE:
                article = articles.setdefault(row["doc"], Article(str(len(articles)), "", row["doc"]))
                by_set.setdefault(row["set"], []).append(_labelled(row, article))
    draw = random.Random(SEED)
    return [
        row
        for rows in by_set.values()
        for row in (rows if not limit or len(rows) <= limit else draw.sample(rows, limit))
    ]


def _labelled(row: Mapping[str, Any], article: Article) -> Labelled:
    evidence = Evidence(article, 0, len(article.text))
    return Labelled(row["set"], article.id, row["claim"], evidence, bool(row["label"]), bool(row["news"]))


def planted(articles: Iterable[Article], sentences: int = _SENTENCES) -> Iterator[tuple[str, Labelled]]:
    """(what was done, the claim): sentences as they stand, with errors planted, and honestly changed."""
    draw = random.Random(SEED)
    for article in articles:
        evidence = Evidence(article, 0, len(article.text))
        for one in _drawn(article, sentences, draw):
            claims = [("as it stands", one.text, True)]
            claims += [
                (kind, text, False) for kind in KINDS if (text := plant(one.text, article, kind, draw))
            ]
            if unlisted := swapped_direction(one.text, draw, UNLISTED):
                claims.append(("direction, unlisted", unlisted, False))
            claims += [(what, text, True) for what, text in light_changes(one.text, article)]
            for what, claim, honest in claims:
                yield what, Labelled(PLANTED, article.id, claim, evidence, honest)


def _drawn(article: Article, sentences: int, draw: random.Random) -> list[Quotable]:
    whole = [one for one in quotables(article.text) if one.length >= _LEAST_WORDS]
    return draw.sample(whole, min(sentences, len(whole)))


def strange(articles: Sequence[Article], sentences: int = _SENTENCES) -> Iterator[Labelled]:
    """Sentences beside an article that they are not from, and honest ones beside their own."""
    draw = random.Random(SEED)
    for place, article in enumerate(articles):
        evidence = Evidence(article, 0, len(article.text))
        for one in _drawn(articles[place - 1], sentences, draw):
            yield Labelled(STRANGE, article.id, one.text, evidence, False)
    yield from (replace(row, set=STRANGE) for _, row in planted(articles, sentences) if row.supported)


def sample_articles() -> list[Article]:
    """The articles of the sample archive."""
    cleaned = (clean(draft) for draft in read(SAMPLE) if isinstance(draft, Draft))
    return [one[0] for one in cleaned if isinstance(one, tuple)]
