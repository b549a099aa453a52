"""Overlap by hand-computed areas."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.domain.iou import box_iou, shape_iou
from apps.datasets.domain.shapes import outline, rectangle


def test_boxes_are_compared_row_by_row() -> None:
    first = np.array([[0, 0, 10, 10], [0, 0, 10, 10], [0, 0, 10, 10], [5, 5, 5, 5]], float)
    second = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [10, 0, 20, 10], [5, 5, 5, 5]], float)
    assert box_iou(first, second) == pytest.approx([1, 50 / 150, 0, 0])


def test_an_outline_is_compared_by_its_area() -> None:
    triangle = outline("polygon", ((0, 0), (10, 0), (0, 10)))
    assert shape_iou(triangle, rectangle(0, 0, 10, 10)) == pytest.approx(0.5)
    assert shape_iou(triangle, triangle) == pytest.approx(1)


def test_a_bow_tie_counts_with_both_its_halves() -> None:
    bow_tie = outline("freehand", ((0, 0), (10, 10), (10, 0), (0, 10)))
    assert shape_iou(bow_tie, rectangle(0, 0, 10, 10)) == pytest.approx(0.5)
    assert shape_iou(bow_tie, rectangle(0, 0, 5, 10)) == pytest.approx(25 / 75)


def test_what_an_outline_encloses_twice_counts_once() -> None:
    # A pentagram's area for a radius of 1 is 1.12257, the pentagon in its middle included.
    corners = [math.pi / 2 + 4 * math.pi * n / 5 for n in range(5)]
    star = outline("freehand", tuple((math.cos(angle), math.sin(angle)) for angle in corners))
    inside = rectangle(-0.1, -0.1, 0.2, 0.2)
    assert shape_iou(star, inside) == pytest.approx(0.04 / 1.12257, rel=1e-4)


def test_an_outline_without_area_overlaps_nothing() -> None:
    flat = outline("freehand", ((0, 0), (5, 0), (10, 0)))
    assert shape_iou(flat, rectangle(0, 0, 10, 10)) == 0
    assert shape_iou(flat, flat) == 0


def test_outlines_that_share_an_edge_overlap_by_what_lies_within_both() -> None:
    # The second crosses itself at (8.327, 0.925); its upper half lies beyond an edge of the first.
    first = outline("freehand", ((0, 0), (1, 11), (9, 0)))
    second = outline("freehand", ((9, 1), (1, 11), (9, 0), (0, 0)))
    lower, upper = 9 * 99 / 107 / 2, 392 / 107
    assert shape_iou(first, second) == pytest.approx(lower / (99 / 2 + upper), rel=1e-6)
    assert shape_iou(second, first) == pytest.approx(lower / (99 / 2 + upper), rel=1e-6)


coordinates = st.integers(0, 12)
shapes = st.builds(
    rectangle, coordinates, coordinates, st.integers(1, 9), st.integers(1, 9)
) | st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=8).map(
    lambda points: outline("freehand", tuple((float(x), float(y)) for x, y in points))
)


@given(shapes, shapes)
def test_overlap_is_symmetric_and_a_share(first, second) -> None:
    overlap = shape_iou(first, second)
    assert 0 <= overlap <= 1
    assert shape_iou(second, first) == pytest.approx(overlap)
