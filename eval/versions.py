"""What decides an answer: the program's code and settings, the models, and the texts of the archive.

Two runs whose versions differ are not the same experiment; a run is not gone on with under other ones. What
decides nothing (where an archive lies, what it turned away) is no part of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from ingest.archive import FILE, Archive
from ingest.errors import UsageError

# The packages whose versions can move an answer.
LIBRARIES = ("chromadb", "numpy", "openvino", "sentence-transformers", "sentencex", "tantivy", "torch")
_PROGRAM = ("ingest", "app")  # what the answers are computed with
# Settings that name a place or a key decide nothing.
_NO_SETTING = ("NEWSDESK_HOME", "NEWSDESK_DATA", "NEWSDESK_DEBUG", "NEWSDESK_LLM_KEY")
_DIGITS = 16


class State(Protocol):
    """What the engine says of itself (`Newsdesk.status()`)."""

    @property
    def articles(self) -> int: ...
    @property
    def embedder(self) -> str: ...
    @property
    def home(self) -> str: ...
    def to_json(self) -> dict[str, Any]: ...


def versions_of(state: State, *, llm: str = "", judge: str = "") -> dict[str, str]:
    """All that decides the answers of an engine, by name; raises UsageError when its archive is empty."""
    if not state.articles:
        raise UsageError("The archive is empty: run `newsdesk ingest` on the articles first.")
    found = {
        "newsdesk": installed("newsdesk"),
        "code": code(*_PROGRAM),
        "python": platform.python_version(),
        "libraries": ", ".join(f"{name} {installed(name)}" for name in LIBRARIES),
        "settings": settings(),
        "embedder": state.embedder,
        "archive": archive_of(state),
        "llm": llm,
        "judge": judge,
    }
    return {name: value for name, value in found.items() if value}


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


@cache
def code(*packages: str) -> str:
    """A fingerprint of the code in these packages, told as paths from the root."""
    root, told = Path(__file__).parents[1], hashlib.sha256()
    for package in packages:
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".json") and "sample" not in file.relative_to(root).parts:
                told.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return told.hexdigest()[:_DIGITS]


def settings() -> str:
    """The NEWSDESK_ variables that are set, as one text."""
    set_ = {k: v for k, v in os.environ.items() if k.startswith("NEWSDESK_") and k not in _NO_SETTING}
    return ", ".join(f"{name}={value}" for name, value in sorted(set_.items()))


def archive_of(state: State) -> str:
    """A fingerprint of the archive's texts and of how far its vectors are."""
    told = {name: v for name, v in state.to_json().items() if name not in ("home", "rejected", "versions")}
    home = Path(state.home)
    texts = _texts(home) if (home / FILE).is_file() else ""
    return hashlib.sha256((json.dumps(told, sort_keys=True) + texts).encode()).hexdigest()[:_DIGITS]


def _texts(home: Path) -> str:
    """A fingerprint of every current article: its id and all that a reader sees of it."""
    archive = Archive(home)
    try:
        hashes = sorted(f"{article.id} {article.content_hash}" for article in archive.articles())
    finally:
        archive.close()
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
