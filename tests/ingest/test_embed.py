"""Embedders give unit vectors in order, never cut a text, and need neither torch nor a network by default."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ingest import embed, ov_backend
from ingest.embed import MINILM, Embedder, MiniLM, cuts, open_embedder
from ingest.errors import EmbedderError
from ingest.prompts import Prompts
from ingest.st_backend import SentenceTransformersEmbedder
from tests.conftest import ROOT

SENTENCES = [
    "The harbour bridge will open a year late, the ministry said on Monday.",
    "Ministers met in the capital to discuss the price of bread.",
    "The striker scored twice as the visitors won 3-1.",
    "A ferry ran aground off the northern islands; nobody was hurt.",
    "Why was the tunnel closed?",
    "Shares fell 4.2 % after the quarterly report.",
    "“We will not resign,” said Mayor Ólafur Þórsson.",
    "Wildfires forced 1,200 people out of their homes near the lake.",
    "Правительство повысило пенсии на пять процентов.",
    "政府は月曜日に新しい橋を開通させた。",
    "The court ruled 5–4; the dissent runs to 61 pages.",
    "Who leads the central bank?",
    "OIL",
    "def main(): return {'a': [1, 2, 3]}",
]
PASSAGES = [" ".join(SENTENCES[start:] + SENTENCES[:start]) for start in range(0, 12, 2)]
HOSTILE = [
    "",
    " " * 1_000_000,
    "a" * 1_000_000,
    "\ud800 broken \udfff",
    "\x00\x01\x02",
    "<|endoftext|>",
    "[CLS] [PAD] [SEP] [MASK]",
    "\u202e\u200b\U000e0041",
    "e" + "\u0301" * 5000,
    "?!" * 3000,
]
EIGHT_BITS = pytest.mark.skipif(ov_backend.suited() == "any", reason="no 8-bit dot products here")


def cosines(first: embed.Floats, second: embed.Floats) -> embed.Floats:
    return np.asarray((first * second).sum(axis=1))


def run(program: str) -> subprocess.CompletedProcess[str]:
    """The program in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


# The fake


def test_the_fake_finds_texts_that_share_words_alike() -> None:
    fake = open_embedder("fake-hash-64")
    assert (fake.name, fake.dimension) == ("fake-hash-64", 64)
    near, far = fake.embed(["Ministers resigned on Mondays", "Cats sleep"]) @ fake.embed_query(
        "minister resigns"
    )
    assert near > 0.5 > abs(far)


