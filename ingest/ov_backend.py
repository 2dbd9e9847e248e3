"""The one file that knows OpenVINO: MiniLM as an OpenVINO graph, built from its weights.

The graph is written out here instead of being converted from torch, so a program that asks one question
waits neither for torch nor for a conversion. The arithmetic is what the processor does fastest at a cosine to
float32 above .99; vectors of all three may be mixed:

    bfloat16    with matrix units (AMX): cosine .9999, a quarter of float32's time
    8 bits      with 8-bit dot products (VNNI): cosine .998, less than half of float32's time
    float32     elsewhere, or what OpenVINO prefers there

This module knows token ids; it does not know texts, pooling or archives.
"""

from __future__ import annotations

import re
import sys
from collections import deque
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
BATCH = 1024  # pieces in a batch, padding included: 512 costs a tenth more, 4,096 gains nothing
STEP = 16  # lengths are filled up to a multiple of this: OpenVINO prepares itself anew for every new shape
SHARE = 128  # fewer pieces are not worth a batch of their own
UNSEEN = np.float32(-1e9)  # added to the attention scores of padding

# In 8 bits, a matrix's inputs are rounded to 256 steps, so their range matters. It was measured on news:
# a normalised value stays within 7 deviations, what attention mixes within 3, what GELU gives between
# -.17 and 8, but for a few channels of this model that always reach further.
DEVIATIONS, MIXED, ACTIVE = 7, 3, 8
FAR_DEVIATIONS = {63: 14, 99: 20, 127: 14, 157: 12, 223: 17, 267: 16}  # channel: reach
FAR_ACTIVE = {1: {607: 21}, 2: {218: 15, 1004: 18}, 3: {358: 14}, 4: {637: 10}, 5: {830: 10}}  # by layer
UNROUNDED = "encoder.layer.0.output.dense"  # rounding this one costs as much as rounding all others


class Encoder:
    """MiniLM's transformer: windows of token ids in, one hidden vector for each token out."""

    def __init__(self, folder: Path, precision: str = "") -> None:
        """Load the weights in `folder`; `precision` ("int8", "bf16", "f32") overrules what suits best."""
        precision = precision or suited()
        options = {"PERFORMANCE_HINT": "THROUGHPUT"}
        if precision != "any":
            options["INFERENCE_PRECISION_HINT"] = "f32" if precision == "int8" else precision
        graph = _Graph(load_file(folder / "model.safetensors"), precision == "int8").model()
        self._compiled = ov.Core().compile_model(graph, "CPU", options)
        self._idle: deque[ov.InferRequest] = deque()
        chosen = self._compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        self._streams = self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        self.backend = f"openvino {'int8' if precision == 'int8' else chosen}"

    def encode(self, windows: Sequence[Ids], keep: Callable[[Floats], Floats]) -> list[Floats]:
        """What `keep` makes of the hidden vectors (tokens, dimension) of each window.

        `keep` sees memory that is used again: it returns something new. May be called by many threads.
        """
        kept: dict[int, Floats] = {}
        running: deque[tuple[ov.InferRequest, list[int]]] = deque()

        def collect() -> ov.InferRequest:
            request, batch = running.popleft()
            request.wait()
            hidden = request.get_output_tensor().data
            kept.update((index, keep(hidden[row, : len(windows[index])])) for row, index in enumerate(batch))
            return request

        # Not with OpenVINO's own queue: its callbacks take the interpreter's lock in OpenVINO's threads, and
        # a program that ends while one of them still waits for it is aborted.
        for batch in _batches([len(window) for window in windows], self._streams):
            full = len(running) > self._streams
            request = collect() if full else self._request()
            request.start_async(list(_padded([windows[index] for index in batch])))
            running.append((request, batch))
        while running:
            self._idle.append(collect())
        return [kept[index] for index in range(len(windows))]

    def _request(self) -> ov.InferRequest:
        """One that is idle, else a new one: to make one takes milliseconds."""
        try:
            return self._idle.popleft()
        except IndexError:
            return self._compiled.create_infer_request()


def suited(cpu: Path = Path("/proc/cpuinfo")) -> str:
    """The precision that suits this processor; "any" leaves it to OpenVINO.

    OpenVINO lists 8 bits and bfloat16 also where it emulates them, so the processor's own flags are read.
    """
    found = re.search(r"^flags\s*:(.*)$", cpu.read_text(), re.M) if cpu.exists() else None
    flags = set(found[1].split()) if found else set()
    if "amx_bf16" in flags:
        return "bf16"
    return "int8" if flags & {"avx512_vnni", "avx_vnni"} else "any"


