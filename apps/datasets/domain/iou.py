"""Overlap of shapes: area of the intersection over area of the union, 0 to 1.

Boxes are arrays of (left, top, right, bottom) rows and are compared row by row. Outlines that cross
themselves are first made valid by shapely; an edge or a point that they degenerate to has no area.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from apps.datasets.domain.shapes import Shape

FloatArray = NDArray[np.float64]
Polygons = NDArray[Any]
"""Geometries of shapely."""

# Corners are laid on a grid, in px: where outlines nearly touch, GEOS may answer for the wrong side
# of an edge with coordinates as they are (snap rounding, Hobby 1999).
GRID = 1e-6


def box_iou(first: FloatArray, second: FloatArray) -> FloatArray:
    """Overlap of row n of one array with row n of the other, both (N, 4); 0 without any area."""
    shared = shared_area(first, second)
    return _ratio(shared, box_area(first) + box_area(second) - shared)


def shared_area(first: FloatArray, second: FloatArray) -> FloatArray:
    """The area that row n of one array has in common with row n of the other."""
    sides = np.minimum(first[:, 2:], second[:, 2:]) - np.maximum(first[:, :2], second[:, :2])
    sides = np.maximum(sides, 0.0)
    return np.asarray(sides[:, 0] * sides[:, 1])


def box_area(boxes: FloatArray) -> FloatArray:
    """The area of each box."""
    return np.asarray((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


def polygon_iou(first: Polygons, second: Polygons) -> FloatArray:
    """Overlap of polygon n of one array with polygon n of the other."""
    shared = shapely.area(shapely.intersection(first, second, grid_size=GRID))
    return _ratio(shared, shapely.area(first) + shapely.area(second) - shared)


def to_polygons(shapes: Iterable[Shape]) -> Polygons:
    """The areas that the outlines of shapes of any type enclose, as valid (multi)polygons."""
    geometries: Polygons = np.array([shapely.Polygon(shape.points) for shape in shapes], object)
    # "structure" keeps every enclosed area, where the default drops parts that overlap twice.
    return np.asarray(shapely.make_valid(geometries, method="structure", keep_collapsed=False))


def shape_iou(first: Shape, second: Shape) -> float:
    """Overlap of two shapes of any type."""
    if first.type == second.type == "rect":
        return float(box_iou(np.array([first.edges]), np.array([second.edges]))[0])
    return float(polygon_iou(to_polygons([first]), to_polygons([second]))[0])


def _ratio(shared: FloatArray, union: FloatArray) -> FloatArray:
    result = np.zeros_like(shared)
    np.divide(shared, union, out=result, where=union > 0)
    return np.minimum(result, 1.0)
