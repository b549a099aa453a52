"""The forms of what files hold, as JSON Schema (draft 2020-12), for those who make such files.

What a file is held to is code (`apps.imports.domain.tasks`, `apps.datasets.domain.parsing`,
`apps.tasks.spans`), which has a sentence for every fault; tests hold these to that. A schema cannot
compare parts with one another: that a shape lies on its image, has an area, and is the same by its
points and by its sides, and that no option occurs twice, is for the code alone.
"""

from __future__ import annotations

from typing import Any, get_args

from apps.datasets.domain.parsing import LIMIT, REFUSED_KEYS
from apps.datasets.domain.shapes import ShapeType
from apps.tasks.domain.composing import FEWEST, MOST
from apps.tasks.domain.turns import HIGHEST_PRIORITY, HIGHEST_SCORE

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTHING: list[Any] = [None, False, 0, "", [], {}]
LONGEST_LABEL = 200


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list_of(item: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": item, **more}


def _of(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


TEXT: Schema = {"type": "string"}
OBJECT: Schema = {"type": "object"}
COUNT: Schema = {"type": "integer", "minimum": 0}
# 64 bits, with a sign or without, as JSON is read here.
WHOLE: Schema = {"type": "integer", "minimum": -(2**63), "maximum": 2**64 - 1}
OPTION_ID: Schema = {"anyOf": [WHOLE, TEXT]}
NUMBER: Schema = {"type": "number", "minimum": -LIMIT, "maximum": LIMIT}
POINT = _list_of(NUMBER, minItems=2, maxItems=2)
VERDICT: Schema = {"enum": ["accept", "reject", "ignore"]}
_PLAIN = r"[^\x00-\x1f\x7f ]"
ADDRESS: Schema = {
    "type": "string",
    "anyOf": [
        {"pattern": r"^\s*[Dd][Aa][Tt][Aa]:"},
        {
            "maxLength": 4096,
            "anyOf": [
                {
                    "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^/?#\\@\x00-\x1f\x7f ]+"
                    rf"([/?#\\]{_PLAIN}*)?\s*$"
                },
                {"pattern": r"^\s*[Ss]3://[^/\x00-\x1f\x7f]+/[^\x00-\x1f\x7f]*\s*$"},
            ],
        },
    ],
}
SIDES = ("x", "y", "width", "height")


def _has(*keys: str) -> Schema:
    return {
        "required": list(keys),
        "properties": {key: {"not": {"type": "null"}} for key in keys},
    }


OPTION: Schema = {
    "description": "One thing to choose. 1 and '1' are two ids; a whole number has no fraction.",
    "type": "object",
    "properties": {"id": OPTION_ID, "text": TEXT},
    "required": ["id"],
}
TILE: Schema = {
    "description": "An image to pick.",
    "type": "object",
    "properties": {"id": OPTION_ID, "text": TEXT, "image": ADDRESS},
    "required": ["id", "image"],
}
SPAN: Schema = {
    "description": "A shape in pixels of the upright image, (0, 0) the outer corner of its top left"
    " one. A rect has x, y, width and height, or its four corners, or both; the others have points."
    " Without a type, four upright corners are a rect, and other points a polygon.",
    "type": "object",
    "properties": {
        "label": TEXT,
        "type": _or_null({"enum": list(get_args(ShapeType))}),
        "x": _or_null(NUMBER),
        "y": _or_null(NUMBER),
        "width": _or_null({**NUMBER, "exclusiveMinimum": 0}),
        "height": _or_null({**NUMBER, "exclusiveMinimum": 0}),
        "points": _or_null(_list_of(POINT, minItems=3)),
        "center": _or_null(POINT),
        "attributes": OBJECT,
        "extreme_points": _or_null(_list_of(POINT, minItems=4, maxItems=4)),
        **{key: {"enum": NOTHING} for key in REFUSED_KEYS},
    },
    "required": ["label"],
    "anyOf": [_has(*SIDES), _has("points")],
    "allOf": [{"if": _has(side), "then": _has(*SIDES)} for side in SIDES],
    "if": {
        "required": ["type"],
        "properties": {"type": {"enum": ["polygon", "freehand"]}},
    },
    "then": _has("points"),
    "else": {
        "if": {"required": ["type"], "properties": {"type": {"const": "rect"}}},
        "then": {"properties": {"points": _or_null(_list_of(POINT, minItems=4, maxItems=4))}},
    },
}
ASKED: Schema = {
    "label": _or_null({"type": "string", "maxLength": LONGEST_LABEL}),
    "meta": _or_null(OBJECT),
    "accept": _or_null(_list_of(OPTION_ID)),
    "priority": _or_null(
        {"type": "integer", "minimum": -HIGHEST_PRIORITY, "maximum": HIGHEST_PRIORITY}
    ),
    "score": _or_null({"type": "number", "minimum": -HIGHEST_SCORE, "maximum": HIGHEST_SCORE}),
}
TASK: Schema = {
    "description": "A line to import: an image and what is known of it, or options that are the"
    " images to pick among. Other keys are kept, and go out again as they came.",
    "type": "object",
    "properties": {**ASKED, "spans": _or_null(_list_of(_of("span")))},
    "anyOf": [
        {
            "properties": {"image": ADDRESS, "options": _or_null(_list_of(_of("option")))},
            "required": ["image"],
        },
        {
            "properties": {
                **dict.fromkeys(("image", "url", "image_url"), False),
                "options": _list_of(_of("tile"), minItems=FEWEST, maxItems=MOST),
            },
            "required": ["options"],
        },
    ],
}
IMAGE: Schema = {"image": TEXT, "width": COUNT, "height": COUNT, "_image_sha256": TEXT}
ANSWER: Schema = {
    "description": "A line of a jsonl file, or of the feed of answers: what was asked, and what was"
    " said. A final one has _review, that of one annotator is a version.",
    "type": "object",
    "properties": {
        **ASKED,
        **IMAGE,
        "label": TEXT,
        "meta": OBJECT,
        "accept": _list_of(OPTION_ID),
        "spans": _list_of(_of("shape")),
        "options": _list_of(_of("option")),
        "answer": VERDICT,
        "attributes": OBJECT,
        "_task_id": TEXT,
        "_input_hash": TEXT,
        "_review": OBJECT,
    },
    "required": ["meta", "answer", "_task_id", "_input_hash"],
    "anyOf": [{"required": ["image", "width", "height"]}, {"required": ["options"]}],
}
SHAPE: Schema = {
    "description": "A shape as files have it. The points of a rect are top left, bottom left,"
    " bottom right, top right.",
    "type": "object",
    "properties": {
        **SPAN["properties"],
        "id": TEXT,
        "type": {"enum": list(get_args(ShapeType))},
    },
    "required": ["id", "type", *SIDES, "points", "center"],
}
VERSION: Schema = {
    "description": "What one annotator said last. Who that was is a pseudonym, the same throughout"
    " a dataset.",
    "allOf": [_of("answer")],
    "properties": {"_annotator_id": TEXT, "_timestamp": COUNT, "_revision": TEXT, "_review": False},
    "required": ["_annotator_id", "_timestamp", "_revision"],
}

PARTS: dict[str, Schema] = {
    "task": TASK,
    "span": SPAN,
    "option": OPTION,
    "answer": ANSWER,
    "version": VERSION,
    "tile": TILE,
    "shape": SHAPE,
}
PUBLISHED = ("task", "span", "option", "answer", "version")


def schema_of(name: str) -> Schema:
    """Return one of PUBLISHED as a document that needs no other."""
    return {
        "$schema": DIALECT,
        "title": f"Concord {name}",
        **_of(name),
        "$defs": PARTS,
    }
