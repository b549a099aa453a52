"""Reading files of answers. Whatever is in them is hostile until it has been looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.datasets.domain.parsing import LIMIT
from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.class_votes import Vote
from concord.http.strictjson import StrictJsonError, loads_strict

MAX_BYTES = 512 * 2**20
MAX_BOXES = 10_000
"""Boxes of one image. All might overlap, and pairs take memory."""

THINNEST = 1.0
"""A box with a side of fewer pixels is a slip of the hand."""

Label = str | int | bool


class Refused(ValueError):
    """Why a file is refused: one line that says where."""


@dataclass(frozen=True, slots=True)
class Images:
    """The answers to each image. `left_out` are the image, annotator and place of boxes with a
    side below THINNEST, which nobody meant to draw."""

    answers: Mapping[str, list[AnnotatorAnswer]]
    left_out: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Answers:
    """Votes as text, and what the file has where the text of a label stands."""

    votes: list[Vote]
    labels: Mapping[str, Label]


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises Refused."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(str(error.strerror)) from error
    if len(data) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // 2**20} MiB")
    try:
        content = loads_strict(data)
    except StrictJsonError as error:
        raise Refused(str(error)) from error
    if not isinstance(content, dict):
        raise Refused("not a JSON object")
    return content


def images_of(content: Mapping[str, Any]) -> Images:
    """The answers of `{"images": {ID: {"annotators": {NAME: [box, ...]}}}}`.

    A box is `[x, y, width, height]`, with a label behind them or without; its mark's id is its
    place. Keys beside these are left alone. Raises Refused.
    """
    left_out: list[tuple[str, str, int]] = []
    answers = {
        name: _image(name, image, left_out)
        for name, image in _mapping("images", content.get("images")).items()
    }
    return Images(answers, left_out)


def votes_of(content: Mapping[str, Any]) -> Answers:
    """The votes of `{"answers": [[item, annotator, label], ...]}`.

    Items and annotators are strings or whole numbers, labels may be true or false too. Raises
    Refused, also for two labels that look alike as text, and for two answers by one annotator.
    """
    rows = content.get("answers")
    if not isinstance(rows, list):
        raise Refused("answers: a list is needed")
    labels: dict[str, Label] = {}
    first: dict[tuple[str, str], int] = {}
    votes: list[Vote] = []
    for n, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != 3:
            raise Refused(f"answers[{n}]: [item, annotator, label] is needed")
        item, annotator = _name(n, 0, row[0]), _name(n, 1, row[1])
        text = _label(n, row[2], labels)
        if (before := first.setdefault((item, annotator), n)) != n:
            raise Refused(f"answers[{n}]: answers[{before}] is by the same annotator on the item")
        votes.append((item, annotator, text))
    return Answers(votes, labels)


def quoted(name: str, most: int = 40) -> str:
    """A name as it may stand within one line."""
    shown = name if len(name) <= most else name[: most - 1] + "…"
    return json.dumps(shown, ensure_ascii=not shown.isprintable())


def _image(name: str, image: Any, left_out: list[tuple[str, str, int]]) -> list[AnnotatorAnswer]:
    where = f"images[{quoted(name)}]"
    annotators = _mapping(f"{where}.annotators", _mapping(where, image).get("annotators"))
    answers = []
    for annotator, boxes in annotators.items():
        marks = list(_marks(f"{where}.annotators[{quoted(annotator)}]", boxes))
        kept = tuple(mark for mark in marks if not _is_thin(mark))
        answers.append(AnnotatorAnswer(annotator, "accept", kept))
        left_out += [(name, annotator, int(mark.id)) for mark in marks if _is_thin(mark)]
    if sum(len(answer.marks) for answer in answers) > MAX_BOXES:
        raise Refused(f"{where}: more than {MAX_BOXES} boxes")
    return answers


def _marks(where: str, boxes: Any) -> Iterator[Mark]:
    if not isinstance(boxes, list):
        raise Refused(f"{where}: a list of boxes is needed")
    for n, box in enumerate(boxes):
        try:
            yield _mark(n, box)
        except Refused as refusal:
            raise Refused(f"{where}[{n}]{refusal}") from refusal


def _mark(place: int, box: Any) -> Mark:
    """The mark of a box; what is refused begins with where in the box."""
    if not isinstance(box, list) or len(box) not in (4, 5):
        raise Refused(": [x, y, width, height] is needed, a label may follow")
    for at in range(4):
        value = box[at]
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LIMIT:
            raise Refused(f"[{at}]: a number of pixels is needed")
    if box[2] < 0 or box[3] < 0:
        raise Refused(": width and height cannot be below 0")
    label = box[4] if len(box) == 5 else None
    if not isinstance(label, str | None):
        raise Refused("[4]: a label is a string")
    return Mark(str(place), rectangle(*map(float, box[:4])), label)


def _is_thin(mark: Mark) -> bool:
    return min(mark.shape.width, mark.shape.height) < THINNEST


def _mapping(where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(f"{where}: an object is needed")
    return value


def _name(row: int, place: int, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refused(f"answers[{row}][{place}]: a string or a whole number is needed")
    return str(value)


def _label(row: int, value: Any, known: dict[str, Label]) -> str:
    if not isinstance(value, str | int):
        raise Refused(f"answers[{row}][2]: a label is a string, a whole number, true or false")
    text = value if isinstance(value, str) else json.dumps(value)
    other = known.setdefault(text, value)
    if type(other) is not type(value):
        raise Refused(f"answers[{row}][2]: {text} is another label than {json.dumps(other)} above")
    return text
