"""Tables as our own CSV exports are: a record for each shape of each answer, one for an answer
without shapes. Lists and objects are cells of JSON."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apps.datasets.domain.cells import unquoted
from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.readers.records import Record
from apps.imports.domain.rows import Loads, Row, RowError, RowRefused
from apps.imports.domain.streams import MAX_LINE
from apps.imports.domain.tasks import row_of_task

# Columns, and the keys of a line of JSON that they fill. Any but the signs may be missing.
TEXTS = {
    "image": "image",
    "question": "label",
    "answer": "answer",
    "annotator": "_annotator_id",
    "revision": "_revision",
    "task_id": "_task_id",
    "input_hash": "_input_hash",
    "image_sha256": "_image_sha256",
}
PARSED = {
    "image_width": "width",
    "image_height": "height",
    "accept": "accept",
    "options": "options",
    "attributes": "attributes",
    "meta": "meta",
    "review": "_review",
    "timestamp": "_timestamp",
}
SPAN_TEXTS = {"span": "id", "label": "label", "type": "type"}
SPAN_PARSED = {
    **{key: key for key in ("x", "y", "width", "height", "points")},
    "span_attributes": "attributes",
}
OF_SPANS = frozenset({*SPAN_TEXTS, *SPAN_PARSED})
MORE = "more"
"""Keys of an imported line that we do not know, as one object."""
SIGNS = frozenset({"image", "image_width", "image_height", "answer", "span"})
"""Columns by which such a table is known."""

Cells = Mapping[str, str]
Numbered = tuple[int, Record]


def read_answers(
    records: Iterable[Numbered], names: tuple[str, ...], *, loads: Loads, box_format: BoxFormat
) -> Iterator[Row]:
    """Yield a row per answer, numbered by its first record; the others follow that one. The split
    is not read: whoever exports says it."""
    of_answer = [at for at, name in enumerate(names) if name not in OF_SPANS]

    def said(numbered: Numbered) -> Any:
        _, cells = numbered
        if isinstance(cells, RowError):
            return cells
        return [cells[at] for at in of_answer if at < len(cells)]

    for _, group in itertools.groupby(records, key=said):
        yield _row(list(_within(group)), names, loads, box_format)


def _within(group: Iterable[Numbered]) -> Iterator[Numbered]:
    """Records of one answer up to what a line of JSON may have, and a refusal in place of more."""
    size = 0
    for number, cells in group:
        size += 0 if isinstance(cells, RowError) else sum(map(len, cells))
        if size > MAX_LINE:
            reason = f"The shapes of one answer are more than {MAX_LINE >> 20} MB."
            yield number, RowError("row_too_large", reason)
            return
        yield number, cells


def _row(group: list[Numbered], names: tuple[str, ...], loads: Loads, box_format: BoxFormat) -> Row:
    (number, first), *_ = group
    try:
        cells = _named(first, names)
        line = {**_more(cells, loads), **_filled(cells, TEXTS, PARSED, loads)}
        spans = [span for each in group if (span := _span(each, names, loads))]
        return row_of_task(
            {**line, **({"spans": spans} if spans else {})}, line=number, box_format=box_format
        )
    except RowError as error:
        return RowRefused(number, error.code, error.reason, url=error.shown)


def _span(numbered: Numbered, names: tuple[str, ...], loads: Loads) -> dict[str, Any]:
    number, record = numbered
    try:
        return _filled(_named(record, names), SPAN_TEXTS, SPAN_PARSED, loads)
    except RowError as error:
        raise RowError(error.code, f"Line {number}: {error.reason}") from None


def _named(record: Record, names: tuple[str, ...]) -> Cells:
    if isinstance(record, RowError):
        raise record
    return {"image": "", **dict(zip(names, unquoted(record), strict=False))}


def _filled(
    cells: Cells, texts: Mapping[str, str], parsed: Mapping[str, str], loads: Loads
) -> dict[str, Any]:
    said: dict[str, Any] = {key: cells[name] for name, key in texts.items() if cells.get(name)}
    for name, key in parsed.items():
        if cell := cells.get(name):
            said[key] = _value(cell, name, loads)
    return said


def _value(cell: str, name: str, loads: Loads) -> Any:
    try:
        return loads(cell)
    except ValueError as error:
        raise RowError("bad_json", f"{name} is not valid JSON: {error}") from None


def _more(cells: Cells, loads: Loads) -> dict[str, Any]:
    more = _value(cells[MORE], MORE, loads) if cells.get(MORE) else {}
    if not isinstance(more, dict):
        raise RowError("bad_field", f"{MORE} is not an object.")
    return more
