"""The one file that knows OpenVINO: MiniLM as an OpenVINO graph, built from its weights.

The graph is written out here instead of being converted from torch: it needs neither torch nor a
converted file on disk, and is ready .4 s after the interpreter starts. OpenVINO picks the arithmetic
(bfloat16 where the processor has it, else float32). This module knows token ids; it does not know texts,
pooling or archives.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

# OpenVINO reports every import to Google Analytics, from its conversion tools. It does without them when
# they are missing, so they are missing while it is imported; that also saves a tenth of a second.
sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]
import openvino as ov  # noqa: E402
from openvino import opset13 as op  # noqa: E402

del sys.modules["openvino.tools.ovc"]

Floats = NDArray[np.float32]
Ids = NDArray[np.int32]

HEADS, LAYERS = 12, 6
BATCH = 2048  # pieces in a batch, padding included: flat from 1,000 to 4,000
HIDDEN = np.float32(-1e9)  # added to the attention score of padding


class Encoder:
    """MiniLM's transformer: windows of token ids in, one hidden vector for each token out."""

    def __init__(self, folder: Path, precision: str = "") -> None:
        """Load the weights in `folder`; `precision` ("f32") overrules OpenVINO's own choice."""
        options = {"PERFORMANCE_HINT": "THROUGHPUT"} | (
            {"INFERENCE_PRECISION_HINT": precision} if precision else {}
        )
        self._compiled = ov.Core().compile_model(
            _graph(load_file(folder / "model.safetensors")), "CPU", options
        )
        chosen = self._compiled.get_property("INFERENCE_PRECISION_HINT")
        self.backend = f"openvino {chosen.get_type_name()}"

    def encode(self, windows: Sequence[Ids], keep: Callable[[Floats], Floats]) -> list[Floats]:
        """What `keep` makes of the hidden vectors (tokens, dimension) of each window.

        `keep` sees memory that is used again: it returns something new. May be called by many threads.
        """
        kept: list[Any] = [None] * len(windows)

        def done(request: Any, batch: Sequence[int]) -> None:
            hidden = request.get_output_tensor().data
            for row, index in enumerate(batch):
                kept[index] = keep(hidden[row, : len(windows[index])])

        queue = ov.AsyncInferQueue(self._compiled)
        queue.set_callback(done)
        for batch in _batches([len(window) for window in windows]):
            queue.start_async(list(_padded([windows[index] for index in batch])), batch)
        queue.wait_all()
        return kept


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes of about equally long windows, longest first, at most `BATCH` pieces with their padding."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(windows: Sequence[Ids]) -> tuple[Ids, Floats]:
    """Ids filled up to the longest, and what to add to the attention scores so that filling is not seen."""
    shape = len(windows), max(map(len, windows))
    ids, mask = np.zeros(shape, np.int32), np.full(shape, HIDDEN, np.float32)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 0
    return ids, mask


def _graph(weights: dict[str, Floats]) -> Any:
    """BERT as in `transformers.BertModel`, without its pooler: (ids, mask) to hidden states."""

    def ints(*values: int) -> Any:
        return op.constant(np.array(values, np.int64))

    def linear(x: Any, name: str) -> Any:
        return op.add(op.matmul(x, weights[f"{name}.weight"], False, True), weights[f"{name}.bias"])

    def normal(x: Any, name: str) -> Any:
        centred = op.mvn(x, ints(-1), True, 1e-12, "inside_sqrt")
        return op.add(op.multiply(centred, weights[f"{name}.weight"]), weights[f"{name}.bias"])

    def heads(x: Any) -> Any:
        return op.transpose(op.reshape(x, ints(0, 0, HEADS, -1), True), ints(0, 2, 1, 3))

    def attention(x: Any, name: str) -> Any:
        query, key, value = (heads(linear(x, f"{name}.self.{part}")) for part in ("query", "key", "value"))
        scores = op.add(op.multiply(op.matmul(query, key, False, True), scale), bias)
        mixed = op.transpose(op.matmul(op.softmax(scores, -1), value, False, False), ints(0, 2, 1, 3))
        joined = op.reshape(mixed, ints(0, 0, -1), True)
        return normal(op.add(linear(joined, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")

    def layer(x: Any, name: str) -> Any:
        x = attention(x, f"{name}.attention")
        inner = op.gelu(linear(x, f"{name}.intermediate.dense"), "erf")
        return normal(op.add(linear(inner, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")

    words = weights["embeddings.word_embeddings.weight"]
    # Every token is of type 0, so the type's vector is a constant part of the place's.
    places = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    scale = np.float32((words.shape[1] / HEADS) ** -0.5)
    ids, mask = op.parameter([-1, -1], np.int32), op.parameter([-1, -1], np.float32)
    bias = op.unsqueeze(mask, ints(1, 2))
    length = op.gather(op.shape_of(ids), ints(1), op.constant(np.int64(0)))
    x = op.add(
        op.gather(words, ids, op.constant(np.int64(0))), op.slice(places, ints(0), length, ints(1), ints(0))
    )
    x = normal(x, "embeddings.LayerNorm")
    for number in range(LAYERS):
        x = layer(x, f"encoder.layer.{number}")
    return ov.Model([x], [ids, mask], "MiniLM")
