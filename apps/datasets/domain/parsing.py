"""Reading a Prodigy-style span: any honest way to write a shape in, one frozen Shape out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from apps.datasets.domain.shapes import Point, Shape, ShapeError, ShapeType, outline, rectangle

SLACK = 1.0
"""Pixels by which a shape may overshoot its image, and by which two statements of one rectangle
(its points and its x, y, width, height) may differ: whole-pixel rounding of both makes 1."""

LIMIT = 1e9
"""No image is so large. Below it neither a far edge nor an area can overflow."""

EXTREMES = "extreme_points"
"""The key of a span that keeps the extreme points which its box was drawn by."""

_BOX = ("x", "y", "width", "height")
_TYPES: dict[str, ShapeType] = {"rect": "rect", "polygon": "polygon", "freehand": "freehand"}
REFUSED_KEYS = {
    "mask": "mask",
    "rle": "mask",
    "bitmap": "mask",
    "holes": "hole",
    "angle": "rotated",
    "rotation": "rotated",
}
_REFUSED_TYPES = {
    "mask": "mask",
    "rle": "mask",
    "bitmap": "mask",
    "brush": "mask",
    "rotated": "rotated",
    "rotated_rect": "rotated",
    "obb": "rotated",
}
_REFUSALS = {
    "mask": "masks are not taken; send an outline",
    "hole": "outlines with holes are not taken",
    "rotated": "rotated boxes are not taken; send a polygon",
}


def parse_shape(
    span: Any, *, index: int, image_width: float | None = None, image_height: float | None = None
) -> Shape:
    """The shape of a span.

    A rectangle may come as `x, y, width, height`, as four corners in any order, or as both if they
    agree. Without a `type`, four upright corners are a rectangle and other points a polygon.
    With the image's size, an overshoot of at most SLACK is clamped and more is refused. Parsing
    what `render_shape` wrote gives the same shape. Raises ShapeError.
    """
    return _Reader(index).shape(span, image_width, image_height)


def parse_extremes(
    span: Mapping[str, Any], shape: Shape, *, index: int, image_width: float, image_height: float
) -> tuple[Point, ...] | None:
    """The extreme points that `shape` was drawn by, in the order of clicking; None without any.

    They are four, on the image, and span the rectangle around the shape: both to SLACK. Raises
    ShapeError.
    """
    if span.get(EXTREMES) is None:
        return None
    return _Reader(index).extremes(span[EXTREMES], shape, image_width, image_height)


class _Reader:
    """Parses one span; knows only its index, so that every refusal can name it."""

    def __init__(self, index: int) -> None:
        self.index = index

    def shape(self, span: Any, image_width: float | None, image_height: float | None) -> Shape:
        if not isinstance(span, Mapping):
            raise self.error("not_an_object", "type", "a span is a JSON object")
        self.refuse_foreign_shapes(span)
        points = self.points(span["points"]) if span.get("points") is not None else None
        kind = self.kind(span, points)
        if kind == "rect":
            return self.rectangle(span, points, image_width, image_height)
        return self.outline(kind, points, image_width, image_height)

    def error(self, code: str, field: str, detail: str) -> ShapeError:
        return ShapeError(code, index=self.index, field=field, detail=detail)

    def refuse_foreign_shapes(self, span: Mapping[str, Any]) -> None:
        """Masks, holes and rotation are refused by name; bending them would lose what was meant."""
        for key, code in REFUSED_KEYS.items():
            if span.get(key):
                raise self.error(code, key, _REFUSALS[code])
        kind = span.get("type")
        if isinstance(kind, str) and kind in _REFUSED_TYPES:
            code = _REFUSED_TYPES[kind]
            raise self.error(code, "type", _REFUSALS[code])

    def kind(self, span: Mapping[str, Any], points: list[Point] | None) -> ShapeType:
        kind = span.get("type")
        if kind is None:
            upright = points is None or _upright_box(points) is not None
            return "rect" if upright else "polygon"
        if isinstance(kind, str) and kind in _TYPES:
            return _TYPES[kind]
        raise self.error("unknown_type", "type", "a shape is a rect, a polygon or a freehand")

    def number(self, value: Any, field: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error("not_a_number", field, "a number is expected")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.error("not_finite", field, "a finite number is expected")
        if abs(number) > LIMIT:
            raise self.error("outside", field, "no image is so large")
        return number

    def points(self, value: Any) -> list[Point]:
        if not isinstance(value, list | tuple):
            raise self.error("not_points", "points", "points are a list of [x, y]")
        if value and all(_is_ring(item) for item in value):
            raise self.error("hole", "points", _REFUSALS["hole"])
        return [self.point(pair, f"points[{n}]") for n, pair in enumerate(value)]

    def point(self, value: Any, field: str) -> Point:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise self.error("not_points", field, "a point is [x, y]")
        x, y = (self.number(part, field) for part in value)
        return x, y

    def extremes(
        self, value: Any, shape: Shape, image_width: float, image_height: float
    ) -> tuple[Point, ...]:
        if not isinstance(value, list | tuple) or len(value) != 4:
            raise self.error("not_points", EXTREMES, "extreme points are four [x, y]")
        points: list[Point] = []
        for n, pair in enumerate(value):
            field = f"{EXTREMES}[{n}]"
            x, y = self.point(pair, field)
            points.append((self.clamp(x, image_width, field), self.clamp(y, image_height, field)))
        spanned = outline("polygon", tuple(points)).edges
        if not all(_near(a, b) for a, b in zip(spanned, shape.edges, strict=True)):
            raise self.error("conflict", EXTREMES, "the extreme points span another rectangle")
        return tuple(points)

    def rectangle(
        self,
        span: Mapping[str, Any],
        points: list[Point] | None,
        image_width: float | None,
        image_height: float | None,
    ) -> Shape:
        stated = self.stated_box(span)
        cornered = None if points is None else self.cornered_box(points)
        if stated is not None and cornered is not None:
            self.require_same(stated, cornered)
        box = stated or cornered
        if box is None:
            raise self.error("missing", "x", "a rectangle needs x, y, width, height or its points")
        x, y, width, height = box
        self.require_center(span, x + width / 2, y + height / 2)
        x, width = self.clamp_side(x, width, image_width, "x", "width")
        y, height = self.clamp_side(y, height, image_height, "y", "height")
        return rectangle(x, y, width, height)

    def stated_box(self, span: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
        given = [key for key in _BOX if span.get(key) is not None]
        if not given:
            return None
        for key in _BOX:
            if key not in given:
                raise self.error("missing", key, "x, y, width and height come together")
        x, y, width, height = (self.number(span[key], key) for key in _BOX)
        return x, y, width, height

    def cornered_box(self, points: list[Point]) -> tuple[float, float, float, float]:
        box = _upright_box(points)
        if box is not None:
            return box
        if len(points) != 4:
            raise self.error("not_points", "points", "a rectangle has four corners")
        raise self.error("rotated", "points", _REFUSALS["rotated"])

    def require_same(
        self, stated: tuple[float, float, float, float], cornered: tuple[float, float, float, float]
    ) -> None:
        x, y, width, height = stated
        left, top, across, down = cornered
        pairs = ((x, left), (y, top), (x + width, left + across), (y + height, top + down))
        if any(not _near(a, b) for a, b in pairs):
            raise self.error("conflict", "points", "the points and x, y, width, height differ")

    def require_center(self, span: Mapping[str, Any], x: float, y: float) -> None:
        """A centre that is elsewhere betrays a file whose x, y are meant as the centre."""
        center = span.get("center")
        if center is None:
            return
        if not isinstance(center, list | tuple) or len(center) != 2:
            raise self.error("not_points", "center", "a center is [x, y]")
        given_x, given_y = (self.number(part, "center") for part in center)
        if not (_near(given_x, x) and _near(given_y, y)):
            raise self.error("conflict", "center", "the center and x, y, width, height differ")

    def clamp_side(
        self, start: float, length: float, size: float | None, at: str, along: str
    ) -> tuple[float, float]:
        if not start + length > start:
            raise self.error("not_positive", along, f"{along} must be more than 0")
        if size is None:
            return start, length
        low = self.clamp(start, size, at)
        end = start + length
        high = self.clamp(end, size, along)
        if low != start or high != end:
            length = high - low
        if length <= 0:
            raise self.error("outside", at, "the rectangle lies outside the image")
        return low, length

    def clamp(self, value: float, size: float, field: str) -> float:
        if not -SLACK <= value <= size + SLACK:
            raise self.error("outside", field, "the shape leaves the image by more than 1 px")
        return min(max(value, 0.0), float(size))

    def outline(
        self,
        kind: Literal["polygon", "freehand"],
        points: list[Point] | None,
        image_width: float | None,
        image_height: float | None,
    ) -> Shape:
        if points is None:
            raise self.error("missing", "points", f"a {kind} needs its points")
        if image_width is not None and image_height is not None:
            points = [
                (
                    self.clamp(x, image_width, f"points[{n}]"),
                    self.clamp(y, image_height, f"points[{n}]"),
                )
                for n, (x, y) in enumerate(points)
            ]
        kept = _without_repeats(points)
        if len(set(kept)) < 3:
            raise self.error("too_few_points", "points", "an outline has three distinct points")
        if _collinear(kept):
            raise self.error("no_area", "points", "the points lie on one line")
        return outline(kind, tuple(kept))


def _near(a: float, b: float) -> bool:
    # The relative part is for the float error of a far edge in huge coordinates.
    return abs(a - b) <= SLACK + 1e-9 * max(abs(a), abs(b))


def _is_ring(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], list | tuple)


def _upright_box(points: list[Point]) -> tuple[float, float, float, float] | None:
    """x, y, width, height if these are the four corners of an upright rectangle, in any order."""
    if len(points) != 4:
        return None
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    middle_x, middle_y = left / 2 + right / 2, top / 2 + bottom / 2
    if len({(x > middle_x, y > middle_y) for x, y in points}) != 4:
        return None
    for x, y in points:
        if not (
            _near(x, right if x > middle_x else left) and _near(y, bottom if y > middle_y else top)
        ):
            return None
    return left, top, right - left, bottom - top


def _without_repeats(points: list[Point]) -> list[Point]:
    """No point twice in a row, and no closing point: a double click and a closed ring make both."""
    kept = [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]
    while len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    return kept


def _collinear(points: list[Point]) -> bool:
    x0, y0 = points[0]
    x1, y1 = max(points, key=lambda point: math.hypot(point[0] - x0, point[1] - y0))
    return all((x1 - x0) * (y - y0) == (y1 - y0) * (x - x0) for x, y in points)
