"""The console script: one `newsdesk` made of the commands of ingest, app and eval.

It knows the commands by their import strings alone and imports the one that is asked for, so that
`newsdesk --help` costs nothing heavy. It also decides how every failure ends: one sentence, one status.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import NoReturn

import click

from ingest.errors import NewsdeskError, UsageError

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

COMMANDS = {
    "ingest": "ingest.cli:ingest",
    "ask": "app.cli:ask",
    "search": "app.cli:search",
    "timeline": "app.cli_topics:timeline",
    "compare": "app.cli_topics:compare",
    "show": "app.cli:show",
    "chat": "app.cli:chat",
    "corrections": "app.cli_corrections:corrections",
    "export": "app.cli_export:export",
    "watch": "ingest.cli_watch:watch",
    "formats": "ingest.cli_formats:formats",
    "status": "ingest.cli:status",
    "rejected": "ingest.cli_rejected:rejected",
    "verify": "ingest.cli:verify",
    "repair": "ingest.cli:repair",
    "reindex": "ingest.cli:reindex",
    "eval": "eval.cli:evaluate",
}


class LazyGroup(click.Group):
    """A click group whose commands are imported when they are needed, listed in the order given."""

    def __init__(self, *args: object, lazy: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        module, _, name = self.lazy[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="DIR", help="The archive's folder; also NEWSDESK_HOME, or after the command.")
@click.version_option(package_name="newsdesk", message="newsdesk %(version)s")
@click.pass_context
def newsdesk(context: click.Context, home: str | None) -> None:
    """Ask a news archive; every sentence of an answer is a quote from a dated article, or is not said."""
    if home is not None:
        # By the environment, so that it reaches every command and process; a command's own --home wins.
        context.with_resource(_environment("NEWSDESK_HOME", home))


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs one command line and exits: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; whatever goes wrong becomes one sentence on standard error and a status."""
    try:
        # A command that exits early (`--help`) gives its status back here, others give nothing.
        status = newsdesk.main(arguments, prog_name="newsdesk", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _say("Interrupted; run the same command again to go on.", INTERRUPTED)
    except NewsdeskError as error:
        return _say(f"newsdesk: {error}", WRONG_USE if isinstance(error, UsageError) else FAILED)
    except BrokenPipeError:
        return _reader_left()
    except (SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic in a compiled library is no Exception
        return _unexpected(error)


def _say(sentence: str, status: int) -> int:
    click.echo(sentence, err=True)
    return status


def _reader_left() -> int:
    """Whoever read the output (`| head`) has gone: nothing to say, and nothing to flush at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _unexpected(error: BaseException) -> int:
    """A fault of the program: a sentence and where the details are, or the details with NEWSDESK_DEBUG=1."""
    details = "".join(traceback.format_exception(error))
    if os.environ.get("NEWSDESK_DEBUG", "0") not in ("", "0"):
        return _say(details, FAILED)
    what = f"newsdesk: This should not have happened ({type(error).__name__}: {_first_line(error)}); "
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="newsdesk-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write(details)
    except OSError:
        return _say(what + "run it again with NEWSDESK_DEBUG=1 for the details.", FAILED)
    return _say(what + f"the details are in {log.name}.", FAILED)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else "no message"


if __name__ == "__main__":
    main()
