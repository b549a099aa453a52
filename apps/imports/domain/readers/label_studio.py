"""Tasks as Label Studio exports them: JSON with annotations by several people, and predictions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from apps.imports.domain.addresses import checked_address, looks_like_address
from apps.imports.domain.answers import (
    NOBODY,
    VERDICTS,
    given,
    moment_said,
    name_said,
    seconds_said,
)
from apps.imports.domain.boxes import is_number, size_said
from apps.imports.domain.rows import Payload, RowError, RowRead

ANNOTATIONS = ("annotations", "completions")  # as versions before 1.0 called them
UPLOADED = re.compile(r"^[0-9a-f]{8}-(?=.)")
"""What Label Studio puts before the name of a file that was uploaded to it."""
LOCAL_FILES = "/data/local-files/?d="
OURS = frozenset({"image_sha256", "task_id", "meta", "more"})
"""The keys by which our own files are known, which say more than Label Studio has a place for."""
BOXES = ("rectanglelabels", "rectangle")
OUTLINES = ("polygonlabels", "polygon")
MASKS = ("brushlabels", "brush", "bitmask", "bitmasklabels", "magicwand")


def is_label_studio(value: Any) -> bool:
    """Whether a JSON value is a task of Label Studio's."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("data"), dict)
        and any(isinstance(value.get(key), list) for key in (*ANNOTATIONS, "predictions"))
    )


def row_of_label_studio(value: dict[str, Any], *, line: int, url_field: str = "") -> RowRead:
    """The row of one task: its people's annotations as `answers`, predictions as `suggestions`.

    A skipped annotation is an answer that is unsure. Coordinates are parts of the image's sides.
    Raises RowError, also for what has no counterpart here: masks, key points, turned boxes.
    """
    key, source = _source(value["data"], url_field)
    url, named = _address(source)
    made: Any = next((value[k] for k in ANNOTATIONS if isinstance(value.get(k), list)), [])
    predictions = value.get("predictions") or []
    results = [*_objects(made, "annotations"), *_objects(predictions, "predictions")]
    payload: Payload = {
        **_about(value, key),
        "answers": [_answer(each) for each in made],
        "suggestions": [_suggestion(each) for each in predictions],
        "relative": True,
        "size": _size(results),
    }
    said = {name: part for name, part in payload.items() if part or name == "answers"}
    return RowRead(line, url, said, key=f"data.{key}", keys=tuple(value), named=named)


def _about(value: dict[str, Any], key: str) -> Payload:
    """What a task says beside its image: other data is `meta`; files of ours say which is what."""
    data = value["data"]
    if OURS.issubset(data):
        return {
            "meta": data["meta"] if isinstance(data["meta"], dict) else {},
            "extra": data["more"] if isinstance(data["more"], dict) else {},
        }
    rest = {name: part for name, part in data.items() if name != key}
    meta = value["meta"] if isinstance(value.get("meta"), dict) else {}
    number = {"id": value["id"]} if value.get("id") is not None else {}
    return {"meta": {**meta, **rest}, "extra": number}


def _source(data: dict[str, Any], url_field: str) -> tuple[str, str]:
    """The key of a task's image and what stands there."""
    if url_field.removeprefix("data.") in data:
        keys = [url_field.removeprefix("data.")]
    else:
        likely = [key for key, part in data.items() if isinstance(part, str) and _is_image(part)]
        keys = [*(["image"] if "image" in data else []), *likely]
    if not keys or not isinstance(data[keys[0]], str):
        raise RowError("no_url", "The task's data names no image.")
    return keys[0], data[keys[0]]


def _is_image(text: str) -> bool:
    return looks_like_address(text) or text.startswith("/data/")


def _address(source: str) -> tuple[str, str]:
    """The address of an image, or the name of a file that only Label Studio's server has."""
    if looks_like_address(source):
        return checked_address(source), ""
    if source.startswith(LOCAL_FILES):
        return "", source.removeprefix(LOCAL_FILES)
    return "", UPLOADED.sub("", source.rpartition("/")[2])


def _answer(annotation: dict[str, Any]) -> dict[str, Any]:
    spans, accept = _said(annotation)
    said = annotation.get("answer")
    unsure = annotation.get("was_cancelled") is True
    chosen = annotation.get("accept")
    attributes = annotation.get("attributes")
    return given(
        by=_who(annotation),
        answer=said if said in VERDICTS else "ignore" if unsure else "accept",
        spans=spans,
        accept=chosen if isinstance(chosen, list) else accept,
        attributes=attributes if isinstance(attributes, dict) else None,
        at=_when(annotation.get("created_at")) or moment_said(annotation.get("_timestamp")),
        seconds=seconds_said(annotation.get("lead_time")),
    )


