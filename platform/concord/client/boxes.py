"""Boxes by their centre, as models give them, and by their corners, as tasks have them."""

from __future__ import annotations

from collections.abc import Sequence

Point = list[float]


def centre_to_corners(x: float, y: float, width: float, height: float) -> list[Point]:
    """Return the corners of a box around (x, y): top left, bottom left, bottom right, top right.

    >>> centre_to_corners(500, 300, 100, 150)
    [[450.0, 225.0], [450.0, 375.0], [550.0, 375.0], [550.0, 225.0]]
    """
    left, top = x - width / 2, y - height / 2
    right, bottom = x + width / 2, y + height / 2
    return [[left, top], [left, bottom], [right, bottom], [right, top]]


def corners_to_centre(points: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return centre x, centre y, width and height of the upright box with these four corners, in
    whatever order they come. Raises ValueError for four points that are no box."""
    xs, ys = sorted({x for x, _ in points}), sorted({y for _, y in points})
    if len(points) != 4 or len({(x, y) for x, y in points}) != 4 or (len(xs), len(ys)) != (2, 2):
        raise ValueError("These are not the four corners of an upright box.")
    (left, right), (top, bottom) = xs, ys
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
