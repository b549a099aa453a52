"""What an annotator may draw: rectangles, simple polygons, freehand outlines.

Coordinates are float pixels of the upright full-resolution image; (0, 0) is the outer corner of
its top-left pixel. Reading a shape from JSON is `parsing.parse_shape`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Point = tuple[float, float]
ShapeType = Literal["rect", "polygon", "freehand"]

GEOMETRY_KEYS = frozenset({"type", "x", "y", "width", "height", "points", "center"})
"""The keys of a span that a shape owns; all others belong to whoever wrote them."""


class ShapeError(ValueError):
    """A span whose geometry is refused.

    `code` is stable: `not_an_object`, `not_a_number`, `not_finite`, `missing`, `not_points`,
    `too_few_points`, `not_positive`, `no_area`, `conflict`, `outside`, `unknown_type`,
    `mask`, `hole`, `rotated`. `index` is the span's place in its list, `field` the key at fault.
    """

    def __init__(self, code: str, *, index: int, field: str, detail: str) -> None:
        super().__init__(f"spans[{index}].{field}: {detail}")
        self.code = code
        self.index = index
        self.field = field
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline and the upright rectangle around it.

    A rectangle's points are its corners in the order top-left, bottom-left, bottom-right,
    top-right. An outline's points are in drawing order, without a repeated last point.
    """

    type: ShapeType
    x: float
    y: float
    width: float
    height: float
    points: tuple[Point, ...]

    @property
    def center(self) -> Point:
        """The middle of the rectangle around the shape."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.x, self.y, self.x + self.width, self.y + self.height)


def rectangle(x: float, y: float, width: float, height: float) -> Shape:
    """The rectangle with this top-left corner; sides must be positive, which is not checked."""
    return Shape("rect", x, y, width, height, rectangle_corners(x, y, width, height))


def outline(kind: Literal["polygon", "freehand"], points: tuple[Point, ...]) -> Shape:
    """The closed outline through these points; at least one, which is not checked."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    left, top = min(xs), min(ys)
    return Shape(kind, left, top, max(xs) - left, max(ys) - top, points)


def rectangle_corners(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """Top-left, bottom-left, bottom-right, top-right of the rectangle whose top-left is given."""
    return ((x, y), (x, y + height), (x + width, y + height), (x + width, y))


def corners_from_center(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The corners, in the order above, of the rectangle whose centre is given."""
    return rectangle_corners(x - width / 2, y - height / 2, width, height)


def center_from_corners(corners: tuple[Point, ...]) -> tuple[float, float, float, float]:
    """Centre x and y, width and height of an upright rectangle; the inverse of the above."""
    xs, ys = [point[0] for point in corners], [point[1] for point in corners]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return ((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def render_shape(shape: Shape, onto: Mapping[str, Any]) -> dict[str, Any]:
    """A span with this geometry and with every other key of `onto`, untouched and in its order.

    An outline gets `x`, `y`, `width`, `height` and `center` too: those of the rectangle around it.
    """
    return {
        **onto,
        "type": shape.type,
        "x": shape.x,
        "y": shape.y,
        "width": shape.width,
        "height": shape.height,
        "points": [list(point) for point in shape.points],
        "center": list(shape.center),
    }
