"""Tasks as JSON, ours or Label Studio's: one object a line, or one array of objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.readers.formats import Format
from apps.imports.domain.readers.label_studio import is_label_studio, row_of_label_studio
from apps.imports.domain.rows import (
    ListRefused,
    Loads,
    Payload,
    Row,
    RowError,
    RowRead,
    RowRefused,
)
from apps.imports.domain.streams import numbered_lines, text_of
from apps.imports.domain.tasks import row_of_task

MAX_ARRAY = 64 * 1024 * 1024
ONE_PER_LINE = "Save a list as .jsonl, one per line."
# What the split of an array has to see: strings as a whole, and what opens, closes or separates.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """How lists are to be read: `url_field` names the column or key that holds the address,
    `box_format` says what four numbers say of a box. `answers`: what a file says of its images is
    what people answered, not what they may start from. With a `format` the list is read as that,
    whatever it looks like."""

    format: Format | None = None
    url_field: str = ""
    box_format: BoxFormat = BoxFormat.XYWH
    answers: bool = False


def read_json_lines(chunks: Iterable[bytes], *, loads: Loads, reading: Reading) -> Iterator[Row]:
    """Yield a row per line that is not blank."""
    for number, raw in numbered_lines(chunks):
        try:
            text = text_of(raw).strip()
        except RowError as error:
            yield RowRefused(number, error.code, error.reason)
            continue
        if text:
            yield _row(number, text, loads, reading)


def read_array(chunks: Iterable[bytes], *, loads: Loads, reading: Reading) -> Iterator[Row]:
    """Yield a row per element; a bad element costs itself alone. The array is held as a whole."""
    text = whole_text(chunks)
    for number, element in enumerate(elements_of(text), start=1):
        yield _row(number, element, loads, reading)


def _row(number: int, text: str, loads: Loads, reading: Reading) -> Row:
    try:
        value = loads(text)
    except ValueError as error:
        return RowRefused(number, "bad_json", f"Not valid JSON: {error}")
    try:
        return _read(value, number, reading)
    except RowError as error:
        keys = tuple(value) if isinstance(value, dict) else ()
        # What may hold a password is not kept.
        payload: Payload = {"extra": value} if keys and "@" not in text else {}
        return RowRefused(
            number, error.code, error.reason, url=error.shown, keys=keys, payload=payload
        )


def _read(value: Any, number: int, reading: Reading) -> RowRead:
    if _is_of_label_studio(value, reading.format):
        return row_of_label_studio(value, line=number, url_field=reading.url_field)
    return row_of_task(
        value, line=number, url_field=reading.url_field, box_format=reading.box_format
    )


def _is_of_label_studio(value: Any, form: Format | None) -> bool:
    """Whether to read a value as Label Studio's: as it looks, or as the importer says."""
    if form != Format.LABEL_STUDIO:
        return form is None and is_label_studio(value)
    if not is_label_studio(value):
        reason = "This is no task of Label Studio: it needs data, and annotations or predictions."
        raise RowError("not_this_format", reason)
    return True


def whole_text(
    chunks: Iterable[bytes], *, most: int = MAX_ARRAY, advice: str = ONE_PER_LINE
) -> str:
    """The text of a list that has to be held as a whole. Raises ListRefused `too_large`, which says
    how much is taken and what to do."""
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            megabytes = most // 1024**2
            raise ListRefused("too_large", f"A JSON file may have {megabytes} MB. {advice}")
    try:
        return text_of(b"".join(parts))
    except RowError as error:
        raise ListRefused(error.code, error.reason.replace("line", "list")) from None


def elements_of(text: str) -> Iterator[str]:
    """The texts of a JSON array's elements, split without judging them."""
    depth, start = 0, 0
    for token in TOKEN.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth == 1:
                start = token.end()
        elif mark in "]}":
            depth -= 1
        if depth == 0 or (depth == 1 and mark == ","):
            element = text[start : token.start()].strip()
            if element or mark == ",":
                yield element
            start = token.end()
        if depth == 0:
            break
    if rest := text[start:].strip():
        yield rest  # cut short, or something after the array: a line that will be refused
