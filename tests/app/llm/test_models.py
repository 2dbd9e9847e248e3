"""Language models by name, over a server of our own on this machine, and what is said when they fail."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from llama_index.core.llms import MockLLM

import app.llm.models
from app.answer import Sentence
from app.llm.models import LLMError, Model, _explained, condense, open_llm
from app.llm.writer import LLMWriter
from app.understand import understand
from ingest.errors import UsageError
from tests.app.llm.press import PRESS, Says, WordForWord, hits_of

ANSWER = "Two anglers were rescued by the lifeboat [1]. Nine were drowned [1]."


class Server(ThreadingHTTPServer):
    """Speaks enough of the chat interface that most servers share; `asked` keeps what it was sent."""

    daemon_threads = True

    def __init__(
        self, pieces: list[str], *, status: int = 200, pause: float = 0.0, breaks: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pieces, self.status, self.pause, self.breaks = pieces, status, pause, breaks
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def spec(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1#tiny"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is what some of these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path, **json.loads(body)})
        self.server.keys.append(self.headers["Authorization"])
        time.sleep(self.server.pause)
        self.send_response(self.server.status)
        if self.server.status != 200:
            self._end(b'{"error": {"message": "secret-key is wrong"}}', "application/json")
            return
        self.send_header("Content-Type", "text/event-stream")
        if self.server.breaks:
            self.send_header("Content-Length", "100000")
        self.end_headers()
        for piece in self.server.pieces:
            if self.path == "/api/chat":
                self._line({"message": {"role": "assistant", "content": piece}, "done": False})
                continue
            self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}}]})
        if self.server.breaks:
            return
        if self.path == "/api/chat":
            self._line({"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"})
        else:
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self.wfile.write(b"data: [DONE]\n\n")

    def _line(self, event: dict[str, Any]) -> None:
        whole = {"model": "tiny", "created_at": "2031-11-07T00:00:00Z", **event}
        self.wfile.write(json.dumps(whole).encode() + b"\n")
        self.wfile.flush()

    def _event(self, event: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tiny", **event}
        self.wfile.write(b"data: " + json.dumps(whole).encode() + b"\n\n")
        self.wfile.flush()

    def _end(self, body: bytes, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Says nothing on the terminal."""


@contextmanager
def serving(*pieces: str, **options: Any) -> Iterator[Server]:
    server = Server(list(pieces), **options)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def compatible() -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="pip install llama-index-llms-openai-like")


def ask(model: Model) -> str:
    return "".join(model.stream("Be brief.", "What happened?"))


needs_client = pytest.mark.usefixtures("compatible")


@needs_client
def test_a_compatible_server_answers_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "not-for-others")
    with serving("The pier ", "fell ", "[1].") as server:
        assert list(Model.of(server.spec).stream("Be brief.", "What happened?"))[:3] == [
            "The pier ",
            "fell ",
            "[1].",
        ]

    (asked,) = server.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "tiny", 0.0)
    assert [(m["role"], m["content"]) for m in asked["messages"]] == [
        ("system", "Be brief."),
        ("user", "What happened?"),
    ]
    assert server.keys == ["Bearer none"]


@needs_client
def test_a_key_of_ones_own_goes_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_LLM_KEY", "mine")
    with serving("Yes.") as server:
        ask(Model.of(server.spec))

    assert server.keys == ["Bearer mine"]


@needs_client
def test_an_answer_over_a_server_is_checked() -> None:
    with serving(*ANSWER) as server:
        writer = LLMWriter(Model.of(server.spec), WordForWord())
        query = understand("What did the storm do?", as_of="2031-11-07")
        sentences: list[Sentence] = list(writer.write(query, hits_of(*PRESS), {a.id: a for a in PRESS}))

    assert writer.name == server.spec
    assert [sentence.verdict for sentence in sentences] == ["supported", "unsupported"]
    assert "[1] A storm tore 40 metres" in server.asked[0]["messages"][1]["content"]


@needs_client
@pytest.mark.parametrize(
    ("status", "message"),
    [
        (401, "refused the key"),
        (403, "refused the key"),
        (404, "not there"),
        (429, "quota"),
        (500, "the error 500"),
    ],
)
def test_what_a_server_refuses_is_said_in_our_words(status: int, message: str) -> None:
    with serving(status=status) as server, pytest.raises(LLMError, match=message) as raised:
        ask(Model.of(server.spec))

    assert "secret" not in str(raised.value)


@needs_client
def test_a_server_that_is_not_there_is_said_to_be_so() -> None:
    with serving() as server:
        spec = server.spec
    with pytest.raises(LLMError, match="cannot be reached: check that its server runs"):
        ask(Model.of(spec))


@needs_client
def test_a_server_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.llm.models, "PATIENCE", 0.2)
    with serving("Late.", pause=1.0) as server, pytest.raises(LLMError, match="did not answer in time"):
        ask(Model.of(server.spec))


@needs_client
def test_a_server_that_goes_on_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.llm.models, "LONGEST_WAIT", 0.0)
    with serving("On ", "and ", "on.") as server, pytest.raises(LLMError, match="did not answer in time"):
        ask(Model.of(server.spec))


@needs_client
def test_a_line_that_breaks_is_an_error_after_what_was_said() -> None:
    said: list[str] = []
    with serving("The pier ", breaks=True) as server:
        pieces = Model.of(server.spec).stream("", "What?")
        with pytest.raises(LLMError, match="tiny"):
            said.extend(pieces)

    assert said[:1] == ["The pier "]


def test_an_answer_that_holds_no_text_is_empty() -> None:
    class ValidationError(ValueError):
        pass

    assert "returned nothing" in _explained(ValidationError(), "tiny")


