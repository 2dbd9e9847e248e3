"""How a reader says that it cannot read something."""

from __future__ import annotations


class Refused(Exception):
    """A file, or the rest of one, cannot be read: a code for programs and a reason for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
