"""The small note beside a derived index that says how far it followed the archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.whole import replacing

NAME = "state.json"


def read_state(folder: Path) -> dict[str, Any]:
    """The note of an index; empty when there is none or it cannot be read."""
    try:
        return dict(json.loads((folder / NAME).read_text()))
    except (OSError, ValueError):
        return {}


def write_state(folder: Path, state: dict[str, Any]) -> None:
    """Replaces the note in one step: a reader sees the old one or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / NAME) as file:
        json.dump(state, file)
