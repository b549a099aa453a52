"""CSV: a row for each shape of each answer, one for an answer without shapes (RFC 4180)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from apps.datasets.domain.cells import BOM, quoted
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.prodigy import OURS, lines_of
from apps.exchange.domain.records import Placed

TASK = {
    "image": "image",
    "image_width": "width",
    "image_height": "height",
    "question": "label",
    "answer": "answer",
    "accept": "accept",
    "options": "options",
}
SPAN = {
    "span": "id",
    "label": "label",
    "type": "type",
    "x": "x",
    "y": "y",
    "width": "width",
    "height": "height",
    "points": "points",
    "span_attributes": "attributes",
}
REST = {
    "attributes": "attributes",
    "meta": "meta",
    "review": "_review",
    "annotator": "_annotator_id",
    "timestamp": "_timestamp",
    "revision": "_revision",
    "task_id": "_task_id",
    "input_hash": "_input_hash",
    "image_sha256": "_image_sha256",
}
"""Columns, and the keys of a line of `prodigy` that fill them."""


class Table:
    """The rows of one file; lists and objects are cells of JSON."""

    def __init__(self, options: ExportOptions) -> None:
        self._options = options

    def head(self) -> bytes:
        """The names of the columns."""
        return BOM.encode() + _records([[*TASK, *SPAN, *REST, "more", "split"]])

    def rows(self, placed: Placed) -> bytes:
        """What is said of one task."""
        options = self._options
        lines = lines_of(placed.entry, finals=options.finals, answers=options.answers)
        return _records(row for line in lines for row in _rows(line, split=placed.split))


def _rows(line: dict[str, Any], *, split: str) -> Iterator[list[str]]:
    before = [_cell(line.get(key)) for key in TASK.values()]
    more = {key: value for key, value in line.items() if key not in OURS}
    after = [*(_cell(line.get(key)) for key in REST.values()), _cell(more or None), split]
    for span in line.get("spans") or [{}]:
        yield [*before, *(_cell(span.get(key)) for key in SPAN.values()), *after]


def _cell(value: Any) -> str:
    """Text as it is, anything else as JSON; nothing that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(value)
    return json.dumps(value, ensure_ascii=False)


def _records(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
