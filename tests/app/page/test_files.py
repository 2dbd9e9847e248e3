"""The page's own files, and the parts that some of them share."""

from __future__ import annotations

import pytest

from app.page.files import read


def test_files_come_one_after_the_other() -> None:
    assert read("text.js", "panel.js") == read("text.js") + "\n" + read("panel.js")


@pytest.mark.parametrize("name", ["compare.html", "timeline.html"])
def test_a_part_that_two_files_share_is_in_both(name: str) -> None:
    text = read(name)
    assert read("window.html") in text
    assert "<!--" not in text
