"""Spans as JSON in, shapes out, and every refusal with its code, index and field."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.domain.parsing import parse_extremes, parse_shape
from apps.datasets.domain.shapes import (
    ShapeError,
    center_from_corners,
    corners_from_center,
    render_shape,
)

CORNERS = [[10, 20], [10, 60], [40, 60], [40, 20]]


def parse(span: Any, width: float | None = 100, height: float | None = 80) -> Any:
    return parse_shape(span, index=3, image_width=width, image_height=height)


def test_a_rectangle_renders_with_everything_that_p12_names() -> None:
    span = {"x": 10, "y": 20, "width": 30, "height": 40, "label": "CAR", "note": {"é": [None]}}
    assert render_shape(parse(span), span) == {
        "x": 10.0,
        "y": 20.0,
        "width": 30.0,
        "height": 40.0,
        "label": "CAR",
        "note": {"é": [None]},
        "type": "rect",
        "points": [[10, 20], [10, 60], [40, 60], [40, 20]],
        "center": [25, 40],
    }


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 3, 1), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_corners_come_in_any_order_and_leave_in_one(order: tuple[int, ...]) -> None:
    shape = parse({"points": [CORNERS[n] for n in order]})
    assert shape.type == "rect"
    assert shape.points == ((10, 20), (10, 60), (40, 60), (40, 20))


def test_points_and_sides_may_both_be_given_if_they_agree() -> None:
    span = {"x": 10, "y": 20.4, "width": 30, "height": 39.6, "points": CORNERS, "center": [25, 40]}
    assert parse(span).edges == (10, 20.4, 40, 60)


def test_an_overshoot_of_one_pixel_is_clamped() -> None:
    shape = parse({"x": -1, "y": 20, "width": 102, "height": 40})
    assert shape.edges == (0, 20, 100, 60)
    polygon = parse({"points": [[-0.5, 0], [50, 81], [101, 10]]})
    assert polygon.points == ((0, 0), (50, 80), (100, 10))


def test_extreme_points_are_read_with_the_slack_of_the_box() -> None:
    span = {"x": 0, "y": 20, "width": 30, "height": 40}
    points = [[-0.5, 25], [30, 30], [12, 20.5], [10, 60]]
    kept = parse_extremes(
        {**span, "extreme_points": points}, parse(span), index=3, image_width=100, image_height=80
    )
    assert kept == ((0, 25), (30, 30), (12, 20.5), (10, 60))
    assert parse_extremes(span, parse(span), index=3, image_width=100, image_height=80) is None


@pytest.mark.parametrize(
    ("points", "code", "field"),
    [
        (7, "not_points", "extreme_points"),
        ([[10, 25]] * 3, "not_points", "extreme_points"),
        ([[10, 25], [40, 30], [12], [10, 60]], "not_points", "extreme_points[2]"),
        ([[10, 25], [40, None], [12, 20], [10, 60]], "not_a_number", "extreme_points[1]"),
        ([[10, 25], [40, 30], [12, math.nan], [10, 60]], "not_finite", "extreme_points[2]"),
        ([[10, 25], [40, 30], [12, 20], [10, 82]], "outside", "extreme_points[3]"),
        ([[10, 25], [42, 30], [12, 20], [10, 60]], "conflict", "extreme_points"),
    ],
)
def test_extreme_points_that_are_none(points: Any, code: str, field: str) -> None:
    span = {"x": 10, "y": 20, "width": 30, "height": 40, "extreme_points": points}
    with pytest.raises(ShapeError) as refused:
        parse_extremes(span, parse(span), index=3, image_width=100, image_height=80)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_outlines_lose_repeated_points_only() -> None:
    ring = [[0, 0], [0, 0], [30, 0], [30, 30], [0, 0]]
    shape = parse({"type": "freehand", "points": ring})
    assert shape.type == "freehand"
    assert shape.points == ((0, 0), (30, 0), (30, 30))
    assert (shape.x, shape.y, shape.width, shape.height) == (0, 0, 30, 30)


REFUSED: list[tuple[Any, str, str]] = [
    (None, "not_an_object", "type"),
    ([1, 2], "not_an_object", "type"),
    ({}, "missing", "x"),
    ({"x": 1, "y": 1, "width": 5}, "missing", "height"),
    ({"x": True, "y": 1, "width": 5, "height": 5}, "not_a_number", "x"),
    ({"x": "12", "y": 1, "width": 5, "height": 5}, "not_a_number", "x"),
    ({"x": 1, "y": math.nan, "width": 5, "height": 5}, "not_finite", "y"),
    ({"x": 1, "y": 1, "width": math.inf, "height": 5}, "not_finite", "width"),
    ({"x": 1, "y": 1, "width": 10**400, "height": 5}, "not_finite", "width"),
    ({"x": 1, "y": 1, "width": 1e308, "height": 5}, "outside", "width"),
    ({"x": 1, "y": 1, "width": 0, "height": 5}, "not_positive", "width"),
    ({"x": 90, "y": 1, "width": 1e-15, "height": 5}, "not_positive", "width"),
    ({"x": 1, "y": 1, "width": 5, "height": -5}, "not_positive", "height"),
    ({"x": -1.01, "y": 1, "width": 5, "height": 5}, "outside", "x"),
    ({"x": 90, "y": 1, "width": 11.01, "height": 5}, "outside", "width"),
    ({"x": -1, "y": 1, "width": 0.5, "height": 5}, "outside", "x"),
    ({"x": 11.01, "y": 20, "width": 30, "height": 40, "points": CORNERS}, "conflict", "points"),
    ({"x": 25, "y": 40, "width": 30, "height": 40, "center": [25, 40]}, "conflict", "center"),
    ({"type": "rect", "points": CORNERS[:3]}, "not_points", "points"),
    ({"type": "rect", "points": [[20, 0], [40, 20], [20, 40], [0, 20]]}, "rotated", "points"),
    ({"points": "10,20"}, "not_points", "points"),
    ({"points": [[1, 2], [3]]}, "not_points", "points[1]"),
    ({"points": [[1, 2], [3, False], [5, 5]]}, "not_a_number", "points[1]"),
    ({"type": "polygon"}, "missing", "points"),
    ({"type": "polygon", "points": []}, "too_few_points", "points"),
    ({"type": "polygon", "points": [[1, 1], [2, 2], [1, 1], [2, 2]]}, "too_few_points", "points"),
    ({"type": "polygon", "points": [[1, 1], [2, 2], [4, 4]]}, "no_area", "points"),
    ({"type": "polygon", "points": [[1, 1], [9, 9], [1, 82]]}, "outside", "points[2]"),
    ({"type": "ellipse"}, "unknown_type", "type"),
    ({"type": ["rect"]}, "unknown_type", "type"),
    ({"type": "mask", "counts": "a"}, "mask", "type"),
    ({"type": "rect", "rle": [1, 2]}, "mask", "rle"),
    ({"points": [[[0, 0], [9, 0], [9, 9]], [[2, 2], [3, 2], [3, 3]]]}, "hole", "points"),
    ({"type": "polygon", "points": CORNERS, "holes": [[[1, 1]]]}, "hole", "holes"),
    ({"x": 1, "y": 1, "width": 5, "height": 5, "rotation": 30}, "rotated", "rotation"),
]


@pytest.mark.parametrize(("span", "code", "field"), REFUSED)
def test_a_refusal_names_the_code_the_index_and_the_field(span: Any, code: str, field: str) -> None:
    with pytest.raises(ShapeError) as refusal:
        parse(span)
    assert (refusal.value.code, refusal.value.index, refusal.value.field) == (code, 3, field)


def test_without_an_image_nothing_is_outside() -> None:
    assert parse({"x": -50, "y": 1, "width": 5, "height": 5}, None, None).x == -50


def test_center_and_corners_are_inverse_as_p44_has_it() -> None:
    corners = corners_from_center(500, 300, 100, 150)
    assert corners == ((450, 225), (450, 375), (550, 375), (550, 225))
    assert center_from_corners(corners) == (500, 300, 100, 150)


numbers = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 6))
rectangles = st.builds(
    lambda x, y, width, height: {"x": x, "y": y, "width": width, "height": height},
    numbers,
    numbers,
    st.floats(0.001, 1000),
    st.floats(0.001, 1000),
)
outlines = st.builds(
    lambda kind, points: {"type": kind, "points": [list(point) for point in points]},
    st.sampled_from(["polygon", "freehand"]),
    st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12),
)
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(rectangles | outlines)
def test_parsing_what_was_rendered_gives_the_same_shape(span: dict[str, Any]) -> None:
    try:
        shape = parse(span, 1500, 1500)
    except ShapeError:
        return
    rendered = json.loads(json.dumps(render_shape(shape, span)))
    assert parse(rendered, 1500, 1500) == shape
    assert shape.x >= -1e-9 and shape.x + shape.width <= 1500 + 1e-9


@given(
    st.dictionaries(
        st.sampled_from(["type", "x", "y", "width", "height", "points", "center", "mask", "angle"]),
        st.sampled_from(["rect", "polygon", 5, 7.5, [[1, 2], [3, 4], [9, 1]]]) | anything,
    )
)
def test_whatever_comes_is_a_shape_or_a_shape_error(span: dict[str, Any]) -> None:
    try:
        shape = parse(span, 100, 100)
    except ShapeError as refusal:
        assert refusal.index == 3
    else:
        assert all(math.isfinite(value) for point in shape.points for value in point)
        assert shape.type != "rect" or (shape.width > 0 and shape.height > 0)