def _suggestion(prediction: dict[str, Any]) -> dict[str, Any]:
    spans, accept = _said(prediction)
    score = prediction.get("score")
    return {
        "version": str(prediction.get("model_version") or "")[:100],
        "score": float(score) if is_number(score) else None,
        "spans": spans,
        "accept": accept,
    }


def _who(annotation: dict[str, Any]) -> str:
    """The e-mail address of who annotated, else their number in Label Studio, if it says it."""
    person = annotation.get("completed_by")
    if isinstance(person, dict):
        person = person.get("email") or person.get("id")
    if isinstance(person, int):
        return f"Label Studio {person}"
    person = annotation.get("_annotator_id", NOBODY) if person is None else person
    return name_said(person)


def _when(text: Any) -> str | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None  # not worth an answer
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def _said(made: dict[str, Any]) -> tuple[list[dict[str, Any]], list[int | str]]:
    """The shapes and the choices of an annotation or a prediction."""
    spans: list[dict[str, Any]] = []
    accept: list[int | str] = []
    results = _objects(made.get("result") or [], "result")
    labels = {str(each.get("id")): each for each in results if each.get("type") == "labels"}
    for each in results:
        kind, value = each.get("type"), each.get("value")
        if kind in {"labels", "relation"}:  # of a shape that has its own result; between two
            continue
        if not isinstance(value, dict):
            raise RowError("bad_field", "result has an entry without a value.")
        if kind == "choices" and each.get("from_name") == "answer" and "answer" in made:
            continue  # a verdict of ours
        if kind == "choices":
            accept += _texts(value.get("choices"))
        else:
            named = labels.get(str(each.get("id")), each)
            spans.append(_span(str(kind), value, each, named))
    return spans, accept


def _span(
    kind: str, value: dict[str, Any], result: dict[str, Any], named: dict[str, Any]
) -> dict[str, Any]:
    if kind in MASKS:
        raise RowError("mask", f"{kind} are masks, which are not taken; export outlines.")
    if kind not in BOXES and kind not in OUTLINES:
        raise RowError("not_taken", f"There is nothing here that a result of type {kind} could be.")
    if value.get("rotation") or result.get("image_rotation"):
        raise RowError("rotated", "Turned boxes and images are not taken; draw a polygon.")
    label = _label(named.get("value"))
    identifier = {"id": result["id"]} if isinstance(result.get("id"), str) else {}
    score = {"score": result["score"]} if is_number(result.get("score")) else {}
    if isinstance(result.get("attributes"), dict):
        identifier = {**identifier, "attributes": result["attributes"]}
    if kind in BOXES:
        box = {key: _part(value.get(key)) for key in ("x", "y", "width", "height")}
        return {**identifier, "label": label, "type": "rect", **box, **score}
    points = value.get("points")
    if not isinstance(points, list):
        raise RowError("bad_points", "A polygon has no points.")
    parts = [_point(point) for point in points]
    return {**identifier, "label": label, "type": "polygon", "points": parts, **score}


def _label(value: Any) -> str:
    kinds = ("labels", "rectanglelabels", "polygonlabels")
    said = value if isinstance(value, dict) else {}
    found = next((said[kind] for kind in kinds if kind in said), None)
    labels = _texts(found)
    if len(labels) != 1:
        raise RowError("one_label", f"A shape has {len(labels)} labels; it must have one.")
    return str(labels[0])


def _point(point: Any) -> list[float]:
    if not isinstance(point, list) or len(point) != 2:
        raise RowError("bad_points", "A point is two numbers.")
    return [_part(point[0]), _part(point[1])]


def _part(percent: Any) -> float:
    """Per cent of a side as a part of it."""
    if not is_number(percent):
        raise RowError("bad_box", "A coordinate is no number.")
    return float(percent) / 100


def _texts(value: Any) -> list[int | str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RowError("bad_field", "Labels and choices are lists of texts.")
    return list(value)


def _size(made: Sequence[dict[str, Any]]) -> list[int] | None:
    results = [each for one in made for each in one.get("result") or [] if isinstance(each, dict)]
    sizes = (size_said(r.get("original_width"), r.get("original_height")) for r in results)
    return next((size for size in sizes if size), None)


def _objects(value: Any, key: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RowError("bad_field", f"{key} is not a list of objects.")
    return value
