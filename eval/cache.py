"""Answers kept by what decides them, so that the same question is not asked twice of the same engine.

The key is a hash of the question, its filters and every version that matters (`eval.versions`): a changed
line of code or article is another key. One file per answer, put in place whole. It does not know what it
keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.whole import replacing


class Cache:
    """The kept answers of one folder, which threads and processes may share; without one it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """What was kept under this key. What cannot be read was never kept."""
        if self._folder is None:
            return None
        try:
            found = json.loads(self._place(self._folder, key).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: Mapping[str, Any], value: Mapping[str, Any]) -> None:
        """Keeps a value; a folder that cannot be written keeps nothing, which costs time and no more."""
        if self._folder is None:
            return
        place = self._place(self._folder, key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with replacing(place) as file:
                json.dump(value, file)
        except OSError:
            return

    @staticmethod
    def _place(folder: Path, key: Mapping[str, Any]) -> Path:
        digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()
        return folder / digest[:2] / f"{digest}.json"
