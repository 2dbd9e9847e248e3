"""Writes what the program prints into README.md: its commands and its Python are run on the sample archive.

Run by `make readme`; a test holds the README to the same outputs. A command that the README shows without an
output, and anything that is not `newsdesk`, stays as it is. The figures of `make eval` stand between two
marks; the test lets them differ within their intervals, as another processor may move them.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from eval import smoke
from eval.judging import open_judge
from eval.main import run

README = Path(__file__).parent.parent / "README.md"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIGURES = re.compile(r"<!-- smoke -->\n(.*?)<!-- /smoke -->", re.DOTALL)
COLUMNS = "100"


def refreshed(readme: str) -> str:
    """The README with every output as the program gives it now, from the archive in NEWSDESK_HOME."""
    os.environ["COLUMNS"] = COLUMNS
    readme = CONSOLE.sub(lambda found: f"```console\n{answered(found[1])}```", readme)
    return PYTHON.sub(lambda found: f"```python\n{found[1]}```\n\n```text\n{printed_by(found[1])}```", readme)


def answered(block: str) -> str:
    """A console block with the output of each of its commands made anew."""
    return "".join(f"$ {command}\n{output_of(command, shown)}" for command, shown in commands(block))


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command line of a console block, and the output shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def output_of(command: str, shown: str) -> str:
    words = shlex.split(command, comments=True)
    if not shown.strip() or words[0] != "newsdesk":
        return shown
    with redirect_stdout(io.StringIO()) as out:
        run(words[1:])
    return out.getvalue().rstrip() + "\n"


def printed_by(program: str) -> str:
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(program, "README.md", "exec"), {})
    return out.getvalue()


def measured(readme: str) -> str:
    """The README with the figures of the smoke suites as they come out now."""
    with tempfile.TemporaryDirectory() as folder:
        table = smoke.table(smoke.run(Path(folder), open_judge()))
    return FIGURES.sub(f"<!-- smoke -->\n{table}<!-- /smoke -->", readme)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEWSDESK_HOME"] = home
        run(["ingest", "--sample"])
        README.write_text(measured(refreshed(README.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
