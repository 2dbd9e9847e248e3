"""One peer in a process of its own, for `newsdesk eval bench`: it builds, is asked, and says what that took.

`python -m eval.peers.build PEER ARTICLES FOLDER` reads questions from standard input, one JSON string on a
line, and prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from eval.case import json_lines
from eval.peers import PEERS, WHOLE
from eval.peers.llamaindex import LlamaIndex
from eval.peers.peer import Search

_CHUNKS = 10  # as many hits as Newsdesk gives
_WHOLE_TOKENS = 220  # tiktoken's, that MiniLM's 256 word pieces surely hold


def build(program: str, articles: Path, folder: Path, questions: Sequence[str]) -> dict[str, object]:
    """Articles, chunks, `seconds` and `cpu` until the index was complete, and the seconds of each search.

    `seconds` count from when everything was loaded, `cpu` from the start of the process; `searching` is all
    that came after the index was complete.
    """
    peer = LlamaIndex(folder, _WHOLE_TOKENS) if program == WHOLE else PEERS[program](folder)
    records = [article for _, article in json_lines(articles)]
    began = time.perf_counter()
    chunks = peer.index(records)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    _, *others = peer.ways  # the plainest way is called as the program is
    named = zip((program, *others), peer.ways.values(), strict=True)
    searches = {name: timed(search, questions) for name, search in named} if questions else {}
    return {
        "articles": len(records),
        "chunks": chunks,
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "searches": searches,
        "searching": time.perf_counter() - began,
    }


def timed(search: Search, questions: Sequence[str]) -> list[float]:
    """Seconds of each search, after a first one that warms everything."""
    seconds = []
    for question in (questions[0], *questions):
        began = time.perf_counter()
        search(question, _CHUNKS)
        seconds.append(time.perf_counter() - began)
    return seconds[1:]


if __name__ == "__main__":
    name, source, place = sys.argv[1:]
    print(json.dumps(build(name, Path(source), Path(place), [json.loads(line) for line in sys.stdin])))
