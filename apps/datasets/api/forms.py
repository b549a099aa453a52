"""The forms of settings and labels as the OpenAPI document tells them (JSON Schema).

They are not what checks a request: that is `apps.datasets.config_rules` and `label_rules`, which
have a sentence for every fault.
"""

from __future__ import annotations

from typing import Any, get_args

from apps.datasets.config import MOST_ANSWERS, SkipPolicy
from apps.datasets.domain.blocks import BlockType
from apps.datasets.domain.drawing import BoxBy, Crossing, LabelList, ShapeKind
from apps.datasets.domain.orders import Order, Spread
from apps.datasets.drawing_rules import DARKEST, LARGEST_FONT, SMALLEST_FONT, WIDEST_STROKE
from apps.datasets.gold_rules import HIGHEST_RATE, MOST_PER_DAY
from apps.datasets.label_rules import KINDS, LONGEST_NAME, SHAPES
from apps.datasets.setting_values import LONGEST_TEXT

Form = dict[str, Any]

TEXT: Form = {"type": "string", "maxLength": LONGEST_TEXT}
FLAG: Form = {"type": "boolean"}
SHARE: Form = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
PART: Form = {"type": "number", "minimum": 0, "maximum": 1}
ANSWERS: Form = {"type": "integer", "minimum": 1, "maximum": MOST_ANSWERS}
CHOICE_STYLE: Form = {"type": "string", "enum": ["single", "multiple"]}
OPTION_ID: Form = {"oneOf": [{"type": "integer"}, {"type": "string"}]}
DIGIT: Form = {"type": "string", "pattern": "^[0-9]?$"}
POINT: Form = {
    "type": "array",
    "prefixItems": [{"type": "number"}, {"type": "number"}],
    "minItems": 2,
    "maxItems": 2,
}
COLOUR: Form = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}


def an_object(required: Form, /, **optional: Form) -> Form:
    """Return the form of an object that has these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def a_list(of: Form) -> Form:
    """Return the form of a list."""
    return {"type": "array", "items": of}


OPTIONS = a_list(an_object({"id": OPTION_ID, "text": TEXT}, key=DIGIT))
BLOCKS = a_list(
    an_object(
        {
            "id": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]{0,49}$"},
            "type": {"type": "string", "enum": list(get_args(BlockType))},
            "title": TEXT,
        },
        options=OPTIONS,
        multiple=FLAG,
        required=FLAG,
    )
)
OVERLAP: Form = {
    "oneOf": [
        ANSWERS,
        {"type": "string", "const": "all"},
        an_object({"base": ANSWERS, "share": SHARE, "to": ANSWERS}),
        an_object({"base": ANSWERS, "most": ANSWERS}),
    ]
}
REVIEW_POLICY: Form = {
    "oneOf": [
        {"type": "string", "enum": ["none", "conflicts", "all"]},
        an_object({"sample": SHARE}),
        an_object({"target_error": SHARE, "audit": SHARE}),
    ]
}
LABEL_NAME: Form = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
LABEL_SHAPES = a_list({"type": "string", "enum": list(SHAPES)})
ATTRIBUTES = a_list(
    an_object(
        {"name": LABEL_NAME, "kind": {"type": "string", "enum": list(KINDS)}},
        options=a_list(TEXT),
        default={"type": ["boolean", "number", "string"]},
        required=FLAG,
    )
)
NEW_LABEL: Form = {
    "oneOf": [
        LABEL_NAME,
        an_object(
            {"name": LABEL_NAME},
            colour=COLOUR,
            key=DIGIT,
            shapes=LABEL_SHAPES,
            attributes=ATTRIBUTES,
        ),
    ]
}
ROUTING = a_list(
    an_object(
        {
            "meta": TEXT,
            "to": {"oneOf": [a_list(TEXT), {"type": "string", "enum": ["named", "others"]}]},
        },
        equals={"type": ["string", "number", "boolean", "null"]},
    )
)
ORDER: Form = {"type": "string", "enum": list(get_args(Order))}
SPREAD: Form = {"type": "string", "enum": list(get_args(Spread))}
SKIP_POLICY: Form = {"type": "string", "enum": list(get_args(SkipPolicy))}
COUNT: Form = {"type": "integer", "minimum": 0}
OR_NULL: Form = {"type": "null"}
RULES = an_object(
    {},
    min_shapes={"oneOf": [COUNT, OR_NULL]},
    max_shapes={"oneOf": [COUNT, OR_NULL]},
    required_labels=a_list(TEXT),
    max_overlap={"oneOf": [SHARE, OR_NULL]},
    min_options={"oneOf": [COUNT, OR_NULL]},
    max_options={"oneOf": [COUNT, OR_NULL]},
)
GOLD = an_object(
    {},
    rate={"type": "number", "minimum": 0, "maximum": HIGHEST_RATE},
    per_day={"type": "integer", "minimum": 1, "maximum": MOST_PER_DAY},
    feedback=FLAG,
)


def _one_of(words: Any) -> Form:
    return {"type": "string", "enum": list(get_args(words))}


_DRAWING: Form = {
    "shapes": {**a_list(_one_of(ShapeKind)), "minItems": 1},
    "box_by": _one_of(BoxBy),
    "from_centre": FLAG,
    "crossing": _one_of(Crossing),
    "stroke_width": {"type": "integer", "minimum": 1, "maximum": WIDEST_STROKE},
    "font_size": {"type": "integer", "minimum": SMALLEST_FONT, "maximum": LARGEST_FONT},
    "darken": {"type": "number", "minimum": 0, "maximum": DARKEST},
    "show_labels": FLAG,
    "label_list": _one_of(LabelList),
}
DRAWING = an_object({}, **_DRAWING)
DRAWING_SHOWN = an_object(_DRAWING)
