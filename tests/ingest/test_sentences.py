"""Sentence spans: the library's boundaries, quotations kept whole, nothing lost on any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. St. Brannock left. He ran.", ["Dr. St. Brannock left.", "He ran."]),
        ("No. 4 cost 3.5 million at 3 p.m. It rained.", ["No. 4 cost 3.5 million at 3 p.m.", "It rained."]),
        ("“It failed. We knew,” she said. He left.", ["“It failed. We knew,” she said.", "He left."]),
        ('"It failed. We knew," she said. He left.', ['"It failed. We knew," she said.', "He left."]),
        ("It opens at 12.07 a.m. ET on Monday.", ["It opens at 12.07 a.m. ET on Monday."]),
        ("It is at 8 p.m. Monday. It rained.", ["It is at 8 p.m. Monday.", "It rained."]),
        ("It is at 8 p.m. May 5.", ["It is at 8 p.m. May 5."]),
        ("It was 8 p.m. Mayor Lind left.", ["It was 8 p.m.", "Mayor Lind left."]),
        ("It was 8 p.m. Marsh left.", ["It was 8 p.m.", "Marsh left."]),
        ("It is at 8 p.m. Sept. 5.", ["It is at 8 p.m. Sept. 5."]),
        ("Senator J.D. Vance won.", ["Senator J.D. Vance won."]),
        ("She is a J.D. She won.", ["She is a J.D.", "She won."]),
        ("It is at 340 N. Third Street. Go.", ["It is at 340 N. Third Street.", "Go."]),
        ("Rep. Olga Quill, D-N.Y., won. He ran.", ["Rep. Olga Quill, D-N.Y., won.", "He ran."]),
        ("Sen. Ivo Marsh, R-W. Va., won.", ["Sen. Ivo Marsh, R-W. Va., won."]),
        ("It was Ivo Marsh, D-Minn. and Olga Quill.", ["It was Ivo Marsh, D-Minn. and Olga Quill."]),
        ("She beat Ivo Marsh, D-Minn. Quill won.", ["She beat Ivo Marsh, D-Minn.", "Quill won."]),
        ("Ivo Marsh, D-Minn.\n\nAda Quill, R-S.C.", ["Ivo Marsh, D-Minn.", "Ada Quill, R-S.C."]),
        ("“Who are we?” he said. We?", ["“Who are we?” he said.", "We?"]),
        ("Yahoo! said so. iPhones fell.", ["Yahoo! said so.", "iPhones fell."]),
        ("A headline\n\nA paragraph.", ["A headline", "A paragraph."]),
        ("“An open quotation.\n\nNext one.", ["“An open quotation.", "Next one."]),
        ("  spaced.  ", ["spaced."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_long_quotation_is_cut_after_all() -> None:
    text = "“" + "This sentence goes on for a while. " * 30 + "” he said."
    assert len(sentences(text)) > 1


def test_a_long_run_of_what_may_go_on_is_cut_after_all() -> None:
    assert max(map(len, sentences("are you? " * 500))) <= 400


@given(st.one_of(st.text(), st.text(alphabet='Ab. "“”\n\t!?\x85\u2029\u00a0。한\U0001f600')))
@example("“\u2029\u2029“\x85b\u2029\x85!.”“ “\x85.“a")
@example("x\ud800. y")
def test_spans_are_trimmed_disjoint_and_cover_everything(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(s.split()) for s in sentences(text)) == "".join(text.split())
