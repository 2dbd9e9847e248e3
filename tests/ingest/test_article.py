"""Moments compare as their texts do; a content hash sees every change a reader would."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, Moment

MOMENTS = st.builds(
    Moment.of,
    st.datetimes(),
    st.sampled_from(["second", "day", "month"]),
)


@given(MOMENTS)
def test_a_moment_survives_its_text(moment: Moment) -> None:
    assert Moment.parse(str(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_texts_order_as_moments_do(a: Moment, b: Moment) -> None:
    if a.precision == b.precision:
        assert (str(a) < str(b)) == (a.epoch < b.epoch)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2024-02", "2024-02-29T23:59:59+00:00"),
        ("2026-03-14", "2026-03-14T23:59:59+00:00"),
        ("2026-03-14T10:00:00+02:00", "2026-03-14T08:00:00+00:00"),
    ],
)
def test_the_last_second_of_a_span(text: str, last: str) -> None:
    assert Moment.parse(text).last == Moment.parse(last).epoch


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13", "2026-02-30", "14.03.2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Moment.parse(text)


def test_the_content_hash_sees_what_a_reader_sees_and_nothing_else() -> None:
    article = Article("a", "Title", "Text.", "Courier", ("Ann Lee",), Moment.parse("2026-03-14"))
    assert replace(article, id="b", version=7).content_hash == article.content_hash
    changes = (
        {"title": "T"},
        {"text": "t"},
        {"source": "s"},
        {"authors": ()},
        {"published": None},
        {"url": "u"},
    )
    hashes = {replace(article, **change).content_hash for change in changes}
    assert len(hashes) == len(changes)
    assert article.content_hash not in hashes
