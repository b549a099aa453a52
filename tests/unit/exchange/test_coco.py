"""COCO by hand-computed numbers."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.domain.coco import CocoWriter, area_of, safe_name
from apps.exchange.domain.records import Asked, Category, Provenance, Response, Settled, Source

CATEGORIES = [
    Category(id=1, name="stop", retired=False),
    Category(id=2, name="old", retired=True),
    Category(id=4, name="yield", retired=False),
]
RECT = {
    "type": "rect",
    "label": "yield",
    "x": 10.25,
    "y": 20.5,
    "width": 4.0,
    "height": 2.5,
    "points": [[10.25, 20.5], [10.25, 23.0], [14.25, 23.0], [14.25, 20.5]],
}
# An L of 3 x 3 less 2 x 2: five square pixels.
ELL = {
    "type": "polygon",
    "label": "old",
    "x": 0,
    "y": 0,
    "width": 3,
    "height": 3,
    "points": [[0, 0], [1, 0], [1, 2], [3, 2], [3, 3], [0, 3]],
}


def asked(number: int, name: str = "a.jpg") -> Asked:
    source = Source(address="https://x.org/a.jpg", name=name, sha256="0" * 64, width=9, height=8)
    return Asked(
        id="t",
        number=number,
        interface="image_manual",
        source=source,
        label="",
        options=None,
        meta={},
        extra={},
        input_hash="",
        image=number,
    )


def settled(*spans: dict[str, Any]) -> Settled:
    provenance = Provenance("agreed", False, {}, [], [], 1.0, "", None, "")
    return Settled(Response("accept", spans, [], {}), provenance)


def test_a_rectangle_keeps_its_numbers() -> None:
    (annotation,) = CocoWriter(CATEGORIES).annotations(asked(7), settled(RECT))
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
    assert area_of({**ELL, "points": ELL["points"][::-1]}) == 5.0  # type: ignore[index]


def test_retired_labels_are_categories_only_where_they_were_used() -> None:
    writer = CocoWriter(CATEGORIES)
    assert [row["id"] for row in writer.categories()] == [1, 4]
    list(writer.annotations(asked(1), settled(ELL)))
    assert [row["name"] for row in writer.categories()] == ["stop", "old", "yield"]


def test_a_shape_without_a_label_has_no_category() -> None:
    assert (
        list(CocoWriter(CATEGORIES).annotations(asked(1), settled({**RECT, "label": None}))) == []
    )


def test_files_of_one_name_are_told_apart_whatever_the_case() -> None:
    writer = CocoWriter(CATEGORIES)
    wanted = ["a.jpg", "A.JPG", "a-3.jpg", "a.jpg", "cafe\u0301.png", "caf\u00e9.png"]
    given = [
        image["file_name"]
        for n, name in enumerate(wanted, start=1)
        for image in writer.images(asked(n, name))
    ]
    assert given == ["a.jpg", "A-2.JPG", "a-3.jpg", "a-4.jpg", "caf\u00e9.png", "caf\u00e9-6.png"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x.jpg", "C_x.jpg"),
        ("..", "image"),
        ("", "image"),
        ("a\x00b.jpg", "a_b.jpg"),
        ("x" * 300 + ".jpg", "x" * 146 + ".jpg"),
        ("🦊.png", "🦊.png"),
    ],
)
def test_no_name_leaves_its_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
