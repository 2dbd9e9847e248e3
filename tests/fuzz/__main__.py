"""Fuzzes the readers: python -m tests.fuzz [READER...] --minutes 10

Each reader gets so many minutes of CPU in a process of its own, which may crash or hang: it is ended, what it
was reading is kept, and another one goes on. Finds lie in build/fuzz/READER, each with its traceback, and the
exit status is 1 if there are any. Mutations follow the coverage where atheris is installed (`.[fuzz]`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.loop import Order, Progress
from tests.fuzz.seeds import SEEDS

_STUCK = 300.0  # seconds without a new input after which a process is taken to hang


def main() -> int:
    options = _options()
    out: Path = options.out
    found = False
    for reader in options.readers or SEEDS:
        folder = out / reader.replace(" ", "-").lower()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        total = _campaign(reader, folder, options)
        _report(reader, total)
        found |= bool(total.finds)
    return int(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n\n")[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"all of them, or: {', '.join(SEEDS)}")
    parser.add_argument("--minutes", type=float, default=10, help="of CPU for each reader [10]")
    parser.add_argument("--slow", type=float, default=5, help="seconds of CPU that no input may take [5]")
    parser.add_argument(
        "--corpus", type=Path, help="a folder of more examples, taken where their size allows"
    )
    parser.add_argument("--seed", type=int, default=1, help="of all chance [1]")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz", help="where finds are kept")
    options = parser.parse_args()
    if unknown := set(options.readers) - set(SEEDS):
        parser.error(f"there is no reader {unknown.pop()!r}; there are {', '.join(SEEDS)}")
    return options


def _campaign(reader: str, folder: Path, options: argparse.Namespace) -> Progress:
    """Processes one after the other until the time is used up, and what they did together."""
    total, seed = Progress(), options.seed
    while (left := options.minutes * 60 - total.cpu) > 1:
        order = Order(reader, str(folder), str(options.corpus or ""), left, options.slow, seed)
        ended = _run(order, folder)
        done = _progress(folder)
        total.executions += done.executions
        total.cpu += max(done.cpu, 1.0)
        total.slowest = max(total.slowest, done.slowest)
        for kind, count in done.finds.items():
            total.finds[kind] = total.finds.get(kind, 0) + count
        if ended:
            now = (folder / "now").read_bytes() if (folder / "now").exists() else b""
            (folder / f"find-{hashlib.sha256(now).hexdigest()[:12]}").write_bytes(now)
            total.finds[ended] = total.finds.get(ended, 0) + 1
        seed += 1
    return total


def _run(order: Order, folder: Path) -> str:
    """Runs one process to its end; how it ended when that was not as it should."""
    for left in ("progress.json", "now"):  # of the process before
        (folder / left).unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.loop", json.dumps(asdict(order))]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            while process.poll() is None:
                time.sleep(0.5)
                now = folder / "now"
                if now.exists() and time.time() - now.stat().st_mtime > _STUCK:
                    return "hang"
        finally:
            process.kill()
            process.wait()
    code = process.returncode
    return "" if code == 0 else signal.Signals(-code).name if code < 0 else f"exit status {code}"


def _progress(folder: Path) -> Progress:
    path = folder / "progress.json"
    return Progress(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Progress()


def _report(reader: str, total: Progress) -> None:
    rate = total.executions / max(total.cpu, 1e-9)
    print(
        f"{reader}: {total.executions:,} executions in {total.cpu / 60:.1f} min ({rate:,.0f}/s), "
        f"slowest {total.slowest:.1f} s, {sum(total.finds.values()):,} failures of {len(total.finds)} kinds",
        flush=True,
    )
    for kind, count in sorted(total.finds.items(), key=lambda item: -item[1]):
        print(f"    {count:,} × {kind}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