def _batches(lengths: Sequence[int], streams: int) -> Iterator[list[int]]:
    """Indexes of about equally long windows, longest first, at most `BATCH` pieces with their padding.

    A few windows are dealt out to all streams, so that the sentences of one question do not wait in line.
    """
    room = min(BATCH, max(SHARE, sum(lengths) // streams))
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > room:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(windows: Sequence[Ids]) -> tuple[Ids, Floats]:
    """Ids filled up to the longest, and what to add to the attention scores so that filling is not seen."""
    shape = len(windows), -(-max(map(len, windows)) // STEP) * STEP
    ids, mask = np.zeros(shape, np.int32), np.full(shape, UNSEEN, np.float32)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 0
    return ids, mask


class _Graph:
    """BERT as in `transformers.BertModel`, without its pooler."""

    def __init__(self, weights: dict[str, Floats], rounded: bool) -> None:
        self._weights = weights
        self._rounded = rounded

    def model(self) -> ov.Model:
        """From (ids, mask) to the hidden states of the last layer."""
        ids, mask = op.parameter([-1, -1], np.int32), op.parameter([-1, -1], np.float32)
        bias = op.unsqueeze(mask, _ints(1, 2))
        x = self._embedded(ids)
        norm = "embeddings.LayerNorm"
        for number in range(LAYERS):
            name = f"encoder.layer.{number}"
            x = self._attended(x, bias, f"{name}.attention", self._spread(norm))
            norm = f"{name}.attention.output.LayerNorm"
            inner = op.gelu(self._linear(x, f"{name}.intermediate.dense", self._spread(norm)), "erf")
            outer = self._linear(inner, f"{name}.output.dense", _active(number), low=-6)
            norm = f"{name}.output.LayerNorm"
            x = self._normal(op.add(outer, x), norm)
        return ov.Model([x], [ids, mask], "MiniLM")

    def _embedded(self, ids: Any) -> Any:
        words, places, kinds = (
            self._weights[f"embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        )
        length = op.gather(op.shape_of(ids), _ints(1), _ints(0))
        # Every token is of type 0, so the type's vector is a constant part of the place's.
        placed = op.slice(_constant(places + kinds[0]), _ints(0), length, _ints(1), _ints(0))
        word = op.gather(_constant(words), ids, _ints(0))
        return self._normal(op.add(word, placed), "embeddings.LayerNorm")

    def _attended(self, x: Any, bias: Any, name: str, step: Floats) -> Any:
        def heads(part: str) -> Any:
            y = self._linear(x, f"{name}.self.{part}", step)
            return op.transpose(op.reshape(y, _ints(0, 0, HEADS, -1), True), _ints(0, 2, 1, 3))

        root = np.float32((len(step) / HEADS) ** -0.5)
        scores = op.multiply(op.matmul(heads("query"), heads("key"), False, True), root)
        seen = op.softmax(op.add(scores, bias), -1)
        mixed = op.transpose(op.matmul(seen, heads("value"), False, False), _ints(0, 2, 1, 3))
        joined = op.reshape(mixed, _ints(0, 0, -1), True)
        outer = self._linear(joined, f"{name}.output.dense", np.full_like(step, MIXED / 127))
        return self._normal(op.add(outer, x), f"{name}.output.LayerNorm")

    def _normal(self, x: Any, name: str) -> Any:
        centred = op.mvn(x, _ints(-1), True, 1e-12, "inside_sqrt")
        scaled = op.multiply(centred, _constant(self._weights[f"{name}.weight"]))
        return op.add(scaled, _constant(self._weights[f"{name}.bias"]))

    def _linear(self, x: Any, name: str, step: Floats, low: int = -128) -> Any:
        """`x` times a matrix; in 8 bits `x` is rounded to 256 of its channel's steps, from `low` on."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        if not self._rounded or name == UNROUNDED:
            return op.add(op.matmul(x, _constant(weight), False, True), _constant(bias))
        ends = np.float32(low), np.float32(low + 255)
        rounded = op.fake_quantize(op.multiply(x, _constant(1 / step)), *ends, *ends, 256)
        weight = weight * step
        grain = np.abs(weight).max(axis=1, keepdims=True) / 127
        grains = op.convert(_constant(np.round(weight / grain).astype(np.int8)), np.float32)
        matrix = op.multiply(grains, _constant(grain))
        return op.add(op.matmul(rounded, matrix, False, True), _constant(bias))

    def _spread(self, norm: str) -> Floats:
        """The step of each channel of what a LayerNorm gives."""
        reach = np.full(len(self._weights[f"{norm}.bias"]), DEVIATIONS, np.float32)
        reach[list(FAR_DEVIATIONS)] = list(FAR_DEVIATIONS.values())
        scale, shift = self._weights[f"{norm}.weight"], self._weights[f"{norm}.bias"]
        return np.asarray((np.abs(shift) + reach * np.abs(scale)) / 127, np.float32)


def _active(layer: int) -> Floats:
    """The step of each channel of what a layer's GELU gives."""
    reach = np.full(1536, ACTIVE, np.float32)
    for channel, far in FAR_ACTIVE.get(layer, {}).items():
        reach[channel] = far
    return reach / np.float32(249)


def _constant(values: NDArray[Any]) -> Any:
    # Said explicitly everywhere: an array handed to an operation is converted too, in 20 times the time.
    return op.constant(values)


def _ints(*values: int) -> Any:
    return _constant(np.array(values, np.int64))
