"""Lists of labels as people have them: lines, a table, or JSON; what each line says, or why not."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

HEX = re.compile(r"\s*#[0-9a-fA-F]{6}\s*")
COLUMNS = ("name", "colour", "key", "shapes", "attributes")
ALIASES = {"color": "colour", "label": "name"}
JSON_COLUMNS = ("shapes", "attributes")


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in one line, counted from 1, or as the nth item of a JSON list.

    `label` is `{name, colour?, key?, shapes?, attributes?}`, unchecked; `fault` says why it cannot
    be read at all.
    """

    line: int
    label: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def read_label_list(text: str) -> list[Listed]:
    """Read a list of labels; what it is in shows by itself.

    JSON: a list of names or objects, or an object with such a list as `labels`. A table: commas,
    semicolons or tabs, with a first line that names its columns, or with colours in its second
    column. Otherwise lines with names, several of them between commas. Blank lines say nothing.
    """
    stripped = text.lstrip("\ufeff").strip()
    if stripped[:1] in ("[", "{"):
        return _json(stripped)
    lines = text.lstrip("\ufeff").splitlines()
    filled = [line for line in lines if line.strip()]
    if filled and (between := _table(filled)):
        return list(_rows(lines, between))
    return [
        Listed(number, {"name": name.strip()})
        for number, line in enumerate(lines, start=1)
        for name in line.split(",")
        if name.strip()
    ]


def _json(text: str) -> list[Listed]:
    try:
        read = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        return [Listed(line, fault="This is no JSON from here on.")]
    items = read.get("labels", [read]) if isinstance(read, dict) else read
    if not isinstance(items, list):
        return [Listed(1, fault="The labels are no list.")]
    return [_item(number, item) for number, item in enumerate(items, start=1)]


def _item(number: int, item: Any) -> Listed:
    if isinstance(item, str):
        return Listed(number, {"name": item})
    if not isinstance(item, dict):
        return Listed(number, fault="This is neither a name nor an object.")
    named = {ALIASES.get(key, key): value for key, value in item.items()}
    return Listed(number, {key: named[key] for key in COLUMNS if named.get(key) is not None})


def _table(filled: list[str]) -> str:
    """What stands between the columns, empty where there are none."""
    for between in (",", ";", "\t"):
        head = [_column(cell) for cell in filled[0].split(between)]
        if "name" in head and set(head) <= set(COLUMNS):
            return between
        cells = filled[0].split(between)
        if len(cells) > 1 and HEX.fullmatch(cells[1]):
            return between
    return ""


def _column(cell: str) -> str:
    name = cell.strip().strip('"').lower()
    return ALIASES.get(name, name)


def _rows(lines: list[str], between: str) -> Iterator[Listed]:
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=between, skipinitialspace=True)
    columns: list[str] | None = None
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            head = [_column(cell) for cell in cells]
            columns = head if "name" in head else list(COLUMNS)
            if columns is head:
                continue
        yield _row(reader.line_num, dict(zip(columns, cells, strict=False)))


def _row(number: int, cells: Mapping[str, str]) -> Listed:
    label: dict[str, Any] = {}
    for column, cell in cells.items():
        if not cell.strip():
            continue
        try:
            label[column] = json.loads(cell) if column in JSON_COLUMNS else cell.strip()
        except ValueError:
            return Listed(number, fault=f"The {column} are no JSON.")
    return Listed(number, label)
