"""The default verifier: what it calls supported, partial, contradicted and unsupported, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agree.verifier import AgreementVerifier
from app.agree.weigh import shipped
from app.verify import Evidence, Judgement, open_verifier
from ingest.article import Article, Moment
from ingest.embed import TokenVectors
from ingest.fakes import HashEmbedder

TEXT = (
    "HALVERN — Halvern beat Maresby 2-1 on Friday. Inflation had fallen to 3.2 percent in February, the "
    "statistics office said. “We are not closing the bridge,” said Brigadier General James Glynn, who "
    "commands the base. The company plans to close its Maresby bakery, which employs 870 people. He denied "
    "that the tunnel had been flooded. Police arrested more than a dozen protesters in Port Ellery on "
    "Tuesday. The court upheld the ban on goats, and the minister has not resigned. The ban was lifted if it "
    "did not. Ann Lee, the mayor, was unmoved. “Bridges do not argue,” she said, “but mayors do.”"
)
ARTICLE = Article("a1", "A day in Halvern", TEXT, "Tarran Ledger", published=Moment.parse("2026-03-14"))
OTHER = Article("a2", "Goats", "The goats of Skerrow won a prize of €400. Nobody was hurt.", "Courier")
VERIFIER = AgreementVerifier(HashEmbedder(128))


def whole(article: Article) -> Evidence:
    return Evidence(article, 0, len(article.text))


def judged(claim: str, *evidences: Evidence) -> Judgement:
    (judgement,) = VERIFIER.verify([(claim, evidences or (whole(ARTICLE),))])
    return judgement


class Silent:
    """A model that must not be asked."""

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        raise AssertionError(f"asked about {texts}")


@pytest.mark.parametrize(
    "claim",
    [
        "Halvern beat Maresby 2-1 on Friday.",
        "Inflation had fallen to 3.2 percent in February, the statistics office said.",
        '"We are not closing the bridge," said Brigadier General James Glynn, who commands the base.',
        "Halvern beat Maresby 2-1 on Friday. The goats of Skerrow won a prize of €400.",
    ],
)
def test_what_stands_in_the_evidence_is_supported_without_asking_the_model(claim: str) -> None:
    (judgement,) = AgreementVerifier(Silent()).verify([(claim, [whole(ARTICLE), whole(OTHER)])])

    assert judgement.verdict == "supported"
    assert judgement.support > 0.95
    assert judgement.faults == ()


def test_the_span_is_where_the_claim_stands() -> None:
    (number, start, end), *_ = judged("Nobody was hurt.", whole(ARTICLE), whole(OTHER)).spans

    assert number == 1
    assert OTHER.text[start:end] == "Nobody was hurt."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("Halvern beat Maresby 3-1 on Friday.", "number"),
        ("Halvern beat Maresby 1-2 on Friday.", "number"),
        ("Inflation had fallen to 9.8 percent in February, the statistics office said.", "number"),
        ("Halvern beat Maresby 2-1 on Thursday.", "date"),
        ("Halvern beat Maresby 2-1 on March 12.", "date"),
        ("Maresby beat Halvern 2-1 on Friday.", "name"),
        ("Halvern beat Skerrow 2-1 on Friday.", "name"),
        ("Inflation had risen to 3.2 percent in February, the statistics office said.", "direction"),
        ("The court overturned the ban on goats, and the minister has not resigned.", "direction"),
        ("The court upheld the ban on goats, and the minister has resigned.", "negation"),
        ("Inflation had not fallen to 3.2 percent in February, the statistics office said.", "negation"),
        ("The tunnel had been flooded.", "modality"),
        ("The ban was lifted if it did.", "negation"),
        ("“We are not closing the bridge,” said Ann Lee, who commands the base.", "speaker"),
    ],
)
def test_what_was_swapped_contradicts(claim: str, kind: str) -> None:
    judgement = judged(claim)

    assert judgement.verdict == "contradicted"
    assert kind in {fault.kind for fault in judgement.faults if fault.contradicts}


def test_a_fault_is_said_in_plain_words() -> None:
    (fault,) = judged("Inflation had fallen to 9.8 percent in February, the statistics office said.").faults

    assert fault.text == "The article says 3.2 percent, not 9.8 percent."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("The company closed its Maresby bakery, which employs 870 people.", "modality"),
        ("The company plans to close its Maresby brewery, which employs 870 people.", "meaning"),
        ("“We are closing no bridge ever again,” said Brigadier General James Glynn.", "quotation"),
        ("Odile Renshaw's company plans to close its Maresby bakery.", "name"),
    ],
)
def test_what_is_not_said_is_no_more_than_partial(claim: str, kind: str) -> None:
    judgement = judged(claim)

    assert judgement.verdict in ("partial", "unsupported", "contradicted")
    assert kind in {fault.kind for fault in judgement.faults}


@pytest.mark.parametrize(
    "claim",
    [
        "Halvern beat Maresby 2-1 on March 13.",
        "Halvern beat Maresby 2-1 on Friday, the Tarran Ledger reported.",
        "Inflation fell to 3.2 percent in February, the statistics office said.",
        "“We are not closing the bridge,” Glynn said.",
        "Police arrested more than 12 protesters in Port Ellery on Tuesday.",
        "The ban on goats was upheld by the court.",
        "“Bridges do not argue,” said Ann Lee.",
        "The Tarran Ledger reported on 14 March 2026 that Halvern beat Maresby 2-1 on Friday.",
        "According to the Tarran Ledger, inflation had fallen to 3.2 percent in February.",
        "Halvern beat Maresby 2-1 on Friday, and the court upheld the ban on goats.",
        "Halvern beat Maresby 2-1 on Friday [March 13, 2026].",
    ],
)
def test_honest_changes_are_not_contradicted(claim: str) -> None:
    judgement = judged(claim)

    assert judgement.verdict in ("supported", "partial")
    assert not any(fault.contradicts for fault in judgement.faults)


def test_evidence_may_be_combined() -> None:
    claim = "Halvern beat Maresby 2-1 on Friday. The goats of Skerrow won a prize of €400."

    assert judged(claim, whole(ARTICLE), whole(OTHER)).verdict == "supported"
    assert judged(claim, whole(ARTICLE)).verdict != "supported"
    assert judged(claim, whole(OTHER)).verdict != "supported"


def test_what_the_evidence_is_not_about_is_unsupported() -> None:
    judgement = judged("A comet has been seen above seven distant observatories.")

    assert judgement.verdict == "unsupported"
    assert judgement.support < shipped().unsupported


@pytest.mark.parametrize(
    ("claim", "evidences"), [("It rained.", ()), ("", (whole(ARTICLE),)), ("…", (whole(ARTICLE),))]
)
def test_nothing_to_compare_is_unsupported(claim: str, evidences: tuple[Evidence, ...]) -> None:
    (judgement,) = VERIFIER.verify([(claim, evidences)])

    assert judgement == Judgement("unsupported", 0.0, ())


@pytest.mark.parametrize("span", [(5, 5), (15, 16)])
def test_a_stretch_without_a_sentence_carries_nothing(span: tuple[int, int]) -> None:
    article = Article("blank", "", "The ferry sank.  It was old.", "Echo")
    judgement = judged("The moon is made of cheese.", Evidence(article, *span))
    assert (judgement.verdict, judgement.support) == ("unsupported", 0.0)


def test_a_time_may_be_counted_from_the_day_of_any_of_the_articles() -> None:
    texts = {"2024-06-10": "The mill burned on 3 June.", "2026-06-10": "The mill reopened last week."}
    articles = [Article(day, "", text, "Echo", published=Moment.parse(day)) for day, text in texts.items()]
    for order in (articles, articles[::-1]):
        found = judged("The mill was open again last week.", *map(whole, order))
        assert not [fault for fault in found.faults if fault.kind == "date"]


def test_only_the_stretch_is_evidence() -> None:
    start = TEXT.index("Police")
    (judgement,) = VERIFIER.verify(
        [("Halvern beat Maresby 2-1 on Friday.", [Evidence(ARTICLE, start, len(TEXT))])]
    )

    assert judgement.verdict != "supported"


def test_judgements_come_in_order_and_do_not_depend_on_company() -> None:
    claims = ["Nobody was hurt.", "Halvern beat Maresby 3-1 on Friday.", "Goats won a prize."]
    pairs = [(claim, (whole(ARTICLE), whole(OTHER))) for claim in claims]

    assert VERIFIER.verify(pairs) == [VERIFIER.verify([pair])[0] for pair in pairs]
    assert VERIFIER.verify([]) == []


def test_it_says_what_it_does_not_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSDESK_ENTAILMENT", raising=False)
    verifier = open_verifier(HashEmbedder(8))

    assert verifier.name == "agreement"
    assert verifier.checked.endswith("not the meaning")


def consistent(judgement: Judgement, evidences: Sequence[Evidence]) -> None:
    """What holds of every judgement."""
    assert 0 <= judgement.support <= 1
    against = any(fault.contradicts for fault in judgement.faults)
    assert against == (judgement.verdict == "contradicted")
    if judgement.verdict == "supported":
        assert judgement.faults == ()
        assert judgement.support >= shipped().supported
    if judgement.verdict in ("unsupported", "contradicted"):
        assert judgement.support < shipped().supported
    for number, start, end in judgement.spans:
        one = evidences[number]
        assert one.start <= start < end <= one.end


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_judged(claim: str, texts: list[str]) -> None:
    evidences = [whole(Article(str(n), "", text)) for n, text in enumerate(texts)]
    consistent(judged(claim, *evidences), evidences) if evidences else judged(claim)


_WORDS = st.sampled_from([*TEXT.split(), "not", "March", "May", "no", "7", "said", "“", "”", ",", "Ann"])


@given(st.lists(_WORDS, max_size=25).map(" ".join), st.lists(_WORDS, max_size=40).map(" ".join))
def test_any_mixture_of_newspaper_words_can_be_judged(claim: str, text: str) -> None:
    evidences = [whole(Article("a", "Title", text, published=Moment.parse("2026-03-14")))]
    consistent(judged(claim, *evidences), evidences)


@given(st.text(), st.text(min_size=1).filter(lambda text: any(c.isalnum() for c in text)), st.text())
def test_a_whole_sentence_of_the_evidence_is_always_supported(before: str, sentence: str, after: str) -> None:
    sentence = " ".join(sentence.split())
    text = f"{before}\n\n{sentence}\n\n{after}"
    judgement = judged(sentence, whole(Article("a", "", text)))

    assert judgement.verdict == "supported"
    assert judgement.support > 0.95
