"""Charts: inside their width, named, and harmless."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from app.page.charts import Column, Dot, Tick, along, columns, interval, spark, steps
from tests.app.hostile import HOSTILE

CHARTS = [
    columns(
        "Articles", "Told.", [Column(f"{month} 2026", month, n) for n, month in enumerate("abcdefghijkl")]
    ),
    along("When", "Told.", [Dot(at / 10, "so", quiet=at % 2 == 0) for at in range(11)], [Tick(0, "then")]),
    steps("Figure", "Told.", [(0.0, 412, "412"), (0.5, 520, "520"), (1.0, 495, "495")]),
    interval(0.2, 0.4, 0.9),
    spark([1, 0, 3], 3),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_well_formed_and_within_its_width(chart: str) -> None:
    ElementTree.fromstring(chart)
    shares = [float(share) for share in re.findall(r'"(-?[\d.]+)%"', chart)]
    assert shares
    assert all(0 <= share <= 100 for share in shares)


@pytest.mark.parametrize("chart", CHARTS[:3])
def test_a_chart_says_in_words_what_it_shows(chart: str) -> None:
    image = ElementTree.fromstring(chart).find("svg")
    assert image is not None
    assert image.get("role") == "img"
    assert str(image.get("aria-label")).endswith("Told.")


def test_labels_at_the_ends_stay_inside_and_every_second_one_can_be_left_out() -> None:
    chart = along("When", "Told.", [Dot(0.5, "so")], [Tick(at / 3, f"tick {at}") for at in range(4)])
    told = [
        (text.get("text-anchor"), text.get("class")) for text in ElementTree.fromstring(chart).iter("text")
    ]
    assert told == [("start", None), ("middle", "second"), ("middle", "second"), ("end", None)]
    labels = list(ElementTree.fromstring(CHARTS[0]).iter("text"))
    assert [label.get("class") for label in labels] == [None, "second"] * 3


def test_dots_of_the_same_day_stand_above_one_another() -> None:
    chart = along("When", "", [Dot(0.5, "a"), Dot(0.5, "b"), Dot(0.9, "c")], [])
    heights = re.findall(r'cy="(\d+)"', chart)
    assert len(set(heights)) == 2
    assert heights[0] == heights[2]


def test_nothing_to_draw_draws_nothing() -> None:
    assert "<rect" not in columns("Articles", "", [])
    assert "<rect" not in spark([0, 0], 0)
    assert "<line" in steps("Figure", "", [(0.0, 5, "5"), (1.0, 5, "5")])
    assert "stroke" not in interval(None, 0.5, None)


def test_text_from_outside_stays_text() -> None:
    text = " ".join(HOSTILE)
    for chart in (
        columns(text, text, [Column(text, text, 1)]),
        along(text, text, [Dot(0.1, text)], [Tick(0.1, text)]),
        steps(text, text, [(0.0, 1, text), (1.0, 2, text)]),
    ):
        names = {element.tag for element in ElementTree.fromstring(chart).iter()}
        assert names <= {"figure", "figcaption", "svg", "rect", "line", "circle", "text", "title"}
