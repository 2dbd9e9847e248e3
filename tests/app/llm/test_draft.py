"""A model's output becomes sentences with numbers, however it is cut and whatever it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.draft import REFUSAL, Draft, cited, drafts
from app.page.text import visible


def read(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(draft.text, draft.cites) for draft in drafts([text])]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1]", (1,)),
        ("[1, 2]", (1, 2)),
        ("[2][1]", (2, 1)),
        ("[1] [1]", (1,)),
        ("[1-3]", (1, 2, 3)),
        ("[1–2; 7]", (1, 2, 7)),
        ("[3-1]", ()),
        ("[1-900]", ()),
        ("[99]", (99,)),
        ("[^4]", (4,)),
        ("[Passage 2]", (2,)),
        ("[Sources: 2, 3]", (2, 3)),
        ("【5】", (5,)),
        ("【5†source】", (5,)),
        ("[2](https://example.org/a)", (2,)),
        (r"\[1\]", (1,)),
        ("［1］", (1,)),
        ("[[1]]", (1,)),
        ("<sup>1</sup>", (1,)),
    ],
)
def test_marks_of_every_kind_are_read_and_taken_out(mark: str, numbers: tuple[int, ...]) -> None:
    after = f"The pier fell on Tuesday. {mark} Nobody was hurt. [8]"
    before = f"The pier fell on Tuesday {mark}. Nobody was hurt [8]."
    glued = f"The pier fell on Tuesday.{mark}Nobody was hurt.[8]"

    for text in (after, before, glued):
        assert read(text) == [("The pier fell on Tuesday.", numbers), ("Nobody was hurt.", (8,))]


@pytest.mark.parametrize("text", ["In [2025] it fell.", "He said [sic] so.", "It rose [by 3] today."])
def test_other_brackets_are_no_marks(text: str) -> None:
    assert read(text) == [(text, ())]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith met Mr. J. R. Brandt on Nov. 5 at noon.",
        "The U.S. Army paid 3.2 million euros.",
        "“It will hold. It must,” Quill said.",
        "It is called No. 7, i.e. the last one.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert read(f"{sentence} [1] She left. [2]") == [(sentence, (1,)), ("She left.", (2,))]


def test_a_new_quotation_begins_a_new_sentence() -> None:
    assert read("“It must,” Quill said [2]. “Then the bandstand left.” [3]") == [
        ("“It must,” Quill said.", (2,)),
        ("“Then the bandstand left.”", (3,)),
    ]


def test_markdown_is_taken_off() -> None:
    text = (
        "# The storm\n\n**Summary**\n\nHere is what they say:\n"
        "- **Two anglers** were *rescued* [1]\n* The `pier` fell. [2]\n2. See [the map](https://x.example).\n"
        "> It <b>cost</b> 3 million ![x](https://x.example/p) [3].\n\n---\n\n```text\nThe end came.\n```\n"
    )

    assert read(text) == [
        ("Two anglers were rescued", (1,)),
        ("The pier fell.", (2,)),
        ("See the map.", ()),
        ("It cost 3 million.", (3,)),
        ("The end came.", ()),
    ]


def test_a_line_that_the_model_wrapped_goes_on() -> None:
    text = "The pier at Orrin fell into the sea on the night of the storm of\nNovember [1]. It\nwas old. [2]"

    assert [t for t, _ in read(text)] == [
        "The pier at Orrin fell into the sea on the night of the storm of November.",
        "It was old.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<think>It was false. Surely.</think>The pier fell [1].",
        "<thinking>\nIt was false.\n\nSurely.</thinking>\n\nThe pier fell [1].",
        "It was false and</think> The pier fell [1].",
        "The <THINK>was false.</THINK>pier fell [1].",
    ],
)
def test_thinking_aloud_is_dropped(text: str) -> None:
    assert read(text) == [("The pier fell.", (1,))]


def test_a_thought_without_an_end_leaves_nothing() -> None:
    assert read("<think>The pier fell. It was old. [1]") == []


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("It was ol", []),
        ("It was old", []),
        ("It was old.", ["It was old."]),
        ("It was old [2]", ["It was old"]),
    ],
)
def test_a_last_sentence_that_was_cut_off_is_dropped(end: str, kept: list[str]) -> None:
    assert [text for text, _ in read(f"The pier fell [1]. {end}")] == ["The pier fell.", *kept]


@pytest.mark.parametrize("text", [REFUSAL, f"{REFUSAL}.", f"**{REFUSAL}**\n", f"“{REFUSAL}”"])
def test_a_refusal_is_read_however_it_is_dressed(text: str) -> None:
    assert list(drafts([text])) == [Draft(REFUSAL, ())]


def test_a_refusal_after_a_sentence_ends_the_sentence() -> None:
    assert [text for text, _ in read(f"The pier fell [1]. {REFUSAL}")] == ["The pier fell.", REFUSAL]


def test_scripts_without_spaces_are_cut_into_sentences() -> None:
    assert read("码头倒塌了。[1]没有人受伤。两人获救[2]。") == [
        ("码头倒塌了。", (1,)),
        ("没有人受伤。", ()),
        ("两人获救。", (2,)),
    ]


def test_hidden_characters_are_taken_out() -> None:
    assert read("The \u202epi\u200ber\x07 fell\U000e0041 [1].") == [("The pier fell.", (1,))]


def test_a_sentence_comes_as_soon_as_the_next_word_is_there() -> None:
    sent: list[str] = []

    def stream() -> Iterator[str]:
        for piece in ("The pier fell [1]. ", "Nobody ", "was hurt [2]."):
            sent.append(piece)
            yield piece

    assert next(drafts(stream())).text == "The pier fell."
    assert len(sent) == 2


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "The",
                "pier",
                "fell",
                "Dr.",
                "3.2",
                "a.",
                "1.",
                "NO_ANSWER",
                "码头",
                "。",
                ".",
                "!",
                ":",
                "’",
                "“",
                "”",
            ),
            *(
                "[1]",
                "[1, 2]",
                "【3】",
                "[a](b)",
                "[",
                "]",
                "(",
                ")",
                "#",
                "-",
                "*",
                "**",
                "_",
                "|",
                "```",
                ">",
                "<b>",
            ),
            *("<think>", "</think>", " ", " ", "\n", "\n\n", "\t", "\u202e", "\x00"),
        ]
    ),
    max_size=60,
).map("".join)
ANYTHING = st.text(max_size=300) | PIECES


@given(text=ANYTHING, cuts=st.lists(st.integers(1, 7), min_size=1, max_size=20))
def test_the_sentences_are_the_same_however_the_stream_is_cut(text: str, cuts: list[int]) -> None:
    pieces: list[str] = []
    at = 0
    while at < len(text):
        size = cuts[len(pieces) % len(cuts)]
        pieces.append(text[at : at + size])
        at += size

    assert list(drafts(pieces)) == list(drafts([text]))


@given(text=ANYTHING)
def test_any_output_gives_plain_sentences(text: str) -> None:
    for draft in drafts([text]):
        assert draft.text == visible(" ".join(draft.text.split()))
        assert draft.text
        assert cited(draft.text) == ()


def test_much_output_is_read_in_no_time() -> None:
    for text in (
        "a. " * 20_000,
        "a" * 50_000,
        "[1" * 20_000,
        "<think" * 9_000,
        "\n" * 50_000,
        "“a. " * 9_000,
    ):
        assert sum(len(draft.text) for draft in drafts([text])) <= len(text)


@pytest.mark.parametrize(
    "text", ["It fell at Orrin (1).", "It fell at Orrin [1.", "It fell at Orrin []. [1]"]
)
def test_marks_at_the_end_may_be_round_or_open(text: str) -> None:
    assert read(text) == [("It fell at Orrin.", (1,))]


def test_figures_in_brackets_inside_a_sentence_are_no_marks() -> None:
    assert read("Ida Quist (34) said so.") == [("Ida Quist (34) said so.", ())]


def test_a_table_is_no_sentence() -> None:
    table = "| Town | Dead |\n|---|---|\n| Orrin | 3 |\n\n"

    assert read(f"{table}The pier fell [1].\n{table}") == [("The pier fell.", (1,))]


@pytest.mark.parametrize(
    "thought",
    [
        "<|channel|>analysis<|message|>It may.<|end|><|start|>assistant<|channel|>final<|message|>",
        "<|channel|>analysis It may stand. <|channel|>final ",
        "◁think▷It may stand.◁/think▷",
        "<|channel|>final<|message|>",
    ],
)
def test_thoughts_in_other_tags_are_not_said(thought: str) -> None:
    assert read(f"{thought}The pier fell [1].<|return|>") == [("The pier fell.", (1,))]
    assert [d.text for d in drafts(iter(f"{thought}The pier fell [1]."))] == ["The pier fell."]
