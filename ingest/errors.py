"""What can go wrong, as sentences a person can act on.

    NewsdeskError            show this text to the user; exit status 1
    ├── UsageError           the command or call was wrong; exit status 2
    ├── ArchiveError         the archive cannot be opened, read or written
    │   └── BusyError        another process owns the indexes right now
    ├── EmbedderError        the embedding model is missing, broken or another one
    └── IntegrityError       a quote is not where its citation says it is

A message says what was wrong and what to do, in one sentence or two. What is wrong with a *part* of the
input is not an error: it is a `Rejection` in the report (see `ingest.article`).
"""


class NewsdeskError(Exception):
    """Base of all errors whose text is meant for the user."""


class UsageError(NewsdeskError):
    """The request itself is wrong: an unknown date, an empty question, a missing path."""


class ArchiveError(NewsdeskError):
    """The archive cannot be opened, read or written."""


class BusyError(ArchiveError):
    """Another process owns the indexes of this archive."""


class EmbedderError(NewsdeskError):
    """The embedding model is missing, broken, or not the one the archive was made with."""


class IntegrityError(NewsdeskError):
    """A quote is not, character for character, where its citation says it is."""
