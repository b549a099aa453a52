"""Overlap of shapes: area of the intersection over area of the union, 0 to 1.

Boxes are arrays of (left, top, right, bottom) rows and are compared row by row. Outlines that cross
themselves are first made valid by shapely; an edge or a point that they degenerate to has no area.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from apps.datasets.domain.shapes import Shape

FloatArray = NDArray[np.float64]


def box_iou(first: FloatArray, second: FloatArray) -> FloatArray:
    """Overlap of row n of one array with row n of the other, both (N, 4); 0 without any area."""
    sides = np.minimum(first[:, 2:], second[:, 2:]) - np.maximum(first[:, :2], second[:, :2])
    shared = np.prod(np.maximum(sides, 0.0), axis=1)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (first, second)]
    return _ratio(shared, areas[0] + areas[1] - shared)


def outline_iou(first: Sequence[Shape], second: Sequence[Shape]) -> FloatArray:
    """Overlap of shape n of one list with shape n of the other, of any type, by their outlines."""
    one, other = _polygons(first), _polygons(second)
    shared = shapely.area(shapely.intersection(one, other))
    return _ratio(shared, shapely.area(one) + shapely.area(other) - shared)


def shape_iou(first: Shape, second: Shape) -> float:
    """Overlap of two shapes of any type."""
    if first.type == second.type == "rect":
        return float(box_iou(np.array([first.edges]), np.array([second.edges]))[0])
    return float(outline_iou([first], [second])[0])


def _polygons(shapes: Sequence[Shape]) -> NDArray[Any]:
    geometries: NDArray[Any] = np.array(
        [shapely.Polygon(shape.points) for shape in shapes], dtype=object
    )
    # "structure" keeps every enclosed area, where the default drops parts that overlap twice.
    return np.asarray(shapely.make_valid(geometries, method="structure", keep_collapsed=False))


def _ratio(shared: FloatArray, union: FloatArray) -> FloatArray:
    result = np.zeros_like(shared)
    np.divide(shared, union, out=result, where=union > 0)
    return np.minimum(result, 1.0)
