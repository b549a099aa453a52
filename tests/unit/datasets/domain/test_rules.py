"""What accepting answers must keep to; overlaps are computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.domain.parsing import parse_shape
from apps.datasets.domain.rules import MOST_COMPARED, Rules, breaches
from apps.datasets.domain.shapes import Shape


def box(x: float, y: float = 0, width: float = 10, height: float = 10) -> Shape:
    return parse_shape({"x": x, "y": y, "width": width, "height": height}, index=0)


def outline(*points: tuple[float, float]) -> Shape:
    return parse_shape({"type": "polygon", "points": [list(point) for point in points]}, index=0)


def broken(rules: Rules, *shapes: tuple[str, Shape], options: int | None = None) -> list[str]:
    return [breach.rule for breach in breaches(rules, shapes=shapes, options=options)]


@pytest.mark.parametrize(
    ("rules", "count", "expected"),
    [
        ({}, 0, []),
        ({"min_shapes": 1}, 0, ["min_shapes"]),
        ({"min_shapes": 1}, 1, []),
        ({"max_shapes": 2}, 2, []),
        ({"max_shapes": 2}, 3, ["max_shapes"]),
        ({"max_shapes": 0}, 1, ["max_shapes"]),
    ],
)
def test_shapes_are_counted(rules: dict[str, Any], count: int, expected: list[str]) -> None:
    assert broken(Rules(**rules), *[("car", box(20 * n)) for n in range(count)]) == expected


def test_options_are_counted_only_where_some_are_offered() -> None:
    rules = Rules(min_options=1, max_options=2)
    counts = (None, 0, 1, 2, 3)
    assert [broken(rules, options=count) for count in counts] == [
        [],
        ["min_options"],
        [],
        [],
        ["max_options"],
    ]


def test_every_required_label_that_is_missing_is_named() -> None:
    found = breaches(
        Rules(required_labels=("car", "road", "sky")), shapes=[("car", box(0))], options=None
    )
    assert [breach.detail for breach in found] == [
        "Something must have the label road.",
        "Something must have the label sky.",
    ]


@pytest.mark.parametrize(("most", "expected"), [(0.33, ["max_overlap"]), (0.34, [])])
def test_boxes_that_share_a_third_of_their_union(most: float, expected: list[str]) -> None:
    # 5 x 10 shared of 10 x 10 + 10 x 10 - 50: a third.
    assert broken(Rules(max_overlap=most), ("car", box(0)), ("car", box(5))) == expected


def test_shapes_of_different_labels_may_overlap() -> None:
    assert broken(Rules(max_overlap=0.1), ("car", box(0)), ("wheel", box(0))) == []


def test_outlines_are_compared_by_their_areas_and_not_by_the_rectangles_around_them() -> None:
    lower = outline((0, 0), (0, 10), (10, 10))
    upper = outline((0, 0), (10, 10), (10, 0))
    assert broken(Rules(max_overlap=0.1), ("car", lower), ("car", upper)) == []
    assert broken(Rules(max_overlap=0.4), ("car", lower), ("car", box(0))) == ["max_overlap"]


def test_a_flood_of_shapes_is_refused_before_each_is_compared_with_each() -> None:
    flood = [("car", box(20 * n)) for n in range(MOST_COMPARED + 1)]
    assert broken(Rules(max_overlap=0.5), *flood) == ["max_overlap"]
    assert broken(Rules(max_overlap=0.5), *flood[1:]) == []
