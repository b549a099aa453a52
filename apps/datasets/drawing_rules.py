"""Which settings of drawing a dataset accepts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, get_args

from apps.datasets.domain.drawing import BoxBy, Crossing, Drawing, LabelList, ShapeKind
from apps.datasets.setting_values import (
    RuleError,
    read_each,
    read_flag,
    read_one_of,
    read_whole,
)

WIDEST_STROKE = 6
SMALLEST_FONT, LARGEST_FONT = 10, 24
DARKEST = 0.8
"""Beyond, nobody could see what they draw around."""


def read_drawing(value: Any) -> Drawing:
    """What may be drawn, and how it looks."""
    return Drawing(**read_each(READERS, value))


def _shapes(value: Any) -> tuple[str, ...]:
    kinds = get_args(ShapeKind)
    if not isinstance(value, list) or not value or any(kind not in kinds for kind in value):
        raise RuleError(f"This must be a list of at least one of {', '.join(kinds)}.")
    return tuple(kind for kind in kinds if kind in value)


def _darken(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 <= value <= DARKEST:
        raise RuleError(f"This must be a number from 0 to {DARKEST:g}.")
    return float(value)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "shapes": _shapes,
    "box_by": read_one_of(*get_args(BoxBy)),
    "from_centre": read_flag,
    "crossing": read_one_of(*get_args(Crossing)),
    "stroke_width": lambda value: read_whole(value, least=1, most=WIDEST_STROKE),
    "font_size": lambda value: read_whole(value, least=SMALLEST_FONT, most=LARGEST_FONT),
    "darken": _darken,
    "show_labels": read_flag,
    "label_list": read_one_of(*get_args(LabelList)),
}
