"""Failed lines as a list that can be corrected and imported again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.datasets.domain.cells import BOM, quoted
from apps.imports.domain.addresses import USUAL_NAMES
from apps.imports.domain.boxes import in_pixels
from apps.imports.domain.marks import ADDRESS, MARKS
from apps.imports.domain.rows import Payload


@dataclass(frozen=True, slots=True)
class FailedLine:
    """A line as it was read, and why it failed."""

    line: int
    url: str
    payload: Payload
    code: str
    reason: str

    @property
    def marks(self) -> tuple[Any, ...]:
        return (self.line, self.code, self.reason)


def table_of(lines: Iterable[FailedLine], *, columns: Sequence[str]) -> Iterator[str]:
    """Yield a CSV, piece by piece: the address, the `columns` of `meta`, and the marks.

    The first column is called so that readers know it from the others, whatever those hold.
    Cells that a spreadsheet would run begin with an apostrophe, which readers take off again.
    """
    mistakable = any(column.strip().lower() in USUAL_NAMES for column in columns)
    yield BOM + _record([ADDRESS if mistakable else "url", *columns, *MARKS])
    for line in lines:
        meta = line.payload.get("meta", {})
        cells = [line.url, *(meta.get(column, "") for column in columns), *line.marks]
        yield _record([quoted(str(cell)) for cell in cells])


def tasks_of(lines: Iterable[FailedLine]) -> Iterator[str]:
    """Yield the lines as JSON, with all that the list said of them: one each, and where several
    people answered one for each of these."""
    for line in lines:
        for answer in _answers(line) or [{}]:
            task = {**_task(line), **answer, **dict(zip(MARKS, line.marks, strict=True))}
            yield json.dumps(task, ensure_ascii=False) + "\n"


def _answers(line: FailedLine) -> list[dict[str, Any]]:
    """What people said, as lines of JSON say it."""
    found = []
    for each in line.payload.get("answers", []):
        data = {key: part for key, part in each["data"].items() if part}
        data = {**data, "spans": _in_pixels(each["data"]["spans"], line.payload)}
        at = each["at"] and datetime.fromisoformat(each["at"]).timestamp()
        found.append({**data, "_annotator_id": each["by"], **({"_timestamp": at} if at else {})})
    return found


def _task(line: FailedLine) -> dict[str, Any]:
    payload = line.payload
    said = {key: payload[key] for key in ("spans", "label", "accept", "meta") if key in payload}
    if "spans" in said:
        said["spans"] = _in_pixels(said["spans"], payload)
    extra = payload.get("extra", {})
    if tiles := payload.get("tiles"):
        options = [{**tile["option"], "image": tile["image"]} for tile in tiles]
        return {"options": options, **said, **extra}
    if "options" in payload:
        said["options"] = payload["options"]
    return {"image": line.url, **said, **extra}


def _in_pixels(spans: list[dict[str, Any]], payload: Payload) -> list[dict[str, Any]]:
    """Shapes as lines of JSON have them; none where only the image could tell where they lie."""
    if not payload.get("relative"):
        return spans
    size = payload.get("size")
    return [in_pixels(span, width=size[0], height=size[1]) for span in spans] if size else []


def _record(cells: Sequence[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
