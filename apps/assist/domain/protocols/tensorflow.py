"""TensorFlow Serving over REST, row by row.

Images go as `{"b64": ...}`. A prediction is in our own form, a list of numbers for the classes, or
what the Object Detection API gives: `detection_boxes` (top, left, bottom, right as parts of the
image), `detection_scores` and `detection_classes`, counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from apps.assist.domain.protocols.words import (
    Answered,
    AnswerError,
    Asked,
    Described,
    Protocol,
    Sent,
    Word,
    best_class,
    is_number,
    list_of,
    object_of,
    text_of,
    word_of,
)


def _about(asked: Asked) -> str:
    version = f"/versions/{quote(asked.version, safe='')}" if asked.version else ""
    return f"/v1/models/{quote(asked.model, safe='')}{version}"


def _described(value: Any, asked: Asked) -> Described:
    states = list_of(object_of(value, "The status").get("model_version_status"), "versions")
    for state in states:
        found = object_of(state, "model_version_status")
        if found.get("state") == "AVAILABLE":
            version = text_of(found.get("version", ""), "version")
            return Described(asked.model, version, asked.labels)
    raise AnswerError("No version of the model is available.")


def _answered(value: Any, images: Sequence[Sent], asked: Asked) -> Answered:
    rows = object_of(value, "The answer").get("predictions")
    rows = list_of(rows, "predictions", length=len(images))
    pairs = zip(rows, images, strict=True)
    words = [_word(row, image, asked, f"predictions[{n}]") for n, (row, image) in enumerate(pairs)]
    return Answered(words, version=asked.version)


def _word(row: Any, image: Sent, asked: Asked, what: str) -> Word:
    if isinstance(row, list):
        return best_class(row, asked.labels, what)
    if "detection_boxes" in object_of(row, what):
        return {"spans": _boxes(row, image, asked, what)}
    return word_of(row, what)


def _boxes(row: Mapping[str, Any], image: Sent, asked: Asked, what: str) -> list[Word]:
    boxes = list_of(row["detection_boxes"], f"{what}.detection_boxes")
    count = len(boxes)
    classes = list_of(row.get("detection_classes"), f"{what}.detection_classes", length=count)
    scores = list_of(row.get("detection_scores"), f"{what}.detection_scores", length=count)
    found = zip(boxes, classes, scores, strict=True)
    # They are filled up with empty boxes to a fixed number.
    return [
        _box(box, image, _label(kind, asked, what), score, what)
        for box, kind, score in found
        if is_number(score) and score > 0
    ]


def _label(kind: Any, asked: Asked, what: str) -> str:
    if not is_number(kind) or not 1 <= kind <= len(asked.labels):
        raise AnswerError(f"{what} has a class {kind!r:.40}, and {len(asked.labels)} have labels.")
    return asked.labels[int(kind) - 1]


def _box(box: Any, image: Sent, label: str, score: float, what: str) -> Word:
    edges = list_of(box, f"{what}.detection_boxes")
    if len(edges) != 4 or not all(is_number(edge) for edge in edges):
        raise AnswerError(f"{what}.detection_boxes has a box that is not four numbers.")
    top, left, bottom, right = (min(max(edge, 0.0), 1.0) for edge in edges)
    return {
        "type": "rect",
        "x": left * image.width,
        "y": top * image.height,
        "width": (right - left) * image.width,
        "height": (bottom - top) * image.height,
        "label": label,
        "score": score,
    }


PROTOCOL = Protocol(
    about=_about,
    described=_described,
    path=lambda asked: f"{_about(asked)}:predict",
    body=lambda images: {"instances": [{"b64": image.data} for image in images]},
    answered=_answered,
)
