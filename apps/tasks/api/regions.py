"""Places on an image as they come in."""

from __future__ import annotations

from rest_framework import serializers

from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.shapes import ShapeError
from concord.errors import Invalid
from concord.http.serializers import StrictSerializer


class RegionRequest(StrictSerializer):
    """A place on the image, in pixels of the upright one."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()


def check_region(
    region: dict[str, float] | None, *, width: int, height: int
) -> dict[str, float] | None:
    """Return a place that lies on the image of that size, None for none; raises Invalid
    `invalid_region`."""
    if region is None:
        return None
    box = {"type": "rect", **region}
    try:
        shape = parse_shape(box, index=0, image_width=width, image_height=height)
    except ShapeError as error:
        errors = {"region": [error.detail]}
        raise Invalid("invalid_region", error.detail, errors=errors) from error
    return {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
