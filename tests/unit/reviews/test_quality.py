"""Figures of annotators: against reviewers' truth first, else against the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.class_quality import class_quality
from apps.reviews.domain.class_votes import to_ballots
from apps.reviews.domain.estimates import share
from apps.reviews.domain.quality import Answered, BoxQuality, Ruled, box_quality
from tests.unit.reviews.scenes import Box, drawn


def quality(*answered: Answered, rulings: tuple[Ruled, ...] = ()) -> dict[str, BoxQuality]:
    return box_quality(answered, rulings, np.random.default_rng(1))


def truth(*boxes: Box) -> tuple[Mark, ...]:
    return drawn("truth", *boxes).marks


CAR, DOG, FAR = (100, 100, 200, 100, "car"), (500, 300, 80, 80, "dog"), (900, 700, 20, 20, "dog")


def reviewed(answer: AnnotatorAnswer, times: int = 10) -> list[Answered]:
    return [Answered([answer], truth(CAR, DOG)) for _ in range(times)]


def test_against_a_reviewers_truth_every_box_is_right_missing_or_wrong() -> None:
    # The car is called van; its left edge is 10 px, or 5 % of the side, too far out and its bottom
    # 5 px too high. The dog is missing, and one is made up.
    ann = drawn("ann", (90, 100, 210, 95, "van"), FAR)
    found = quality(*reviewed(ann))["ann"]
    assert (found.basis, found.questions) == ("reviewed", 10)
    assert (found.recall.hits, found.recall.n) == (10, 20)
    assert (found.precision.hits, found.precision.n) == (10, 20)
    assert (found.labels.hits, found.labels.n, found.labels.value) == (0, 10, 0.0)
    # Shared 200 x 95; together 210 x 95 + 200 x 100 - 200 x 95.
    assert found.iou.value == pytest.approx(19_000 / 20_950)
    assert (found.iou.n, found.iou.low) == (10, pytest.approx(19_000 / 20_950))
    assert set(found.edges) == {"large", "all"}
    assert found.edges["large"].bias == pytest.approx((0.05, 0, 0, -0.05))
    assert found.edges["all"].sigma == (0, 0, 0, 0)
    assert found.duplicates.hits == 0


def test_edges_have_a_bias_and_a_spread_by_size() -> None:
    answers = []
    for off in (-2.0, 1.0, 2.0, 3.0, 40.0):
        answers += reviewed(drawn("ann", (500 - off, 300, 80 + off, 80, "dog"), CAR), times=2)
    edges = quality(*answers)["ann"].edges
    # Left edges of the dog: median 2 px of 80; 4, 1, 0, 1 and 38 px from it, median 1.
    assert edges["medium"].bias[0] == pytest.approx(2 / 80)
    assert edges["medium"].sigma[0] == pytest.approx(1.4826 / 80)
    assert (edges["medium"].n, edges["large"].n, edges["all"].n) == (10, 10, 20)
    assert edges["large"].sigma == (0, 0, 0, 0)


def test_what_is_drawn_twice_is_a_duplicate_and_wrong_once() -> None:
    found = quality(*reviewed(drawn("ann", CAR, CAR, DOG)))["ann"]
    assert (found.duplicates.hits, found.duplicates.n) == (10, 30)
    assert (found.precision.hits, found.precision.n) == (20, 30)
    assert found.recall.value == 1.0


def test_without_enough_truth_the_others_are_the_measure() -> None:
    team = [drawn("ann", CAR, DOG), drawn("bob", CAR, DOG), drawn("cyd", CAR, FAR)]
    answered = [Answered(team) for _ in range(3)] + [Answered(team, truth(CAR, DOG))]
    found = quality(*answered)
    assert {each.basis for each in found.values()} == {"consensus"}
    # Cyd, by Ann and Bob: half is missing and half too much. Ann, by Bob and Cyd, who both draw
    # only the car: more than half of two is two.
    assert (found["cyd"].recall.hits, found["cyd"].recall.n) == (4, 8)
    assert (found["cyd"].precision.hits, found["cyd"].precision.n) == (4, 8)
    assert (found["ann"].recall.hits, found["ann"].recall.n) == (4, 4)
    answered = [Answered(team, truth(CAR, DOG)) for _ in range(10)]
    assert {each.basis for each in quality(*answered).values()} == {"reviewed"}


def test_two_are_no_consensus_and_little_truth_is_better_than_none() -> None:
    pair = [drawn("ann", CAR), drawn("bob", DOG)]
    found = quality(Answered(pair), Answered(pair, truth(CAR)))["ann"]
    assert (found.basis, found.recall.n, found.recall.few) == ("reviewed", 1, True)
    nothing = quality(Answered(pair))["ann"]
    assert (nothing.recall.value, nothing.iou.value, nothing.edges) == (None, None, {})


def test_labels_count_only_where_the_truth_has_one() -> None:
    box = (0, 0, 50, 50)
    found = quality(
        Answered([drawn("ann", (*box, None))], truth((*box, "car"))),
        Answered([drawn("ann", (*box, "car"))], truth((*box, None))),
    )["ann"]
    assert (found.labels.hits, found.labels.n, found.recall.hits) == (0, 1, 2)


def test_a_reviewer_overturns_some_of_what_is_disputed() -> None:
    rulings = (Ruled("ann", True), Ruled("ann", False), Ruled("bob", True))
    found = quality(Answered([drawn("ann"), drawn("bob"), drawn("cyd")]), rulings=rulings)
    assert (found["ann"].overturned.hits, found["ann"].overturned.n) == (1, 2)
    assert (found["bob"].overturned.value, found["cyd"].overturned.value) == (1.0, None)


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    for hits, n, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
    ]:
        found = share(hits, n)
        assert (found.low, found.high) == (
            pytest.approx(low, abs=5e-5),
            pytest.approx(high, abs=5e-5),
        )
    assert share(1, 29).low == pytest.approx(0.0061, abs=5e-5)
    assert (share(5, 19).few, share(5, 20).few) == (True, False)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_lies_in_its_interval(hits: int, misses: int) -> None:
    found = share(hits, hits + misses)
    if not hits + misses:
        assert (found.value, found.low, found.high) == (None, None, None)
    else:
        assert found.value is not None and found.low is not None and found.high is not None
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found.high - found.low > 0


def test_names_of_classes_are_answered_by_reviewers_first_and_else_by_the_others() -> None:
    votes = [(f"{n:02}", who, "ox") for n in range(30) for who in "abc"]
    votes = [(item, who, "cow" if who == "c" and item < "12" else "ox") for item, who, _ in votes]
    by_others = class_quality(to_ballots(votes), {})
    assert {each.basis for each in by_others.values()} == {"consensus"}
    assert (by_others["c"].right.hits, by_others["c"].right.n) == (18, 30)
    assert by_others["c"].confusions == (("ox", "cow", 12),)
    # Where c says cow, a is left with one ox and one cow to be answered by: a tie.
    assert (by_others["a"].right.hits, by_others["a"].right.n) == (18, 18)
    said = {f"{n:02}": "calf" if n < 3 else "ox" for n in range(20)}
    by_truth = class_quality(to_ballots(votes), said)
    assert {each.basis for each in by_truth.values()} == {"reviewed"}
    assert (by_truth["a"].right.hits, by_truth["a"].right.n) == (17, 20)
    assert by_truth["c"].confusions == (("ox", "cow", 9), ("calf", "cow", 3))
    few = class_quality(to_ballots(votes), {"00": "ox"})
    assert few["c"].basis == "consensus"
    alone = class_quality(to_ballots([("1", "a", "ox"), ("2", "a", "ox")]), {"1": "cow"})
    assert (alone["a"].basis, alone["a"].right.hits, alone["a"].right.n) == ("reviewed", 0, 1)
