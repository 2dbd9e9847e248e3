"""Three invented outlets on one storm, a model that says what it is told, and a verifier of few words."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Sequence

from app.answer import Hit, Sentence
from app.verify import Evidence, Fault, Judgement
from ingest.article import Article, Moment, Passage
from ingest.chunk import passages_of
from ingest.sentences import sentence_spans

ECHO = Article(
    "echo",
    "Storm wrecks the pier at Orrin",
    "A storm tore 40 metres off the pier at Orrin on Tuesday, the harbour office said.\n\n"
    "Two anglers were rescued by the lifeboat, and nobody was hurt. Harbourmaster Ada Quill watched it from "
    "her window.\n\n"
    "“I heard a crack like a plank in the frost,” said Ada Quill. “Then the bandstand left.”\n\n"
    "The council put the damage at 3.2 million euros. Mayor Olga Brandt will open a fund on Friday.",
    "The Orrin Echo",
    ("Ned Harrow",),
    Moment.parse("2031-11-05"),
)
POST = Article(
    "post",
    "Orrin counts the cost of the storm",
    "Insurers expect to pay 4.1 million euros for the pier at Orrin. The lifeboat crew was out for six hours."
    "\n\n"
    "“We will build it again in oak and iron,” Mayor Olga Brandt told the council on Wednesday.\n\n"
    "Ivo Marsh, who sold ice cream on the pier, has lost his stall. Olga Brandt beat Ivo Marsh by 40 votes "
    "in May.",
    "Inland Post",
    (),
    Moment.parse("2031-11-06"),
)
LEDGER = Article(
    "ledger",
    "Lamp works to close",
    "The lamp works in Marl will close in June with the loss of 212 jobs, the owner Brandt Lamps said.\n\n"
    "“Nobody buys lamps that can be mended,” said the director, Pia Lund.",
    "The Marl Ledger",
    (),
    Moment.parse("2031-10-30"),
)
PRESS = (ECHO, POST, LEDGER)


def hits_of(*articles: Article) -> list[Hit]:
    """All passages of the articles in the order given."""
    return [
        Hit(passage, 1.0 - rank / 10, article.title, article.source, article.published, article.url)
        for rank, article in enumerate(articles)
        for passage in passages_of(article)
    ]


def hit(article: Article, start: int = 0, end: int | None = None) -> Hit:
    stop = len(article.text) if end is None else end
    passage = Passage(article.id, start, stop, article.text[start:stop])
    return Hit(passage, 1.0, article.title, article.source, article.published, article.url)


def whole(*articles: Article) -> list[Evidence]:
    return [Evidence(article, 0, len(article.text)) for article in articles]


class Says:
    """Stands in for a model: streams what it is given, and keeps what it was asked."""

    name = "says"
    room = 4_000

    def __init__(self, *pieces: str | Exception) -> None:
        self._pieces: Iterable[str | Exception] = pieces
        self.asked: list[tuple[str, str]] = []

    def stream(self, system: str, user: str) -> Generator[str]:
        self.asked.append((system, user))
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


class WordForWord:
    """Supports a claim when one sentence has its words in their order; nothing else, and no meaning."""

    name = "word for word"
    checked = "words and their order"

    def __init__(self) -> None:
        self.calls = 0

    def verify(self, pairs: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        self.calls += 1
        return [self._judge(claim, evidence) for claim, evidence in pairs]

    def _judge(self, claim: str, evidence: Sequence[Evidence]) -> Judgement:
        for number, piece in enumerate(evidence):
            for start, end in sentence_spans(piece.text):
                if in_order(claim, piece.text[start:end]):
                    return Judgement("supported", 0.9, ((number, piece.start + start, piece.start + end),))
        return Judgement("unsupported", 0.1, (), (Fault("meaning", "No sentence says this.", False),))


def in_order(claim: str, sentence: str) -> bool:
    words = iter(re.findall(r"\w+", sentence.casefold()))
    return all(word in words for word in re.findall(r"\w+", claim.casefold()))


def is_shown(sentence: Sentence) -> bool:
    return sentence.verdict in ("supported", "partial")
