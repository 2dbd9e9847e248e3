"""What all tests share: no network, no touching of the user's archive, the folder of measured data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.offline import sitecustomize as offline

ROOT = Path(__file__).parent.parent

# How long an example takes on a busy machine says nothing about the code.
hypothesis.settings.register_profile("newsdesk", deadline=None)
hypothesis.settings.load_profile("newsdesk")


@pytest.fixture(scope="session", autouse=True)
def _attempts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Cuts off the network for this process and those it starts; the file that lists who tried."""
    log = tmp_path_factory.mktemp("network") / "attempts"
    log.touch()
    paths = [str(Path(offline.__file__).parent), str(ROOT), os.environ.get("PYTHONPATH", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSDESK_TEST_ATTEMPTS", str(log))
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
        patch.setenv("NEWSDESK_HOME", str(tmp_path_factory.mktemp("nobody")))
        offline.block()
        yield log


@pytest.fixture(autouse=True)
def _stays_inside(_attempts: Path) -> Iterator[None]:
    """Fails a test during which anything tried to leave this machine, also when the error was swallowed."""
    before = _attempts.stat().st_size
    yield
    tried = _attempts.read_text(encoding="utf-8")[before:].split()
    assert not tried, f"tried to reach {', '.join(tried)}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive folder of the test's own, not made yet; programs it starts use it by default."""
    folder = tmp_path / "home"
    monkeypatch.setenv("NEWSDESK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of measured news data (NEWSDESK_DATA, or `shared/data` beside the checkout), or a skip."""
    folder = Path(os.environ.get("NEWSDESK_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no measured news data in {folder}: set NEWSDESK_DATA")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where a browser must be there (NEWSDESK_REQUIRE_BROWSER), a skipped browser test has failed."""
    report = yield
    required = os.environ.get("NEWSDESK_REQUIRE_BROWSER") and item.get_closest_marker("browser")
    if required and report.skipped:  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
        report.longrepr = f"skipped where a browser is required: {report.longrepr}"  # type: ignore[attr-defined]
    return report
