"""The commands that fill and look after an archive: ingest, status, verify, repair.

Imports nothing heavy at module level: `newsdesk --help` reads this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.errors import UsageError

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.batch import Batch
    from ingest.indexes import Indexes
    from ingest.report import Report

SAMPLE = Path(__file__).parent / "sample"
_SHOWN = 20
PAGES = 1_000

home_option = click.option(
    "--home",
    metavar="DIR",
    help="The archive's folder; also NEWSDESK_HOME. [default: the user's data folder]",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
follow_option = click.option(
    "--follow", is_flag=True, help="Take the pages that the entries of a feed lead to, not the entries."
)
pages_option = click.option(
    "--pages",
    default=PAGES,
    type=click.IntRange(1),
    metavar="N",
    help=f"At most so many pages of each feed or sitemap. [default: {PAGES:,}]",
)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def existing(home: str | None) -> Path:
    """The home folder of an archive that is there; raises UsageError when there is none."""
    from ingest.archive import FILE
    from ingest.settings import home_folder

    folder = home_folder(home)
    if not (folder / FILE).is_file():
        raise UsageError(f"There is no archive in {folder}: make one with `newsdesk ingest PATH`.")
    return folder


@contextmanager
def opened(home: str | None, must_exist: bool = True) -> Iterator[tuple[Archive, Indexes]]:
    """The archive of a home folder and its indexes, closed properly whatever happens."""
    from ingest.archive import Archive
    from ingest.indexes import Indexes
    from ingest.settings import home_folder

    archive = Archive(existing(home) if must_exist else home_folder(home))
    indexes = Indexes(archive)
    try:
        yield archive, indexes
    finally:
        indexes.close()
        archive.close()


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH|URL...")
@click.option("--source", default="", metavar="NAME", help="The outlet of articles that do not name one.")
@click.option(
    "--map", "pairs", multiple=True, metavar="OURS=THEIRS",
    help="Read one of our fields (title, text, published, updated, source, url, authors, section, place, id) "
    "from theirs.",
)  # fmt: skip
@click.option("--sample", is_flag=True, help="Take in the sample archive that comes with Newsdesk.")
@follow_option
@pages_option
@home_option
@json_option
def ingest(
    paths: tuple[str, ...],
    source: str,
    pairs: tuple[str, ...],
    sample: bool,
    follow: bool,
    pages: int,
    home: str | None,
    as_json: bool,
) -> None:
    """Take in articles from files, folders and web addresses.

    An address is a page, a feed or a sitemap; only what changed since the last time is fetched again.
    `newsdesk formats` lists the kinds of files that are read. Give the same command again after an
    interruption: it goes on, and what is known already is left as it is. The exit status is 1 when there was
    something to read and all of it was rejected.
    """
    wanted, urls = _wanted(paths, sample)
    mapping = _mapping(pairs)
    with opened(home, must_exist=False) as (archive, indexes):
        report = take_in(archive, indexes, wanted, urls, source, mapping, follow, pages)
    if as_json:
        print_json(report.to_json())
    else:
        print_report(report)
    if not report.read:
        click.echo("There was nothing to read: `newsdesk formats` lists the kinds of files.", err=True)
    elif report.read == report.rejected_count and not report.retracted:
        raise click.exceptions.Exit(1)


def take_in(
    archive: Archive,
    indexes: Indexes,
    paths: Sequence[Path],
    urls: Sequence[str],
    source: str = "",
    mapping: Mapping[str, str] | None = None,
    follow: bool = False,
    pages: int = PAGES,
) -> Report:
    """One ingest of files and addresses with the model that is set."""
    from ingest.embed import open_embedder
    from ingest.pipeline import ingest as run
    from ingest.settings import embedder_name

    name = embedder_name()
    live: Iterable[Batch] = ()
    if urls:
        from ingest.fetch import Fetcher
        from ingest.live import Live

        live = Live(Fetcher(), archive, follow=follow, most=pages).batches(urls, mapping)
    return run(
        archive, indexes, paths, lambda: open_embedder(name), name, source=source, mapping=mapping, live=live
    )


def _wanted(paths: tuple[str, ...], sample: bool) -> tuple[list[Path], list[str]]:
    """The paths to read, each of which exists, and the addresses."""
    if sample:
        paths = (*paths, str(SAMPLE))
    if not paths:
        raise UsageError(
            "Nothing to ingest: name files, folders or addresses, or take the sample archive with --sample."
        )
    return files_and_addresses(paths)


def files_and_addresses(given: Iterable[str]) -> tuple[list[Path], list[str]]:
    """What is a path, each of which exists, and what is a web address."""
    paths, urls = [], []
    for one in given:
        if "://" in one and not Path(one).exists():
            urls.append(_address(one))
        elif Path(one).exists():
            paths.append(Path(one))
        else:
            raise UsageError(f"There is no file or folder {one!r}: check the path.")
    return paths, urls


def _address(url: str) -> str:
    from ingest.addresses import AddressError, parse

    try:
        return parse(url).url
    except AddressError as error:
        raise UsageError(f"{url!r} cannot be fetched: {error}.") from error


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            raise UsageError(f"--map {pair!r} is not of the form OURS=THEIRS, for example text=story_body.")
        mapping[ours.strip()] = theirs.strip()
    return mapping


def print_report(report: Report) -> None:
    """What an ingest did, in a few lines."""
    retracted = f", {report.retracted:,} retracted" if report.retracted else ""
    click.echo(
        f"{report.read:,} read: {report.ingested:,} ingested, {report.replaced:,} replaced, "
        f"{report.unchanged:,} unchanged, {report.rejected_count:,} rejected{retracted}; "
        f"{report.passages:,} new passages in {report.seconds:,.1f} s."
    )
    told = (
        ("Rejected", report.rejected, report.rejected_count, "`newsdesk rejected` lists them all"),
        ("Warning", report.warnings, report.warnings_count, f"`--json` lists the first {report.most:,}"),
    )
    for label, items, count, where in told:
        for item in items[:_SHOWN]:
            place = f"{item.path}, {item.where}" if item.where else item.path
            click.echo(f"{label}: {place}: {item.reason}")
        if count > _SHOWN:
            click.echo(f"… and {count - _SHOWN:,} more: {where}.")


@click.command()
@home_option
@json_option
def status(home: str | None, as_json: bool) -> None:
    """Tell what the archive holds."""
    from ingest.settings import home_folder
    from ingest.status import status_at

    found = status_at(home_folder(home))
    if as_json:
        print_json(found.to_json())
        return
    click.echo(f"Archive:  {found.home}")
    if not found.articles:
        click.echo("It is empty: add articles with `newsdesk ingest PATH`.")
        return
    dates = f", {str(found.first)[:10]} to {str(found.last)[:10]}" if found.first else ""
    undated = f", {found.undated:,} undated" if found.undated else ""
    click.echo(f"Articles: {found.articles:,}{dates}{undated}")
    click.echo("Outlets:  " + ", ".join(f"{name} ({n:,})" for name, n in found.outlets[:_SHOWN]))
    if found.sections:
        click.echo("Sections: " + ", ".join(f"{name} ({n:,})" for name, n in found.sections[:_SHOWN]))
    if found.stories:
        told = "story is" if found.stories == 1 else "stories are"
        click.echo(f"Stories:  {found.stories:,} {told} in several articles ({found.reprints:,} reprints)")
    if found.corrections:
        told = "notice corrects" if found.corrections == 1 else "notices correct"
        click.echo(f"Corrected: {found.corrections:,} {told} articles of the archive")
    ready = f"{found.vectors:,} of {found.passages:,} passages ready for search by meaning"
    click.echo(f"Vectors:  {ready} ({found.embedder})")
    if found.rejected:
        click.echo(f"Rejected: {found.rejected:,}")


@click.command()
@home_option
@json_option
def verify(home: str | None, as_json: bool) -> None:
    """Check the archive and its indexes; exit status 1 when something is wrong."""
    with opened(home) as (archive, indexes):
        indexes.catch_up_words()
        indexes.catch_up_vectors()
        found = archive.damage() + indexes.differences()
    if as_json:
        print_json({"sound": not found, "problems": found})
    elif found:
        click.echo("\n".join(f"Wrong: {problem}" for problem in found))
        click.echo("`newsdesk repair` makes the indexes again from the archive.")
    else:
        click.echo("The archive and its indexes are sound.")
    if found:
        raise click.exceptions.Exit(1)


@click.command()
@home_option
@json_option
def repair(home: str | None, as_json: bool) -> None:
    """Make the indexes again from the archive; nothing is embedded anew."""
    with opened(home) as (archive, indexes):
        indexes.rebuild()
        counts = archive.counts()
    if as_json:
        print_json({"passages": counts.passages, "vectors": counts.vectors})
    else:
        click.echo(
            f"Made again: the word index ({counts.passages:,}) and the vector index ({counts.vectors:,})."
        )


@click.command()
@click.option("--anew", is_flag=True, help="Make again what this model has made already.")
@home_option
@json_option
def reindex(anew: bool, home: str | None, as_json: bool) -> None:
    """Make the vectors again with another embedding model, named by NEWSDESK_EMBEDDER.

    Texts stay as they are, and are searched by words until it is done. Give the same command again after an
    interruption: it goes on.
    """
    from ingest.embed import open_embedder
    from ingest.reindex import reindex as run
    from ingest.settings import embedder_name

    name = embedder_name()
    with opened(home) as (archive, indexes):
        made = run(archive, indexes, lambda: open_embedder(name), name, anew=anew)
        counts = archive.counts()
    if as_json:
        print_json({"embedder": name, "passages": counts.passages, "vectors": counts.vectors, "made": made})
    else:
        click.echo(
            f"{counts.vectors:,} of {counts.passages:,} passages have vectors of {name}, {made:,} new."
        )
