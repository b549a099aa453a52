"""CVAT for images 1.1: one XML file, an element per image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from apps.imports.domain.addresses import checked_address, looks_like_address
from apps.imports.domain.answers import NOBODY, given
from apps.imports.domain.boxes import BoxFormat, box_of, pairs_of, size_said
from apps.imports.domain.numbers import number_in, whole_in
from apps.imports.domain.readers.xmls import read_elements
from apps.imports.domain.rows import Payload, Row, RowError, RowRead, RowRefused

REFUSED = {
    "mask": ("mask", "Masks are not taken; export polygons."),
    "ellipse": ("not_taken", "Ellipses are not taken; draw polygons."),
    "polyline": ("not_taken", "Lines are not taken; draw polygons."),
    "points": ("not_taken", "Points are not taken; draw boxes or polygons."),
    "skeleton": ("not_taken", "Skeletons are not taken; draw boxes or polygons."),
    "cuboid": ("not_taken", "Cuboids are not taken; draw boxes or polygons."),
}
CORNERS = ("xtl", "ytl", "xbr", "ybr")


def read_cvat(chunks: Iterable[bytes]) -> Iterator[Row]:
    """Yield a row per image, numbered by its place; of tags, the labels are options that were
    picked. Raises ListRefused."""
    images = (each for each in read_elements(chunks, depth=1) if each.tag == "image")
    for number, image in enumerate(images, start=1):
        try:
            yield _row(number, image)
        except RowError as error:
            yield RowRefused(number, error.code, error.reason, url=image.get("name", "")[:200])


def _row(number: int, image: Element) -> RowRead:
    name = image.get("name", "")
    if not name:
        raise RowError("no_url", "The image has no name.")
    answer = given(
        by=NOBODY,
        spans=[_span(each) for each in image if each.tag != "tag"],
        accept=[_label(each) for each in image if each.tag == "tag"],
    )
    size = size_said(whole_in(image.get("width")), whole_in(image.get("height")))
    payload: Payload = {"answers": [answer], **({"size": size} if size else {})}
    if looks_like_address(name):
        return RowRead(number, checked_address(name), payload)
    return RowRead(number, "", payload, named=name)


def _span(shape: Element) -> dict[str, Any]:
    if shape.tag in REFUSED:
        raise RowError(*REFUSED[shape.tag])
    if number_in(shape.get("rotation", "0")):
        raise RowError("rotated", "Turned boxes are not taken; draw a polygon.")
    attributes = {each.get("name", ""): each.text or "" for each in shape.iter("attribute")}
    said: dict[str, Any] = {"label": _label(shape)}
    if attributes:
        said["attributes"] = attributes
    if shape.tag == "box":
        corners = [number_in(shape.get(key)) for key in CORNERS]
        return {**said, "type": "rect", **box_of(corners, BoxFormat.XYXY)}
    if shape.tag == "polygon":
        numbers = shape.get("points", "").replace(";", ",").split(",")
        return {**said, "type": "polygon", "points": pairs_of([*map(number_in, numbers)])}
    raise RowError("not_taken", f"There is nothing here that a {shape.tag[:50]} could be.")


def _label(shape: Element) -> str:
    label = (shape.get("label") or "").strip()
    if not label:
        raise RowError("one_label", f"A {shape.tag[:50]} has no label.")
    return label
