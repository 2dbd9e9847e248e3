"""The `newsdesk eval` commands around data sets, judges and speed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from ingest.cli import existing, home_option, json_option, print_json
from ingest.errors import ArchiveError

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
data_option = click.option("--data", type=FOLDER, help="The folder of data sets; also NEWSDESK_DATA.")


@click.command("suites")
@json_option
def suites(as_json: bool) -> None:
    """List the suites: what each measures, and what others reached on it."""
    from eval.suites import SUITES

    if as_json:
        print_json(
            [
                {"name": s.name, "measures": s.measures, "reference": list(s.reference)}
                for s in SUITES.values()
            ]
        )
        return
    for suite in SUITES.values():
        click.echo(f"{suite.name:22s}{suite.measures}")
        for figure in suite.reference:
            click.echo(f"{'':24s}{figure}")


@click.command("draw")
@click.argument("suite")
@click.argument("file", type=FILE)
@click.option("--count", type=click.IntRange(min=1), default=2_000, show_default=True, help="How many.")
@data_option
def draw(suite: str, file: Path, count: int, data: Path | None) -> None:
    """Write an archive for the questions of SUITE to FILE, ready for `newsdesk ingest`.

    It holds the articles that the questions are about, and others drawn from the data set, always the
    same ones, up to --count.
    """
    from eval.suites import data_folder, suite_of

    written = write_lines(suite_of(suite).articles(data or data_folder(), count), file)
    click.echo(f"{written:,} articles in {file}: newsdesk ingest {file}")


@click.command("cases")
@click.argument("file", type=FILE)
@click.option("--count", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many.")
@click.option("--llm", metavar="SPEC", help="A language model that words the questions.")
@click.option("--excerpts", is_flag=True, help="Ask which article an excerpt is from.")
@click.option("--thumbs", type=FILE, help="Take them from the answers that readers of the page marked.")
@home_option
def make_cases(
    file: Path, count: int, llm: str | None, excerpts: bool, thumbs: Path | None, home: str | None
) -> None:
    """Write questions about the articles of an archive to FILE, with answers, articles and exact quotes.

    Without a language model they are made from sentences that say who, how many or how much, always the same
    ones. `newsdesk eval run FILE` asks them. With --thumbs, the file that the page exported becomes cases.
    """
    from itertools import islice

    from eval.llm_questions import questions as worded
    from eval.questions import questions
    from eval.suites.tow import excerpts_of
    from eval.thumbs import from_thumbs
    from ingest.archive import Archive

    if thumbs:
        made = from_thumbs(thumbs)
    else:
        archive = Archive(existing(home))
        try:
            articles = archive.articles()
            asked = (
                worded(articles, llm) if llm else excerpts_of(articles) if excerpts else questions(articles)
            )
            made = list(islice(asked, count))
        finally:
            archive.close()
    written = write_lines((case.to_json() for case in made), file)
    click.echo(f"{written:,} cases in {file}: newsdesk eval run {file}")


@click.command("judge")
@click.option("--labels", type=FILE, help="Your own labels: JSONL with claim, evidence, label.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N claims of each set.")
@click.option(
    "--repeats",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Times that a part is judged again, with its evidence in another order.",
)
@click.option("--out", type=FILE, help="Write the whole report here: .html, .md or .json by its ending.")
@data_option
@json_option
def judge(
    labels: Path | None, limit: int | None, repeats: int, out: Path | None, data: Path | None, as_json: bool
) -> None:
    """Hold the verifier that is set to what people said of the same claims.

    AUROC and balanced accuracy for each set of labels, the threshold chosen on the other sets, resampled by
    document; calibration; agreement with itself over repeats and over evidence in another order.
    """
    from rich.console import Console

    from eval import judge as judging
    from eval import judge_report
    from eval.claims import labelled
    from eval.judging import open_judge
    from eval.suites import data_folder

    claims = judging.own_labels(labels) if labels else labelled(data or data_folder(), limit)
    found = judging.held_to_people(open_judge(), claims, repeats)
    if out:
        judge_report.write(found, out)
    if as_json:
        print_json(found.to_json())
    else:
        judge_report.show(found, Console())


@click.command("peers")
@click.option(
    "--count", type=click.IntRange(min=1), default=2_000, show_default=True, help="How many articles."
)
@click.option("--work", type=FOLDER, help="Keep here what is slow to make, to go on where a run was stopped.")
@data_option
@json_option
def peers(count: int, work: Path | None, data: Path | None, as_json: bool) -> None:
    """Compare with LlamaIndex, LangChain and Haystack: who finds the expected article, in one run.

    Asks RealTimeQA's questions where the data set is there, else those of the sample archive. Needs the
    extra `bench`.
    """
    from rich.console import Console

    from eval.peers import retrieval
    from eval.suites import data_folder, real_or_sample

    data = data or data_folder()
    suite = real_or_sample(data)
    cases = [case for case in suite.cases(data) if case.gold]
    with _folder(work) as place:
        written = write_lines(suite.articles(data, count), place / "articles.jsonl")
        ranks = retrieval.compare(place / "articles.jsonl", cases, place)
    if as_json:
        print_json({"suite": suite.name, "articles": written, "ways": retrieval.to_json(ranks)})
    else:
        retrieval.show(ranks, Console())
        click.echo(f"{len(cases)} questions of {suite.name} over {written:,} articles.")


@click.command("bench")
@click.option(
    "--count", type=click.IntRange(min=1), default=200, show_default=True, help="How many articles."
)
@click.option("--rounds", type=click.IntRange(min=1), default=1, show_default=True, help="Builds of each.")
@click.option("--alone", is_flag=True, help="Without the peers.")
@click.option("--home", metavar="DIR", help="Ask this archive, and not the one that is built.")
@data_option
@json_option
def bench(count: int, rounds: int, alone: bool, home: str | None, data: Path | None, as_json: bool) -> None:
    """Measure the speed: complete indexes against the peers, the first words found, questions, commands.

    On real news where RealTimeQA is there, else on the sample archive. Needs the extra `bench`, unless
    --alone.
    """
    from rich.console import Console

    from eval import bench as speed
    from eval.suites import data_folder, real_or_sample

    data = data or data_folder()
    suite = real_or_sample(data)
    cases = suite.cases(data)
    programs = [speed.NEWSDESK] if alone else list(speed.PROGRAMS)
    with _folder(None) as work:
        written = write_lines(suite.articles(data, count), work / "articles.jsonl")
        made = speed.builds(work / "articles.jsonl", work, programs, rounds, [c.question for c in cases])
        asked = Path(home) if home else work / f"{speed.NEWSDESK} 0"
        times = [
            speed.first_words(made),
            speed.warm_questions(asked, cases),
            *speed.cold_commands(asked, cases[0].question),
        ]
    if as_json:
        print_json({"suite": suite.name, "articles": written, **speed.to_json(made, times)})
    else:
        speed.show(made, times, Console())
        click.echo(f"{written:,} articles and {len(cases)} questions of {suite.name}.")


COMMANDS = (suites, draw, make_cases, judge, peers, bench)


def write_lines(values: Iterable[Mapping[str, Any]], file: Path) -> int:
    """The values as JSON Lines; how many there were."""
    written = 0
    try:
        with file.open("w", encoding="utf-8") as lines:
            for value in values:
                lines.write(json.dumps(value) + "\n")
                written += 1
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}.") from None
    return written


@contextmanager
def _folder(place: Path | None) -> Iterator[Path]:
    """The folder itself, made if need be, or one that is gone afterwards."""
    if place is None:
        with TemporaryDirectory(prefix="newsdesk-") as temporary:
            yield Path(temporary)
        return
    place.mkdir(parents=True, exist_ok=True)
    yield place
