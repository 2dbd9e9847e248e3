"""Counts the threads that are inside the engine, so that the end can wait for them."""

from __future__ import annotations

import threading


class Working:
    """A thread is inside for as long as its `with` statement runs."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._inside = 0

    def __enter__(self) -> None:
        with self._change:
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._inside -= 1
            self._change.notify_all()

    def done(self, timeout: float) -> bool:
        """Waits until no thread is inside, for `timeout` seconds at most; whether that is so."""
        with self._change:
            return self._change.wait_for(lambda: not self._inside, timeout)
