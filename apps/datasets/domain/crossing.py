"""Outlines that meet themselves."""

from __future__ import annotations

import shapely

from apps.datasets.domain.shapes import Shape


def crosses_itself(shape: Shape) -> bool:
    """Whether two edges cross, touch or lie on one another, other than where neighbours meet."""
    if shape.type == "rect":
        return False
    return not shapely.LinearRing(shape.points).is_simple
