"""One box where others drew several."""

from __future__ import annotations

import pytest

from apps.reviews.domain.results import Member
from apps.reviews.domain.sentences import english
from tests.unit.reviews.scenes import Box, drawn, merged

ONE: Box = (0, 0, 200, 100, "car")
LEFT: Box = (0, 0, 90, 100, "car")
RIGHT: Box = (110, 0, 90, 100, "car")
TWO = (LEFT, RIGHT)


def groups(*answers) -> list[str]:
    return [
        english(each.code, each.params)
        for each in merged(*answers).conflicts
        if each.kind == "group"
    ]


def test_one_box_over_two() -> None:
    result = merged(drawn("A", *TWO), drawn("B", ONE), drawn("C", *TWO))
    (group,) = (each for each in result.conflicts if each.kind == "group")
    assert english(group.code, group.params) == "B drew one box over two"
    assert group.members == (Member("B", "B1"),)
    # B's box is a version of the left one, of which it shares .45, and lies over the right one.
    assert [[member.span for member in each.members] for each in result.objects] == [
        ["A1", "B1", "C1"],
        ["A2", "C2"],
    ]
    assert (group.object, result.objects[0].covers) == (0, (0, 1))
    assert result.objects[0].state == "group"


def test_one_box_over_two_that_is_like_neither() -> None:
    far = (300, 0, 90, 100, "car")
    result = merged(
        drawn("A", LEFT, far), drawn("B", (0, 0, 390, 100, "car")), drawn("C", LEFT, far)
    )
    (group,) = (each for each in result.conflicts if each.kind == "group")
    over = result.objects[group.object or 0]
    assert (over.members, over.state) == ((Member("B", "B1"),), "existence")
    covered = [result.objects[place].shape.edges for place in over.covers]
    assert covered == [(0, 0, 90, 100), (300, 0, 390, 100)]


def test_several_who_drew_it_so() -> None:
    three = ((0, 0, 60, 100, "car"), (70, 0, 60, 100, "car"), (140, 0, 60, 100, "car"))
    assert groups(drawn("A", ONE), drawn("B", ONE), drawn("C", *three)) == [
        "A and B drew one box over three"
    ]


@pytest.mark.parametrize(
    "answers",
    [
        [drawn("A", LEFT), drawn("B", ONE)],
        # Nested things that all have drawn.
        [drawn("A", *TWO, ONE), drawn("B", *TWO, ONE)],
        # B overlooked what stands before the large one.
        [drawn("A", ONE, LEFT), drawn("B", (0, 0, 190, 100, "car"))],
        # The right one sticks out by a third.
        [drawn("A", LEFT, (140, 0, 90, 100, "car")), drawn("B", ONE)],
    ],
)
def test_what_is_no_group(answers) -> None:
    assert groups(*answers) == []
