"""How answers compare with a known truth, by hand-computed examples."""

from __future__ import annotations

import pytest

from apps.datasets.domain.shapes import outline, rectangle
from apps.tasks.domain.gold import Said, score_answer

STOP = ("stop", rectangle(0, 0, 10, 10))
FAR = ("stop", rectangle(50, 0, 10, 10))


@pytest.mark.parametrize(
    ("truth", "said", "score"),
    [("accept", "accept", 1), ("reject", "reject", 1), ("ignore", "ignore", 1),
     ("accept", "reject", 0), ("reject", "ignore", 0)],
)  # fmt: skip
def test_another_verdict_is_worth_nothing(truth: str, said: str, score: float) -> None:
    assert score_answer(Said(truth), Said(said), asks="verdict") == score


@pytest.mark.parametrize(
    ("truth", "said", "score"),
    [([1], [1], 1), ([1], [2], 0), ([1], ["1"], 0), ([], [], 1), ([1], [], 0)],
)
def test_one_option_is_right_or_wrong(
    truth: list[int | str], said: list[int | str], score: float
) -> None:
    assert score_answer(Said("accept", truth), Said("accept", said), asks="one") == score


@pytest.mark.parametrize(
    ("truth", "said", "score"),
    [("ab", "ba", 1), ("ab", "a", 1 / 2), ("ab", "bc", 1 / 3), ("ab", "", 0), ("", "", 1)],
)
def test_of_several_options_the_shared_part_counts(truth: str, said: str, score: float) -> None:
    options = Said("accept", list(truth)), Said("accept", list(said))
    assert score_answer(*options, asks="several") == score


def test_what_is_left_on_the_canvas_of_a_rejection_does_not_count() -> None:
    told = Said("reject", shapes=[STOP]), Said("reject", shapes=[FAR])
    assert score_answer(*told, asks="shapes") == 1


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ([STOP, FAR], 1),
        ([STOP], 2 / 3),  # one of two found, nothing beside it: 2 / (2 + 1)
        ([], 0),
        ([("yield", STOP[1]), FAR], 1 / 2),  # two drawn, one right: 2 / (2 + 2)
        ([STOP, STOP, FAR], 4 / 5),  # the second of two equal ones finds nothing more
        # Half of the width and all of the height: 50 of 100 pixels, just enough; a bit less is not.
        ([("stop", rectangle(0, 0, 5, 10)), FAR], 1),
        ([("stop", rectangle(0, 0, 4.9, 10)), FAR], 1 / 2),
    ],
)
def test_shapes_are_found_where_one_of_the_same_label_overlaps_by_half(
    said: list[tuple[str, object]], score: float
) -> None:
    told = Said("accept", shapes=[STOP, FAR]), Said("accept", shapes=said)  # type: ignore[arg-type]
    assert score_answer(*told, asks="shapes") == pytest.approx(score)


def test_nothing_where_there_is_nothing_is_right() -> None:
    assert score_answer(Said("accept"), Said("accept"), asks="shapes") == 1
    assert score_answer(Said("accept"), Said("accept", shapes=[STOP]), asks="shapes") == 0


def test_the_best_pairs_are_joined_first() -> None:
    # Both drawn boxes overlap the first by half; only the exact one may have it.
    near = ("stop", rectangle(0, 0, 10, 20))
    told = Said("accept", shapes=[STOP, near]), Said("accept", shapes=[near, STOP])
    assert score_answer(*told, asks="shapes") == 1


def test_outlines_are_compared_by_what_they_enclose() -> None:
    triangle = outline("polygon", ((0, 0), (10, 0), (0, 10)))
    other_half = outline("polygon", ((10, 0), (10, 10), (0, 10)))
    box = Said("accept", shapes=[STOP])
    half, other = (Said("accept", shapes=[("stop", shape)]) for shape in (triangle, other_half))
    assert score_answer(half, half, asks="shapes") == 1
    assert score_answer(box, half, asks="shapes") == 1, "half of the box: 50 of 100 pixels"
    assert score_answer(half, other, asks="shapes") == 0, "one box around both, but nothing shared"
