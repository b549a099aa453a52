"""Boxes and sizes as other tools write them, brought to pixels of the upright image."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeGuard

from apps.imports.domain.rows import RowError

KEYS = ("x", "y", "width", "height")
SAME_SHAPE = 0.01
"""So much the ratio of the sides may differ where an image was only made larger or smaller."""


class BoxFormat(StrEnum):
    """What four numbers say of a box: a corner and the size, the centre and the size, or two
    opposite corners."""

    XYWH = "xywh"
    CENTRE = "centre"
    XYXY = "xyxy"


def box_of(numbers: Sequence[Any], form: BoxFormat) -> dict[str, float]:
    """Return `x, y, width, height` of a box from its top left corner. Raises RowError `bad_box`."""
    if len(numbers) != 4 or not all(is_number(each) for each in numbers):
        raise RowError("bad_box", "A box is four numbers.")
    a, b, c, d = map(float, numbers)
    if form == BoxFormat.CENTRE:
        a, b = a - c / 2, b - d / 2
    elif form == BoxFormat.XYXY:
        a, b, c, d = min(a, c), min(b, d), abs(c - a), abs(d - b)
    return dict(zip(KEYS, (a, b, c, d), strict=True))


def with_box(span: Mapping[str, Any], form: BoxFormat) -> dict[str, Any]:
    """Return a span whose box, `x, y, width, height` or only `bbox`, was written in this form."""
    if isinstance(span.get("bbox"), list) and not span.keys() & {*KEYS, "points"}:
        rest = {key: value for key, value in span.items() if key != "bbox"}
        return {**rest, **box_of(span["bbox"], form)}
    if form == BoxFormat.XYWH or not all(key in span for key in KEYS):
        return dict(span)
    return {**span, **box_of([span[key] for key in KEYS], form)}


def pairs_of(numbers: Sequence[Any]) -> list[list[float]]:
    """Return `x1, y1, x2, y2, ...` as points. Raises RowError `bad_points`."""
    if len(numbers) % 2 or len(numbers) < 6 or not all(is_number(each) for each in numbers):
        raise RowError("bad_points", "An outline is x and y of three points or more.")
    return [[float(x), float(y)] for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def in_pixels(span: Mapping[str, Any], *, width: int, height: int) -> dict[str, Any]:
    """Return a span given in parts of the image's sides, from 0 to 1, in pixels."""
    scaled = dict(span)
    for key, side in (("x", width), ("width", width), ("y", height), ("height", height)):
        if key in span:
            scaled[key] = span[key] * side
    if "points" in span:
        scaled["points"] = [[x * width, y * height] for x, y in span["points"]]
    return scaled


def require_size(said: Sequence[int], *, relative: bool, width: int, height: int) -> None:
    """Raise RowError `other_size` where a file was made for an image of another size than `width`
    times `height`. Parts of the sides fit an image that was only made larger or smaller."""
    if said[0] == width and said[1] == height:
        return
    if relative and abs(said[0] * height / (said[1] * width) - 1) <= SAME_SHAPE:
        return
    turned = (
        " It seems to be turned by its EXIF orientation." if said[::-1] == [width, height] else ""
    )
    raise RowError(
        "other_size",
        f"The file says {said[0]} x {said[1]} pixels, the upright image has {width} x {height}."
        f"{turned} Bring the image that the shapes were drawn on, or correct the file.",
    )


def size_said(width: Any, height: Any) -> list[int] | None:
    """Return the size that a file says, if it says one."""
    sides = [width, height]
    if all(isinstance(side, int) and not isinstance(side, bool) and side > 0 for side in sides):
        return sides
    return None


def is_number(value: Any) -> TypeGuard[float]:
    """Whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
