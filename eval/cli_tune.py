"""`newsdesk eval tune`: an archive gets weights of its own."""

from __future__ import annotations

from pathlib import Path

import click

from eval.cli_data import data_option
from ingest.cli import existing, home_option, json_option, print_json


@click.command("tune")
@click.argument("suite")
@click.option("--write", is_flag=True, help="Keep the weights, in the archive's settings.")
@click.option("--reset", is_flag=True, help="Go back to the weights that come with the program.")
@data_option
@home_option
@json_option
def tune(suite: str, write: bool, reset: bool, data: Path | None, home: str | None, as_json: bool) -> None:
    """Fit how much words, meaning and newness count to questions whose articles are known.

    SUITE is as for `newsdesk eval run`; 40 questions with `gold` or more are needed. The gain shown is on
    questions that the fit has not seen. Nothing changes without --write.
    """
    from app import Newsdesk
    from eval import tune as tuning
    from eval.suites import load
    from ingest.progress import step

    cases = load(suite, data)
    with Newsdesk.open(existing(home)) as desk:
        if reset:
            desk.retriever.weigh(None)
        with step("Searching", len(cases), "questions") as advance:
            groups = tuning.gather(desk, cases, lambda: advance(1))
        tuned = tuning.tune(groups, desk.retriever.weights)
        if write:
            desk.retriever.weigh(tuned.after)
    if as_json:
        print_json(tuned.to_json() | {"written": write})
        return
    for name, (before, after) in tuned.changes().items():
        click.echo(f"{name.replace('_', ' '):14s}{before:7.3f} -> {after:.3f}")
    gain = tuned.gain
    click.echo(
        f"MRR@10 on unseen questions {tuned.mrr_before:.3f} -> {tuned.mrr_after:.3f}: {gain.mean:+.3f} "
        f"[{gain.low:+.3f}, {gain.high:+.3f}], {tuned.questions} questions"
    )
    click.echo("Kept in the archive." if write else "Nothing was changed: --write keeps these weights.")
