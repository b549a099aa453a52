"""How shapes are drawn in a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ShapeKind = Literal["rect", "polygon", "freehand"]
BoxBy = Literal["drag", "corners", "extremes"]
Crossing = Literal["allow", "warn", "refuse"]
LabelList = Literal["list", "dropdown"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What may be drawn, and how it looks while people work.

    A box is drawn by one drag, by clicks on two opposite `corners`, or on its four `extremes`; with
    `from_centre` its first point is its centre. `crossing` is for outlines that cross themselves.
    `stroke_width` and `font_size` are CSS pixels; `darken` (0 to 0.8) is how much of the image's
    light is taken for the shapes to stand out.
    """

    shapes: tuple[ShapeKind, ...] = ("rect", "polygon", "freehand")
    box_by: BoxBy = "drag"
    from_centre: bool = False
    crossing: Crossing = "warn"
    stroke_width: int = 2
    font_size: int = 12
    darken: float = 0.0
    show_labels: bool = True
    label_list: LabelList = "list"
