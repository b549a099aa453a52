"""What a model said, held to the final answer; expectations counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from apps.assist.domain.comparing import Judged, Kept, Word, judge, keeping
from apps.datasets.domain.shapes import rectangle


def shapes(*boxes: tuple[str, float]) -> Word:
    """Squares of 10 by their label and left edge."""
    return Word(shapes=[(label, rectangle(x, 0, 10, 10)) for label, x in boxes])


def test_shapes_are_right_where_label_and_place_are() -> None:
    # IoU of squares 3 apart: 7 / 13 = .54, right; 4 apart: 6 / 14 = .43, wrong.
    said = shapes(("cat", 3), ("cat", 54), ("dog", 100), ("cat", 200))
    truth = shapes(("cat", 0), ("cat", 50), ("cat", 100))
    found = judge("image_manual", asked="", word=said, verdict="accept", truth=truth)
    assert found == Judged(said=4, hits=1, wanted=3)


def test_two_shapes_on_one_object_are_one_hit() -> None:
    said, truth = shapes(("cat", 0), ("cat", 1)), shapes(("cat", 0))
    found = judge("image_manual", asked="", word=said, verdict="accept", truth=truth)
    assert found == Judged(said=2, hits=1, wanted=1)


def test_options_are_compared_one_by_one_and_by_type() -> None:
    said, truth = Word(accept=[1, "2", 0]), Word(accept=["1", "2", 0, -1])
    assert judge("choice", asked="", word=said, verdict="accept", truth=truth) == Judged(3, 2, 4)


@pytest.mark.parametrize("interface", ["image_manual", "choice", "image_choice"])
@pytest.mark.parametrize("verdict", ["reject", "ignore"])
def test_a_question_that_was_refused_tells_nothing(interface: Any, verdict: Any) -> None:
    assert judge(interface, asked="", word=Word(), verdict=verdict, truth=Word()) is None


@pytest.mark.parametrize(
    ("asked", "label", "verdict", "expected"),
    [
        ("CAT", "CAT", "accept", Judged(1, 1, 1)),
        ("CAT", "CAT", "reject", Judged(1, 0, 0)),
        ("CAT", "DOG", "accept", Judged(0, 0, 1)),  # it is a cat, and the model missed it
        ("CAT", "DOG", "reject", Judged(0, 0, 0)),
        ("", "CAT", "accept", Judged(1, 1, 0)),  # people saw no other label than the model's
        ("CAT", "CAT", "ignore", None),
        ("CAT", "", "accept", None),
    ],
)
def test_a_label_is_right_where_people_accept_it(
    asked: str, label: str, verdict: Any, expected: Judged | None
) -> None:
    word = Word(label=label)
    found = judge("classification", asked=asked, word=word, verdict=verdict, truth=Word())
    assert found == expected


def test_of_judged_boxes_nobody_knows_what_was_missed() -> None:
    found = judge("image", asked="", word=Word(), verdict="accept", truth=Word())
    assert found == Judged(said=1, hits=1, wanted=0)


@pytest.mark.parametrize(
    ("interface", "verdict", "accept", "expected"),
    [
        ("choice", "accept", ["b", 1], Kept(1, 0)),  # the order of picks says nothing
        ("choice", "accept", ["b", "1"], Kept(0, 1)),
        ("choice", "reject", ["b", 1], Kept(0, 0)),
        ("classification", "accept", [], Kept(1, 0)),
        ("classification", "reject", [], Kept(0, 1)),
        ("classification", "ignore", [], Kept(0, 0)),
        ("image", "reject", [], Kept(0, 1)),
    ],
)
def test_an_answer_keeps_the_offer_or_changes_it(
    interface: Any, verdict: Any, accept: list[int | str], expected: Kept
) -> None:
    offered = Word(accept=[1, "b"], label="CAT")
    assert keeping(interface, offered=offered, verdict=verdict, accept=accept) == expected