def test_the_fake_is_the_same_in_every_process() -> None:
    program = (
        "from ingest.fakes import HashEmbedder; print(HashEmbedder().embed_query('Bridge opens').tolist())"
    )
    printed = {run(program).stdout for _ in range(2)}
    assert printed == {f"{open_embedder('fake-hash-64').embed_query('Bridge opens').tolist()}\n"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_the_fake_survives(text: str) -> None:
    vector = open_embedder("fake-hash-64").embed_query(text)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_fake_gives_a_vector_for_each_word() -> None:
    text = "Bridge opens, bridges open"
    (tokens,) = open_embedder("fake-hash-16").tokens([text])
    assert [text[start:end] for start, end in tokens.offsets] == tokens.pieces
    assert tokens.vectors.shape == (4, 16)
    assert np.allclose(tokens.vectors[0], tokens.vectors[2])


@pytest.mark.parametrize("dimension", [1, 33, 1024])
def test_the_fake_has_any_dimension(dimension: int) -> None:
    fake = open_embedder(f"fake-hash-{dimension}")
    assert fake.embed(["a", "b"]).shape == (2, dimension)
    assert fake.embed([]).shape == (0, dimension)


# Where long texts are cut


@pytest.mark.parametrize("room", [1, 7, 30, 254])
@pytest.mark.parametrize("length", [0, 1, 30, 31, 254, 255, 1000])
@pytest.mark.parametrize("word", [1, 3, 1000])
def test_no_part_is_longer_than_there_is_room(room: int, length: int, word: int) -> None:
    offsets = [(piece + piece // word, piece + piece // word + 1) for piece in range(length)]
    at = [0, *cuts(offsets, room), length]
    assert at == sorted(at)
    assert all(end - start <= room for start, end in pairwise(at))
    assert len(at) - 1 <= 2 + length / (room * 3 / 4)


def test_words_are_kept_whole() -> None:
    offsets = [(word * 6 + part, word * 6 + part + 1) for word in range(200) for part in range(3)]
    assert all(at % 3 == 0 for at in cuts(offsets, 100))


@pytest.mark.parametrize(
    ("flags", "precision"),
    [
        ("sse avx2", "any"),
        ("avx2 avx_vnni", "int8"),
        ("avx512_vnni avx512_bf16", "int8"),
        ("amx_bf16", "bf16"),
    ],
)
def test_the_processor_decides_the_precision(flags: str, precision: str, tmp_path: Path) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"model\t: x\nflags\t\t: fpu {flags}\nbugs\t: none\n")
    assert ov_backend.suited(cpu) == precision
    assert ov_backend.suited(tmp_path / "none") == "any"


# The real model


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return SentenceTransformersEmbedder(MINILM, str(embed._packaged()), Prompts())


@pytest.mark.model
@pytest.mark.parametrize("precision", ["", "f32", pytest.param("int8", marks=EIGHT_BITS)])
def test_every_precision_gives_the_vectors_of_sentence_transformers(
    precision: str, reference: Embedder
) -> None:
    model = MiniLM(embed._packaged(), precision)
    texts = SENTENCES + PASSAGES
    assert model.sound()
    assert cosines(model.embed(texts), reference.embed(texts)).min() > 0.99
    for ours, theirs in zip(model.tokens(PASSAGES), reference.tokens(PASSAGES), strict=True):
        assert (ours.pieces, ours.offsets) == (theirs.pieces, theirs.offsets)
        assert cosines(ours.vectors, theirs.vectors).mean() > 0.99


@pytest.mark.model
@pytest.mark.parametrize("count", [0, 1, 3, 65])
def test_vectors_come_in_the_order_of_the_texts(count: int, minilm: Embedder) -> None:
    texts = [f"{number} {SENTENCES[number % 14]}" * (1 + number % 5) for number in range(count)]
    together = minilm.embed(texts)
    assert together.shape == (count, minilm.dimension)
    assert together.dtype == np.float32
    for text, vector in zip(texts, together, strict=True):
        assert minilm.embed_query(text) @ vector > 0.99


@pytest.mark.model
def test_a_long_text_is_read_to_its_end(minilm: Embedder) -> None:
    weather, football = "Rain is expected. " * 300, "The striker scored. " * 100
    long, alone = minilm.embed([weather + football, weather])
    query = minilm.embed_query("Who scored?")
    assert query @ long > query @ alone + 0.1
    text = weather + football
    (tokens,) = minilm.tokens([text])
    assert len(tokens.pieces) == len(tokens.vectors) == 300 * 4 + 100 * 4
    assert text[slice(*tokens.offsets[-2])] == "scored"


@pytest.mark.model
def test_hostile_texts_have_unit_vectors(minilm: Embedder, reference: Embedder) -> None:
    vectors = minilm.embed(HOSTILE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert cosines(vectors, reference.embed(HOSTILE)).min() > 0.99
    for text, tokens in zip(HOSTILE, minilm.tokens(HOSTILE), strict=True):
        assert tokens.vectors.shape == (len(tokens.pieces), minilm.dimension)
        assert all(0 <= start <= end <= len(text) for start, end in tokens.offsets)


@pytest.mark.model
@pytest.mark.parametrize("which", ["minilm", "reference"])
def test_threads_do_not_disturb_each_other(which: str, request: pytest.FixtureRequest) -> None:
    model: Embedder = request.getfixturevalue(which)
    alone = [model.embed([text]) for text in PASSAGES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: model.embed([text]), PASSAGES * 3))
    assert all(np.allclose(a, b, atol=1e-4) for a, b in zip(alone * 3, together, strict=True))


@pytest.mark.model
def test_without_openvino_torch_does_it(
    minilm: Embedder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "ingest.ov_backend", None)
    slower = open_embedder()
    assert (slower.name, slower.dimension) == (MINILM, 384)
    assert slower.backend.startswith("torch")
    assert "slower" in caplog.text
    texts = [*SENTENCES, "", PASSAGES[0] * 20]
    assert cosines(slower.embed(texts), minilm.embed(texts)).min() > 0.99


@pytest.mark.model
@EIGHT_BITS
def test_wrong_vectors_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ov_backend, "suited", lambda: "int8")
    monkeypatch.setattr(ov_backend, "DEVIATIONS", 0.1)
    assert open_embedder().backend == "openvino f32"


@pytest.mark.model
@pytest.mark.parametrize("name", ["nobody/nothing", "./no/such/folder", "fake-hash-0", "x" * 300, ""])
def test_an_unknown_model_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(EmbedderError, match=f"no embedding model '{name}' on this machine"):
        open_embedder(name)


@pytest.mark.model
def test_a_cold_query_needs_no_torch_and_ends_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import sys\n"
        "from ingest.embed import open_embedder\n"
        "model = open_embedder()\n"
        "model.embed(['Who won?'] * 50)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    for _ in range(3):
        done = run(program)
        assert done.returncode == 0, done.stderr
        assert not {"torch", "transformers", "sentence_transformers", "openvino_telemetry"} & {
            *done.stdout.split()
        }
    assert not list(tmp_path.iterdir())


# Any other model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Untrained models: `bare` reads 32 pieces at a time; `prompted`, `e5-small` and `default` are the same
    with their own prompts or a well-known name; `static` knows no context.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
    from tokenizers import Tokenizer
    from transformers import AutoTokenizer, BertConfig, BertModel

    made, packaged = tmp_path_factory.mktemp("models"), embed._packaged()
    size = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(BertConfig(vocab_size=30522, max_position_embeddings=64, **size)).save_pretrained(made / "bert")
    AutoTokenizer.from_pretrained(packaged).save_pretrained(made / "bert")
    modules = [Transformer(str(made / "bert"), max_seq_length=32), Pooling(32)]

    def save(name: str, default: str | None = None, **prompts: str) -> None:
        model = SentenceTransformer(
            modules=modules, prompts=prompts, default_prompt_name=default, device="cpu"
        )
        model.save(str(made / name))

    save("bare")
    save("e5-small")
    save("prompted", query="Represent this question: ", passage="Represent this text: ")
    save("default", default="search", search="For search: ")
    static = StaticEmbedding(Tokenizer.from_file(str(packaged / "tokenizer.json")), embedding_dim=16)
    SentenceTransformer(modules=[static], device="cpu").save(str(made / "static"))
    return made


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("prompted", "Represent this question: ", "Represent this text: "),
        ("e5-small", "query: ", "passage: "),
        ("bare", "", ""),
    ],
)
def test_another_model_reads_its_prompts_before_the_text(
    name: str, query: str, passage: str, folder: Path
) -> None:
    model, bare = open_embedder(str(folder / name)), open_embedder(str(folder / "bare"))
    assert (model.name, model.dimension) == (str(folder / name), 32)
    assert np.allclose(model.embed_query("bridge"), bare.embed_query(f"{query}bridge"), atol=1e-5)
    assert np.allclose(model.embed(["bridge"]), bare.embed([f"{passage}bridge"]), atol=1e-5)
    assert np.allclose(model.tokens(["bridge"])[0].vectors, bare.tokens(["bridge"])[0].vectors, atol=1e-5)