@needs_client
def test_an_empty_answer_is_an_error() -> None:
    with serving("", " ") as server, pytest.raises(LLMError, match="returned nothing"):
        ask(Model.of(server.spec))


# Names


@pytest.mark.parametrize("spec", ["", "gpt", "ollama/", "http/x", "gemini/pro", "ftp://host/v1#x"])
def test_what_names_no_model_is_refused(spec: str) -> None:
    with pytest.raises(UsageError, match="write ollama/NAME"):
        open_llm(spec)


@pytest.mark.parametrize(
    "spec", ["http://localhost/v1", "http://localhost/v1#", "http://#x", "http://h:99999/v1#x", "http://[/#x"]
)
def test_an_address_without_a_model_is_refused(spec: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT/v1#NAME"):
        open_llm(spec)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("ollama", "openai", "anthropic", "openai_like"):
        monkeypatch.setitem(sys.modules, f"llama_index.llms.{module}", None)
    for spec, package in (
        ("ollama/x", "ollama"),
        ("openai/x", "openai"),
        ("anthropic/x", "anthropic"),
        ("http://localhost:1/v1#x", "openai-like"),
    ):
        with pytest.raises(UsageError, match=f"pip install llama-index-llms-{package}"):
            open_llm(spec)


@pytest.mark.parametrize(
    ("spec", "module", "variable"),
    [
        ("openai/gpt-4o-mini", "openai", "OPENAI_API_KEY"),
        ("anthropic/claude-sonnet-4-5", "anthropic", "ANTHROPIC_API_KEY"),
    ],
)
def test_a_missing_key_is_named(
    spec: str, module: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(f"llama_index.llms.{module}")
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(UsageError, match=f"set {variable}"):
        open_llm(spec)


def test_providers_are_opened_without_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llama_index.llms.ollama")
    pytest.importorskip("llama_index.llms.openai")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")

    ollama = Model.of("ollama/llama3.2:3b")
    assert (ollama.name, ollama.llm.metadata.model_name) == ("ollama/llama3.2:3b", "llama3.2:3b")
    assert ollama.room >= 3_000
    assert open_llm("openai/gpt-4o-mini").metadata.model_name == "gpt-4o-mini"


def test_ollama_answers_with_a_window_that_holds_the_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llama_index.llms.ollama")
    with serving("The pier ", "fell [1].") as server:
        monkeypatch.setenv("OLLAMA_HOST", f"http://127.0.0.1:{server.server_port}")
        assert ask(Model.of("ollama/tiny")) == "The pier fell [1]."

    (asked,) = server.asked
    assert asked["path"] == "/api/chat"
    assert asked["options"]["num_ctx"] >= app.llm.models.WINDOW


@needs_client
def test_openai_is_asked_with_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("The pier ", "fell [1].") as server:
        monkeypatch.setenv("OPENAI_API_BASE", server.spec.partition("#")[0])
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        assert ask(Model.of("openai/gpt-4o-mini")) == "The pier fell [1]."

    assert server.keys == ["Bearer sk-test"]


def test_ollama_that_does_not_run_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llama_index.llms.ollama")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("OLLAMA_HOST", f"http://127.0.0.1:{port}")
    with pytest.raises(LLMError, match="ollama/x cannot be reached"):
        ask(Model.of("ollama/x"))


def test_any_llama_index_model_will_do() -> None:
    model = Model.of(MockLLM(max_tokens=None))

    assert model.name
    assert "What happened?" in ask(model)


class Fails(MockLLM):
    def stream_chat(self, *args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError("sk-12345")


def test_any_other_failure_is_named_by_its_kind_only() -> None:
    with pytest.raises(LLMError, match=r"failed \(ZeroDivisionError\)") as raised:
        ask(Model.of(Fails(max_tokens=None)))

    assert "sk-" not in str(raised.value)


# Follow-ups

HISTORY = ["Who is the mayor of Orrin?", "What did she open?"]


@pytest.mark.parametrize(
    "written",
    [
        "What did the mayor of Orrin open on Friday?",
        "“What did the mayor of Orrin open on Friday?”\n",
        "Standalone question: What did the mayor of Orrin open on Friday?",
        "<think>She is the mayor.\nYes.</think>\n\n**What did the mayor of Orrin open on Friday?**",
    ],
)
def test_a_follow_up_becomes_a_question_of_its_own(written: str) -> None:
    model = Says(written[:9], written[9:])

    assert condense(model, "And on Friday?", HISTORY) == "What did the mayor of Orrin open on Friday?"
    assert model.asked[0][1].endswith("Earlier: What did she open?\nLast question: And on Friday?")


@pytest.mark.parametrize(
    "written",
    [
        "\n",
        "Orrin",
        "NO_ANSWER",
        "The mayor of Orrin is Olga Brandt.",
        "What did Olga Brandt open on Friday?",
        "What did the mayor of Orrin open on 7 Friday?",
        "What did the mayor open?\nI hope this helps!",
        "Here is a completely different sentence about marmalade and trains.",
        "What did the mayor of Orrin open on Friday? " * 200,
        "\u202e\x00",
    ],
)
def test_nonsense_leaves_the_question_as_it_was(written: str) -> None:
    assert condense(Says(written), "And on Friday?", HISTORY) == "And on Friday?"


def test_without_history_no_model_is_asked() -> None:
    model = Says("What?")

    assert condense(model, "And on Friday?", ["", " "]) == "And on Friday?"
    assert model.asked == []


def test_long_histories_are_cut() -> None:
    model = Says("x")
    condense(model, "And now?", [f"{n} " + "why " * 2_000 for n in range(50)])

    assert len(model.asked[0][1]) < 4_000
