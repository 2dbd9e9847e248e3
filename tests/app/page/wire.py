"""A reader of the page without a browser: says what the page's script says, and hears what it hears."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

NOTHING = {"as_of": "", "since": "", "until": "", "sources": [], "sections": [], "writer": ""}


@dataclass
class Wire:
    """One browser session at `address`; keeps its conversation, as the browser does."""

    address: str
    name: str
    history: list[dict[str, Any]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.address, timeout=60, trust_env=False)
        self._http.get("/")
        config = self._http.get("/config").json()
        self._component = next(
            part["id"] for part in config["components"] if part["props"].get("elem_id") == "ask"
        )
        self._function = next(
            event["id"] for event in config["dependencies"] if [self._component, "submit"] in event["targets"]
        )

    def close(self) -> None:
        self._http.close()

    def ask(self, question: str) -> dict[str, Any]:
        """The finished turn; every message on the way is added to `heard`."""
        (*_, last) = self.messages(question)
        turn: dict[str, Any] = last["output"]["data"][0]
        if turn["exchange"]:
            self.history.append(turn["exchange"])
        return turn

    def messages(self, question: str) -> Iterator[dict[str, Any]]:
        """What the server says to a question, as it comes; the last message has the whole turn."""
        asked = {
            "id": self.name,
            "conversation": f"conversation-{self.name}",
            "number": len(self.history) + 1,
            "question": question,
            "filters": NOTHING,
            "history": self.history,
        }
        body = {
            "data": [],
            "event_data": asked,
            "fn_index": self._function,
            "trigger_id": self._component,
            "session_hash": self.name,
        }
        self._http.post("/gradio_api/queue/join", json=body).raise_for_status()
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.name}) as lines:
            for line in lines.iter_lines():
                if not line.startswith("data:"):
                    continue
                self.heard.append(line)
                message = json.loads(line[5:])
                if message["msg"] in ("process_generating", "process_completed"):
                    assert message["success"], message
                    yield message
                if message["msg"] == "process_completed":
                    return


def timed(wire: Wire, question: str) -> tuple[float, float]:
    """Seconds until the first sentence of an answer was heard, and until its end."""
    began, first = time.perf_counter(), 0.0
    for message in wire.messages(question):
        if not first and "blockquote" in json.dumps(message):
            first = time.perf_counter() - began
    return first, time.perf_counter() - began
