"""Whether the answer says what was expected. A refusal says nothing: that is counted as such and not hidden,
and whether refusing was right is measured apart (`eval.metrics.refusing`)."""

from __future__ import annotations

from collections import Counter

from app.wanted import wanted
from eval.case import Record
from eval.metrics.base import abstained, answers, by_id, citations, direct, holds, normalise, said, sentences


def token_f1(text: str, answer: str) -> float:
    """SQuAD's F1 of the words in common, both normalised, in 0..1 (Rajpurkar et al. 2016)."""
    given, expected = normalise(text).split(), normalise(answer).split()
    common = sum((Counter(given) & Counter(expected)).values())
    return 2 * common / (len(given) + len(expected)) if common else 0.0


def answers_directly(text: str, expected: tuple[str, ...]) -> bool:
    """Whether a short answer is right: it holds an expected one, or shares most of its words (F1 of .5)."""
    return holds(text, expected) or any(token_f1(text, one) >= 0.5 for one in expected)


def contains_answer(record: Record) -> float | None:
    """1 if the sentences of the answer contain an expected string: ALCE's string match (Gao et al. 2023).

    On whole words, where ALCE takes any substring. A refusal contains nothing: 0 if there was an answer
    to give (SQuAD 2.0 counts so, Rajpurkar et al. 2018). Does not apply without expected strings.
    """
    if not record.case.answers:
        return None
    return float(answers(record.case, said(record)))


def contains_answer_with_titles(record: Record) -> float | None:
    """As `contains_answer`, counting the headlines of the cited articles, which are shown with it."""
    if not record.case.answers:
        return None
    # Text by text, so that no match is stitched from the end of one and the start of another.
    return float(any(answers(record.case, text) for text in (said(record), *_titles(record))))


def answer_recall(record: Record) -> float | None:
    """How much of an expected answer is shown, headlines counted: its words by stem, its numbers as amounts.

    The best expected answer's share. Where a string match fails "six months" for "6" and "a new type of
    chicken nugget" for "chicken nuggets", recall judges long answers much as people do (Adlakha et al. 2024).
    A refusal shows nothing. Does not apply without expected strings.
    """
    if not record.case.answers:
        return None
    if abstained(record):
        return 0.0
    shown = (said(record), *_titles(record))
    return max(wanted(one, (), lambda _: 1.0).share_in(*shown) for one in record.case.answers)


def _titles(record: Record) -> list[str]:
    """The headlines of the cited articles."""
    shown = by_id(record)
    return [shown[c["article_id"]].title for c in citations(record) if c["article_id"] in shown]


def contains_answer_one(record: Record) -> float | None:
    """As `contains_answer_with_titles`, of the first sentence and the headline of its article alone."""
    if not record.case.answers:
        return None
    first, shown = sentences(record)[:1], by_id(record)
    cited = [shown.get(c["article_id"]) for sentence in first for c in sentence["citations"]]
    texts = [sentence["text"] for sentence in first] + [article.title for article in cited if article]
    return float(any(answers(record.case, text) for text in texts))


def best_token_f1(record: Record) -> float | None:
    """SQuAD's F1 with the best expected answer (Rajpurkar et al. 2016), of the short answer if there is one.

    Else of the whole answer, which is longer than SQuAD's and scores low for that. A refusal scores 0 where
    there was an answer to give (Rajpurkar et al. 2018). Does not apply without expected strings.
    """
    if not record.case.answers:
        return None
    given = "" if abstained(record) else direct(record) or said(record)
    return max(token_f1(given, one) for one in record.case.answers)


def direct_given(record: Record) -> float | None:
    """1 if a short answer was given. Only where one is expected."""
    return float(bool(direct(record))) if record.case.answers else None


def direct_right(record: Record) -> float | None:
    """1 if the short answer is right: holds an expected one, or shares most of its words (F1 of .5).

    Only where one was given and one is expected.
    """
    if not direct(record) or not record.case.answers:
        return None
    return float(answers_directly(direct(record), record.case.answers))


def choice_right(record: Record) -> float | None:
    """1 if the option chosen is an expected answer; choosing none is wrong. Only for cases with options.

    RealTimeQA's accuracy (Kasai et al. 2023).
    """
    if not record.case.choices or not record.case.answers:
        return None
    choice = (record.answer or {}).get("choice")
    return float(choice is not None and choice["text"] in record.case.answers)


def misled(record: Record) -> float | None:
    """1 if the answer holds what is known to be false, and nothing that is true.

    As RGB's altered passages would have it (Chen et al. 2024). Only for cases with wrong
    answers, and not for a refusal.
    """
    if not record.case.wrong or abstained(record):
        return None
    text = direct(record) or said(record)
    return float(holds(text, record.case.wrong) and not holds(text, record.case.answers))


def conflict_shown(record: Record) -> float | None:
    """1 if a note of the answer sets a true value beside a false one. Only where the articles differ.

    Stricter than RGB's error detection (Chen et al. 2024), which asks only that an error be mentioned.
    """
    if not record.case.contested or not record.case.wrong:
        return None
    for note in (record.answer or {}).get("notes", []):
        values = [reading["value"] for reading in note["readings"]]
        both = (record.case.answers, record.case.wrong)
        if all(any(holds(value, wanted) for value in values) for wanted in both):
            return 1.0
    return 0.0


def conflict_false(record: Record) -> float | None:
    """1 if reports are said to differ where they do not. Only where it is known that they agree."""
    if record.case.contested is not False:
        return None
    return float(any(note["kind"] == "conflict" for note in (record.answer or {}).get("notes", [])))


def answer_words(record: Record) -> float | None:
    """How many words the answer has, separated by white space. Does not apply to a refusal."""
    return None if abstained(record) else float(len(said(record).split()))


def shown_words(record: Record) -> float | None:
    """How many words are shown: the sentences and the headlines of the articles they cite, each once."""
    if abstained(record):
        return None
    shown = by_id(record)
    cited = dict.fromkeys(c["article_id"] for c in citations(record) if c["article_id"] in shown)
    return float(sum(len(text.split()) for text in (said(record), *(shown[id_].title for id_ in cited))))
