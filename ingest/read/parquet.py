"""Parquet: one row per article, under the names of its columns (the only file that knows Arrow).

Row groups are read one after the other, and of the columns only those that an article has, so that a file of
any size fits into memory. A damaged group costs its own rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Draft, Rejection
from ingest.read.fields import field_of
from ingest.read.records import drafted
from ingest.read.source import Refused, Source, decode
from ingest.read.table import no_text_among

SUFFIXES = (".parquet", ".pq")
_AT_ONCE = 64  # rows in memory


def is_parquet(head: bytes) -> bool:
    return head.startswith(b"PAR1")


def read_parquet(source: Source, mapping: Mapping[str, str]) -> Iterator[Draft | Rejection]:
    """The rows of a Parquet file."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet
    except ImportError as error:
        reason = f"Parquet files need the package pyarrow, which does not load: {error}"
        raise Refused("no_reader", reason) from error
    arrow.set_memory_pool(arrow.system_memory_pool())  # the others reserve more than a reader may have
    with source.open() as stream:
        seekable = stream if stream.seekable() else io.BytesIO(source.whole())
        try:
            file = pyarrow.parquet.ParquetFile(seekable)
            names = [str(name) for name in file.schema_arrow.names]
        except (arrow.ArrowException, OSError, ValueError) as error:
            raise Refused("broken_parquet", f"the Parquet file is damaged ({_said(error)})") from error
        if reason := no_text_among(names, mapping):
            raise Refused("no_text", reason)
        mapped = {name.split(".")[0] for name in mapping.values()} | set(mapping.values())
        columns = [name for name in names if field_of(name) or name in mapped]
        first = 1
        for group in range(file.num_row_groups):
            number = first - 1
            batches = file.iter_batches(_AT_ONCE, row_groups=[group], columns=columns, use_threads=False)
            rows = (row for batch in batches for row in _rows(batch))
            try:
                for number, row in enumerate(rows, first):
                    yield from drafted(source.shown, f"row {number}", _decoded(row), mapping)
            except (arrow.ArrowException, OSError, OverflowError, ValueError) as error:
                reason = f"its row group is damaged from here on ({_said(error)})"
                yield Rejection(source.shown, f"row {number + 1}", "broken_parquet", reason)
            first += file.metadata.row_group(group).num_rows


def _rows(batch: Any) -> list[dict[str, Any]]:
    """The rows of a batch; with its dates as text where one lies beyond the years that Python knows."""
    import pyarrow as arrow

    try:
        return batch.to_pylist()  # type: ignore[no-any-return]
    except (OverflowError, ValueError):
        is_dated = [
            arrow.types.is_date(kind) or arrow.types.is_timestamp(kind) for kind in batch.schema.types
        ]
        columns = [
            column.cast(arrow.string()) if dated else column
            for column, dated in zip(batch.columns, is_dated, strict=True)
        ]
        return arrow.RecordBatch.from_arrays(columns, batch.schema.names).to_pylist()  # type: ignore[no-any-return]


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose texts may be stored as bytes."""
    return {name: decode(value)[0] if isinstance(value, bytes) else value for name, value in row.items()}


def _said(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:200]
