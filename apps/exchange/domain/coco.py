"""COCO detection: what was drawn on images whose final answer is accept.

Images that were rejected or left unsure are left out, because an image without annotations means
that there is nothing on it. Where people judged boxes one by one, an image has those that they
accepted, and is left out when there are none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from apps.exchange.domain.records import Asked, Category, Settled


class CocoWriter:
    """Gives out the parts of one COCO file in the order in which tasks are put in.

    The id of an image is the number of its first task, that of a category the place of its label:
    both stay when tasks become final later. Annotations are numbered from 1 within the file.
    """

    def __init__(self, categories: Sequence[Category]) -> None:
        self._ids = {category.name: category.id for category in categories}
        self._categories = categories
        self._used: set[str] = set()
        self._numbers = count(1)

    def image(self, asked: Asked, *, file_name: str) -> dict[str, Any]:
        """The entry of a task's image; ask for it once."""
        source = asked.source
        return {
            "id": asked.image,
            "file_name": file_name,
            "width": source.width,
            "height": source.height,
            "coco_url": source.address,
        }

    def annotations(self, asked: Asked, settled: Settled) -> Iterator[dict[str, Any]]:
        """The entries of what is on an image; shapes without a label have no category."""
        for span in settled.response.spans:
            if span.get("label") is None:
                continue
            self._used.add(span["label"])
            yield {
                "id": next(self._numbers),
                "image_id": asked.image,
                "category_id": self._ids[span["label"]],
                "bbox": [span["x"], span["y"], span["width"], span["height"]],
                "area": area_of(span),
                "iscrowd": 0,
                "segmentation": [[number for point in span["points"] for number in point]],
                **({"attributes": span["attributes"]} if span.get("attributes") else {}),
            }

    def categories(self) -> list[dict[str, Any]]:
        """The labels in their order; of the retired ones those that were used. Ask for it last."""
        return [
            {"id": category.id, "name": category.name, "supercategory": ""}
            for category in self._categories
            if not category.retired or category.name in self._used
        ]


def area_of(span: Mapping[str, Any]) -> float:
    """Square pixels inside the outline; of a rectangle width times height, unrounded otherwise."""
    if span["type"] == "rect":
        area: float = span["width"] * span["height"]
        return area
    return polygon_area(span["points"])


def polygon_area(points: Sequence[Collection[float]]) -> float:
    """The area of a simple polygon by the shoelace formula."""
    return abs(sum(_cross(a, b) for a, b in _sides(points))) / 2


def _sides(points: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    return zip(points, [*points[1:], points[0]], strict=True)


def _cross(a: Sequence[float], b: Sequence[float]) -> float:
    return a[0] * b[1] - b[0] * a[1]