@pytest.mark.model
def test_prompts_that_are_set_come_before_the_models_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = open_embedder(str(folder / "bare"))
    monkeypatch.setenv("NEWSDESK_QUERY_PROMPT", "ask: ")
    monkeypatch.setenv("NEWSDESK_PASSAGE_PROMPT", "")
    model = open_embedder(str(folder / "prompted"))
    assert np.allclose(model.embed_query("bridge"), bare.embed_query("ask: bridge"), atol=1e-5)
    assert np.allclose(model.embed(["bridge"]), bare.embed(["bridge"]), atol=1e-5)


@pytest.mark.model
def test_minilm_obeys_a_prompt_that_is_set(minilm: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_QUERY_PROMPT", "Question: ")
    model = open_embedder()
    assert model.embed_query("Who won?") @ minilm.embed_query("Question: Who won?") > 0.99
    assert model.embed(["Who won?"])[0] @ minilm.embed_query("Who won?") > 0.99


@pytest.mark.model
@pytest.mark.parametrize("name", ["bare", "prompted", "default"])
def test_another_model_survives(name: str, folder: Path) -> None:
    vectors = open_embedder(str(folder / name)).embed([*HOSTILE[3:], ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
@pytest.mark.parametrize("name", ["prompted", "default"])
def test_another_model_reads_long_texts_to_their_end(name: str, folder: Path) -> None:
    model = open_embedder(str(folder / name))
    text = "rain is expected in the north " * 40
    (tokens,) = model.tokens([text])
    assert [text[start:end] for start, end in tokens.offsets] == tokens.pieces == text.split()
    assert model.embed([text])[0] @ model.embed([text + "football " * 40])[0] < 0.999


@pytest.mark.model
def test_a_static_model_has_one_vector_for_a_piece(folder: Path) -> None:
    model = open_embedder(str(folder / "static"))
    vectors = model.embed(["Rain", "Rain " * 9000, ""])
    assert vectors.shape == (3, 16)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    tokens, nothing = model.tokens(["Rain, more rain", ""])
    assert tokens.pieces == ["rain", ",", "more", "rain"]
    assert tokens.offsets == [(0, 4), (4, 5), (6, 10), (11, 15)]
    assert np.allclose(tokens.vectors[0], tokens.vectors[3])
    assert tokens.vectors.shape == (4, 16)
    assert nothing.vectors.shape == (0, 16)


@pytest.mark.model
def test_a_folder_without_a_model_says_why(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError) as caught:
        open_embedder(str(tmp_path))
    assert "that can be opened (" in str(caught.value)
    assert "\n" not in str(caught.value)
