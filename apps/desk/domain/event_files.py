"""Events as files: a table for spreadsheets, or JSON lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from apps.datasets.domain.cells import BOM, quoted

Line = dict[str, Any]
"""An event as the API sends it."""

COLUMNS = (
    *("id", "at", "kind", "who", "who_email", "who_id", "dataset", "dataset_id"),
    *("object_type", "object", "object_id", "data", "request_id"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written, piece by piece."""

    media_type: str
    write: Callable[[Iterable[Line]], Iterator[str]]


def _table(lines: Iterable[Line]) -> Iterator[str]:
    """Cells that a spreadsheet would run begin with an apostrophe."""
    yield BOM + _record(COLUMNS)
    for line in lines:
        yield _record(quoted(str(cell)) for cell in _cells(line))


def _cells(line: Line) -> list[Any]:
    who, about, place = (line[name] or {} for name in ("who", "object", "dataset"))
    return [
        *(line["id"], line["at"], line["kind"]),
        *(who.get(name, "") for name in ("name", "email", "id")),
        *(place.get(name, "") for name in ("name", "id")),
        *(about.get(name, "") for name in ("type", "name", "id")),
        json.dumps(line["data"], ensure_ascii=False),
        line["request_id"],
    ]


def _record(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _json_lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield json.dumps(line, ensure_ascii=False) + "\n"


FORMS = {"csv": Form("text/csv", _table), "jsonl": Form("application/x-ndjson", _json_lines)}
