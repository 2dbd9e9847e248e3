"""Stories: are reprints found, and different reports kept apart?

    python -m eval.duplicates [--data DIR] [--count N] [--verbose]

Two sets. *Natural*: articles of RealTimeQA that share wording, with the pairs that a reader called one report
(`duplicates.json` holds hashes of their ids, no texts; a pair the reader was not sure of counts neither way).
*Edited*: agency copy from the same articles, or from the sample archive where they are absent, each report
printed three times more as outlets edit it (`eval.wire`), among all the other articles of the set.

Pair precision and recall are those of the pairs that stand in one story; B-cubed is the mean over articles of
what their story holds. Texts stay in the folder of data sets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from eval.claims import sample_articles
from eval.suites import data_folder
from eval.wire import copies, wire_copy
from ingest import stories
from ingest.agencies import agency_named
from ingest.archive import Archive
from ingest.article import Article, Draft
from ingest.clean import clean
from ingest.read import read

LABELS = Path(__file__).with_name("duplicates.json")
ARTICLES = Path("realtimeqa") / "articles.jsonl.zst"
SEED = 20_260_314
_COPIES, _COUNT = 3, 150
_ONE_IN = 12  # of the real articles, agency copy among them is edited

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """Ids (as hashes): the articles looked at, the pairs that are one report, and those left open."""

    articles: frozenset[str]
    same: tuple[Pair, ...]
    unsure: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """`wrong` and `missed` are the pairs joined wrongly and those not joined."""

    precision: float
    recall: float
    bcubed_precision: float
    bcubed_recall: float
    pairs: int
    wrong: tuple[Pair, ...]
    missed: tuple[Pair, ...]


def labels() -> Labels:
    given = json.loads(LABELS.read_text(encoding="utf-8"))
    same, unsure = (tuple((a, b) for a, b in given[kind]) for kind in ("same", "unsure"))
    return Labels(frozenset(given["articles"]), same, unsure)


def hashed(id_: str) -> str:
    return hashlib.sha256(id_.encode()).hexdigest()[:16]


def score(found: Mapping[str, str], truth: Mapping[str, str], open_: Mapping[str, str]) -> Score:
    """All three map articles to stories; a pair that is one story of `open_` only is not judged."""
    together = {pair for pair in _pairs(found) if _judged(pair, truth, open_)}
    wanted = set(_pairs(truth))
    right = together & wanted
    return Score(
        len(right) / max(len(together), 1),
        len(right) / max(len(wanted), 1),
        _bcubed(found, together, wanted),
        _bcubed(found, wanted, together),
        len(wanted),
        tuple(sorted(together - wanted)),
        tuple(sorted(wanted - together)),
    )


def _judged(pair: Pair, truth: Mapping[str, str], open_: Mapping[str, str]) -> bool:
    one, other = pair
    return truth[one] == truth[other] or open_[one] != open_[other]


def _bcubed(ids: Iterable[str], told: set[Pair], true: set[Pair]) -> float:
    """The mean over articles of the share of what they are told with, themselves included, that is true."""
    size = Counter(list(ids))
    right = size.copy()
    for pair in told:
        size.update(pair)
        right.update(pair if pair in true else ())
    return sum(right[id_] / size[id_] for id_ in size) / max(len(size), 1)


def _pairs(story_of: Mapping[str, str]) -> Iterator[Pair]:
    members = defaultdict(list)
    for id_, story in story_of.items():
        members[story].append(id_)
    for ids in members.values():
        yield from combinations(sorted(ids), 2)


def joined(ids: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Article → the first of all that are joined with it."""
    story = {id_: id_ for id_ in ids}
    members = {id_: [id_] for id_ in story}
    for one, other in pairs:
        keep, gone = sorted((story[one], story[other]))
        if keep != gone:
            story |= dict.fromkeys(members[gone], keep)
            members[keep] += members.pop(gone)
    return story


def found_in(articles: Sequence[Article]) -> dict[str, str]:
    """What the archive makes of articles that come in this order."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        with archive.transaction():
            for article in articles:
                archive.put(article, [])
        stories.catch_up(archive)
        found = archive.stories_of(article.id for article in articles)
        archive.close()
    return found


def natural(articles: Sequence[Article]) -> Score:
    """The labelled articles, in the order they come."""
    known = labels()
    here = [article for article in articles if hashed(article.id) in known.articles]
    ids = {hashed(article.id) for article in here}
    same = [pair for pair in known.same if ids.issuperset(pair)]
    unsure = [pair for pair in known.unsure if ids.issuperset(pair)]
    found = {hashed(id_): hashed(story) for id_, story in found_in(here).items()}
    return score(found, joined(ids, same), joined(ids, [*same, *unsure]))


def edited(articles: Sequence[Article], count: int = _COUNT) -> Score:
    """Agency copy of these articles, with its copies, among all of them."""
    draw = random.Random(SEED)
    agency = [article for article in articles if agency_named(article)]
    originals = wire_copy(agency if len(agency) >= count else articles, count, draw)
    everything = list(articles)
    pairs = []
    for original in originals:
        made = copies(original, _COPIES, draw)
        everything += made
        pairs += [(original.id, copy.id) for copy in made]
    draw.shuffle(everything)
    # What two reports of the set had in common before they were edited is not what is asked here.
    before = found_in(articles)
    ids = [article.id for article in everything]
    return score(found_in(everything), joined(ids, pairs), joined(ids, [*pairs, *before.items()]))


def real_articles(file: Path) -> tuple[list[Article], list[Article]]:
    """The labelled articles of a file, and a share of all of them, always the same."""
    known, labelled, others = labels(), [], []
    for draft in read(file):
        if isinstance(draft, Draft):
            id_ = hashed(str(draft.fields.get("id")))
            is_drawn = int(id_, 16) % _ONE_IN == 0
            if (is_drawn or id_ in known.articles) and isinstance(cleaned := clean(draft), tuple):
                labelled += [cleaned[0]] if id_ in known.articles else []
                others += [cleaned[0]] if is_drawn else []
    return labelled, others


def lines(name: str, found: Score, *, verbose: bool = False) -> Iterator[str]:
    yield (
        f"{name}: pair precision {found.precision:.3f}, recall {found.recall:.3f} of {found.pairs:,} pairs; "
        f"B-cubed precision {found.bcubed_precision:.3f}, recall {found.bcubed_recall:.3f}"
    )
    if verbose:
        yield from (f"  joined wrongly: {one} {other}" for one, other in found.wrong)
        yield from (f"  not joined: {one} {other}" for one, other in found.missed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how well stories are told apart, for both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of data sets")
    parser.add_argument("--count", type=int, default=_COUNT, help="how many reports are edited")
    parser.add_argument("--verbose", action="store_true", help="print every pair that was told wrongly")
    given = parser.parse_args(arguments)
    file = (given.data or data_folder()) / ARTICLES
    if file.is_file():
        labelled, articles = real_articles(file)
        print("\n".join(lines("natural", natural(labelled), verbose=given.verbose)))
    else:
        print(f"natural: not measured, there is no {file}: name the folder of data sets with --data")
        articles = sample_articles()
    print("\n".join(lines("edited", edited(articles, given.count), verbose=given.verbose)))


if __name__ == "__main__":
    main()
