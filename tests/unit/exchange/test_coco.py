"""COCO by hand-computed numbers."""

from __future__ import annotations

from apps.exchange.domain.coco import CocoWriter, area_of
from tests.unit.exchange.entries import CATEGORIES, ELL, RECT, asked, settled


def test_a_rectangle_keeps_its_numbers() -> None:
    (annotation,) = CocoWriter(CATEGORIES).annotations(asked(image=7), settled(RECT))
    assert annotation == {
        "id": 1,
        "image_id": 7,
        "category_id": 4,
        "bbox": [10.25, 20.5, 4.0, 2.5],
        "area": 10.0,
        "iscrowd": 0,
        "segmentation": [[10.25, 20.5, 10.25, 23.0, 14.25, 23.0, 14.25, 20.5]],
    }


def test_the_area_of_an_outline_is_what_is_inside() -> None:
    assert area_of(ELL) == 5.0
    assert area_of({**ELL, "points": list(reversed(ELL["points"]))}) == 5.0


def test_retired_labels_are_categories_only_where_they_were_used() -> None:
    writer = CocoWriter(CATEGORIES)
    assert [row["id"] for row in writer.categories()] == [1, 4]
    list(writer.annotations(asked(), settled(ELL)))
    assert [row["name"] for row in writer.categories()] == ["stop", "old", "yield"]


def test_a_shape_without_a_label_has_no_category() -> None:
    assert list(CocoWriter(CATEGORIES).annotations(asked(), settled({**RECT, "label": None}))) == []
