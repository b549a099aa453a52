"""Files of final answers, as `jsonl` exports are, in the order of their tasks."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.shapes import ShapeError
from apps.exchange.domain.finals import ContentHash, FinalRow, Line, digest_of, without_review
from apps.exchange.offline.files import Refused
from concord.http.strictjson import StrictJsonError, loads_strict

LONGEST_LINE = 64 * 2**20
GZIP = b"\x1f\x8b"
OF_ONE = "_annotator_id"
"""Lines that have this key are what one person said, not final."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where the line of a task is: its number in the file, and where its bytes begin."""

    task: str
    number: int
    start: int
    digest: str


@dataclass(slots=True)
class FinalsFile:
    """The finals of one file. Kept in memory is where the line of each task is, and its digest;
    the lines themselves are in a temporary file."""

    lines: BinaryIO
    places: list[Place] = field(default_factory=list)
    found: ContentHash = field(default_factory=ContentHash)

    @classmethod
    def read(cls, path: Path) -> FinalsFile:
        """Read a file of JSON lines, compressed or not. Raises Refused with the line at fault."""
        made = cls(cast(BinaryIO, tempfile.TemporaryFile()))  # noqa: SIM115 (it goes with the object)
        try:
            with path.open("rb") as file, _unpacked(file) as lines:
                made._take(lines)
        except (OSError, EOFError) as error:
            raise Refused(getattr(error, "strerror", None) or str(error)) from error
        made.places.sort()
        for one, other in zip(made.places, made.places[1:], strict=False):
            if one.task == other.task:
                raise Refused(f"line {other.number}: line {one.number} is of the same task")
        return made

    def rows(self) -> Iterator[FinalRow]:
        """Yield the finals in the order of their tasks."""
        for place in self.places:
            yield FinalRow((0, place.task), place.digest, partial(self._line, place))

    def _take(self, lines: BinaryIO) -> None:
        number = 0
        while data := lines.readline(LONGEST_LINE + 1):
            number += 1
            if data.strip():
                self._take_line(number, data)

    def _take_line(self, number: int, data: bytes) -> None:
        line = _parsed(number, data)
        if OF_ONE in line:
            return
        task = line.get("_task_id")
        if not isinstance(task, str):
            raise Refused(f"line {number}: _task_id is needed; export as jsonl")
        digest = digest_of(without_review(line))
        self.places.append(Place(task, number, self.lines.tell(), digest))
        self.found.add(digest)
        self.lines.write(data.rstrip(b"\r\n") + b"\n")

    def _line(self, place: Place) -> Line:
        self.lines.seek(place.start)
        line = without_review(_parsed(place.number, self.lines.readline()))
        spans = line.get("spans") or []
        if not isinstance(spans, list):
            raise Refused(f"line {place.number}: spans: a list is needed")
        return {**line, "spans": [_span(place, n, span) for n, span in enumerate(spans)]}


def _unpacked(file: BinaryIO) -> BinaryIO:
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file


def _parsed(number: int, data: bytes) -> dict[str, Any]:
    if len(data) > LONGEST_LINE:
        raise Refused(f"line {number}: longer than {LONGEST_LINE // 2**20} MiB")
    try:
        line = loads_strict(data)
    except StrictJsonError as error:
        raise Refused(f"line {number}: {error}") from error
    if not isinstance(line, dict):
        raise Refused(f"line {number}: not a JSON object")
    return line


def _span(place: Place, n: int, span: Any) -> dict[str, Any]:
    """A shape with all that tells where it is. Raises Refused."""
    try:
        shape = parse_shape(span, index=n)
    except ShapeError as error:
        raise Refused(f"line {place.number}: {error}") from error
    around = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
    if not isinstance(span.get("id", ""), str | int):
        raise Refused(f"line {place.number}: spans[{n}].id: {json.dumps(span['id'])} is no name")
    return {**span, **around, "points": span.get("points") or [list(each) for each in shape.points]}
