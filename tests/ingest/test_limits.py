"""Each limit is a setting of the environment, and a wrong one is one sentence."""

from __future__ import annotations

import pytest

from ingest.errors import UsageError
from ingest.limits import Limits, in_mb, limits


def test_the_limits_are_those_promised() -> None:
    assert limits() == Limits()
    known = limits()
    assert (known.file, known.article, known.depth) == (20 << 20, 2 << 20, 64)
    assert (known.ratio, known.seconds) == (100, 10.0)


def test_the_environment_changes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"MAX_FILE_MB": "0.5", "MAX_ARTICLE_MB": "3", "MAX_DEPTH": "9", "MAX_RATIO": "10",
                "ITEM_SECONDS": "2.5", "WORKER_MB": "256", "WORKERS": "1", "MAX_LISTED": "5"}  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"NEWSDESK_{name}", value)
    assert limits() == Limits(1 << 19, 3 << 20, 9, 10, 2.5, 256 << 20, 1, 5)


@pytest.mark.parametrize("value", ["much", "0", "-1", "nan", "inf", "1e30"])
@pytest.mark.parametrize("name", ["NEWSDESK_MAX_FILE_MB", "NEWSDESK_ITEM_SECONDS"])
def test_what_is_no_limit_is_wrong_use(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name):
        limits()


def test_sizes_are_told_in_megabytes() -> None:
    assert (in_mb(20 << 20), in_mb(1 << 19)) == ("20 MB", "0.5 MB")
