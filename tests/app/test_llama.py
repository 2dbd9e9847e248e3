"""Newsdesk used from LlamaIndex programs, for real: a retriever, a query engine, a pipeline with an LLM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import Newsdesk
from ingest.fakes import HashEmbedder
from tests.app.test_engine import ARTICLES, TOLL, fill


@pytest.fixture
def desk(home: Path) -> Iterator[Newsdesk]:
    fill(home, *ARTICLES)
    with Newsdesk.open(home, embedder=HashEmbedder()) as opened:
        yield opened


def test_the_retriever_gives_passages_with_their_place(desk: Newsdesk) -> None:
    nodes = desk.as_retriever(k=2).retrieve(TOLL)
    assert len(nodes) == 2
    for found in nodes:
        where = found.node.metadata
        assert desk.show(where["article_id"]).text[where["start"] : where["end"]] == found.node.get_content()
        assert found.score is not None
    assert nodes[0].score >= nodes[1].score


def test_the_query_engine_gives_the_answer_with_its_citations(desk: Newsdesk) -> None:
    response = desk.as_query_engine().query(TOLL)
    answer = desk.ask(TOLL)
    assert str(response) == answer.text
    assert response.metadata["newsdesk"]["sentences"] == answer.to_json()["sentences"]
    assert [n.node.metadata["article_id"] for n in response.source_nodes] == [
        h.passage.article_id for h in answer.hits
    ]


@pytest.mark.anyio
async def test_asynchronous_programs_get_the_same(desk: Newsdesk) -> None:
    response = await desk.as_query_engine().aquery(TOLL)
    assert str(response) == desk.ask(TOLL).text


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_pipeline_of_llama_index_stands_on_the_retriever(desk: Newsdesk) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.postprocessor import SimilarityPostprocessor
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.response_synthesizers import get_response_synthesizer

    engine = RetrieverQueryEngine(
        retriever=desk.as_retriever(k=3),
        response_synthesizer=get_response_synthesizer(llm=MockLLM(), response_mode="compact"),  # type: ignore[arg-type]
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=0.01)],
    )
    response = engine.query(TOLL)
    # The mock repeats its prompt: what reaches a model is the passage, its outlet and its date.
    assert "rose to thirty on Friday" in str(response)
    assert "Radio Tarrany" in str(response)
    assert response.source_nodes
