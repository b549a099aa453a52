"""Boxes by centre and by corners."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.client import centre_to_corners, corners_to_centre

WHOLE = st.integers(-(2**40), 2**40)
SIDE = st.integers(1, 2**40)


def test_the_corners_are_those_of_the_documented_example() -> None:
    corners = [[450, 225], [450, 375], [550, 375], [550, 225]]
    assert centre_to_corners(500, 300, 100, 150) == corners
    assert corners_to_centre(corners) == (500, 300, 100, 150)


# Halves of whole numbers of this size are exact, so that equal means equal.
@given(x=WHOLE, y=WHOLE, width=SIDE, height=SIDE, order=st.randoms(use_true_random=False))
def test_one_is_the_inverse_of_the_other(
    x: int, y: int, width: int, height: int, order: random.Random
) -> None:
    corners = centre_to_corners(x, y, width, height)
    order.shuffle(corners)
    assert corners_to_centre(corners) == (x, y, width, height)


@pytest.mark.parametrize(
    "points",
    [
        [],
        [[0, 0], [0, 1], [1, 1]],
        [[0, 0], [0, 1], [1, 1], [1, 1]],
        [[0, 0], [0, 2], [1, 1], [1, 0]],
        [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]],
        [[0, 0], [0, 0], [0, 0], [0, 0]],
    ],
)
def test_what_is_no_box_is_refused(points: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="upright box"):
        corners_to_centre(points)
