"""Newsdesk's answering side: `from app import Newsdesk`.

The engine is imported when it is first asked for, so that the command line's help costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.answer import Answer, Citation, Hit, Sentence
    from app.engine import Newsdesk

__all__ = ["Answer", "Citation", "Hit", "Newsdesk", "Sentence"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'app' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("app.engine" if name == "Newsdesk" else "app.answer"), name)
