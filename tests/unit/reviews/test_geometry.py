"""Where the edges lie: against plain loops, against known biases, and at the limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.columns import to_columns
from apps.reviews.domain.geometry import Drawn, Hands, drawn_of, settle_edges
from apps.reviews.domain.groups import to_groups
from apps.reviews.domain.hands import learn_hands
from apps.reviews.domain.objects import merge_objects
from tests.unit.reviews.scenes import drawn

edges = st.tuples(*[st.floats(0, 50)] * 2, *[st.floats(100, 150)] * 2)
teams = st.lists(edges, min_size=1, max_size=5)


def of_one_object(members: list[tuple[float, ...]]) -> Drawn:
    count = len(members)
    nothing = np.zeros(count, np.int64)
    return Drawn(
        np.array(members).T, np.arange(count), nothing, np.zeros(1, np.int64), np.array([count])
    )


def hands(count: int, offset: float = 40.0) -> Hands:
    """Some hands that differ."""
    n = np.arange(4 * count).reshape(count, 4)
    return Hands(offset, 0.01 * (n % 5 - 2), (0.02 + 0.01 * (n % 3)) ** 2, np.full(4, 0.03**2))


def by_hand(members: list[tuple[float, ...]], known: Hands) -> list[float]:
    """The rounds as the README has them, number by number."""
    at = [float(np.median([member[edge] for member in members])) for edge in range(4)]
    for _ in range(5):
        width, height = max(at[2] - at[0], 4), max(at[3] - at[1], 4)
        after = []
        for edge in range(4):
            scale = (width, height)[edge % 2] + known.offset
            above = below = 0.0
            for n, member in enumerate(members):
                bias, variance = known.bias[n, edge], known.variance[n, edge]
                corrected = member[edge] - bias * scale
                weight = 6 / (5 + ((corrected - at[edge]) / scale) ** 2 / variance) / variance
                above, below = above + weight * corrected, below + weight
            after.append(above / below)
        at = after
    lows, highs = (each(members, axis=0) for each in (np.min, np.max))
    return [min(max(at[edge], lows[edge]), highs[edge]) for edge in range(4)]


@given(teams)
def test_the_rounds_are_as_written(members) -> None:
    known = hands(len(members))
    settled = settle_edges(of_one_object(members), known).at[:, 0]
    assert settled.tolist() == pytest.approx(by_hand(members, known), abs=0.0006)


@given(teams, st.integers(-40, 40), st.sampled_from([0.5, 2.0, 4.0]))
def test_moving_and_scaling_moves_and_scales_the_edges(members, move, factor) -> None:
    known = hands(len(members))
    scaled = Hands(known.offset * factor, known.bias, known.variance, known.pooled)
    moved = [tuple(factor * (edge + move) for edge in member) for member in members]
    before = settle_edges(of_one_object(members), known)
    after = settle_edges(of_one_object(moved), scaled)
    assert after.at == pytest.approx(factor * (before.at + move), abs=0.004)
    assert after.sd == pytest.approx(factor * before.sd, rel=1e-6)


def test_certainty_grows_with_precision_and_with_number() -> None:
    one, two = ([(0.0, 0.0, 60.0, 60.0)] * count for count in (1, 2))
    exact = Hands(40.0, np.zeros((2, 4)), np.full((2, 4), 0.01**2), np.full(4, 0.03**2))
    vague = Hands(40.0, np.zeros((2, 4)), np.full((2, 4), 0.03**2), np.full(4, 0.03**2))
    # A weight of 6/5 each, in units of 60 + 40 pixels.
    assert settle_edges(of_one_object(two), exact).sd[0, 0] == pytest.approx(1 / 2.4**0.5)
    assert settle_edges(of_one_object(one), vague).sd[0, 0] == pytest.approx(3 / 1.2**0.5)


def test_specks_side_by_side_do_not_turn_inside_out() -> None:
    # Grown by 2 px they overlap by 3/5; A is exact on the right, B on the left.
    answers = [drawn("A", (10, 10, 0.5, 0.5, "bee")), drawn("B", (11, 10, 0.5, 0.5, "bee"))]
    members = [(10.0, 10.0, 10.5, 10.5), (11.0, 10.0, 11.5, 10.5)]
    variance = np.full((2, 4), 0.1**2)
    variance[0, 2] = variance[1, 0] = 0.001**2
    known = Hands(40.0, np.zeros((2, 4)), variance, np.full(4, 0.03**2))
    assert settle_edges(of_one_object(members), known).at[:, 0].tolist() == [10.5, 10, 11, 10.5]
    assert merge_objects([answers])[0][0].shape == rectangle(10.5, 10, 0.5, 0.5)


def test_who_is_biased_and_who_is_vague_is_found_out_without_any_truth() -> None:
    rng = np.random.default_rng(1)
    bias = np.array([[-0.04, 0, 0.04, 0], [0.02, 0, -0.02, 0], [0.02, 0, -0.02, 0]])
    spread = [0.01, 0.02, 0.05]
    questions = []
    for _ in range(100):
        things = rng.uniform((50, 50, 60, 60), (90, 90, 200, 200), (4, 4))
        things[:, 0] += 400 * np.arange(4)
        answers = []
        for person, name in enumerate("ABC"):
            boxes = []
            for x, y, width, height in things:
                noise = rng.normal(0, spread[person], 4) + bias[person]
                left, top, right, bottom = noise * (width, height, width, height)
                boxes.append(
                    (x + left, y + top, width + right - left, height + bottom - top, "car")
                )
            answers.append(drawn(name, *boxes))
        questions.append(answers)
    columns = to_columns(questions)
    groups = to_groups(columns)
    count = groups.starts.size
    learnt = learn_hands(drawn_of(columns, groups), 3, np.ones(count), np.ones(count, np.bool_))
    assert learnt.offset == 5
    assert learnt.bias[0, 0] - learnt.bias[1, 0] == pytest.approx(-0.06, abs=0.012)
    assert learnt.bias[0, 2] - learnt.bias[2, 2] == pytest.approx(0.06, abs=0.012)
    assert abs(learnt.bias[:, 1]).max() < 0.01
    assert (learnt.variance[0] < learnt.variance[1]).all()
    assert (learnt.variance[1] < learnt.variance[2]).all()
    assert np.sqrt(learnt.variance[2]) == pytest.approx(0.05, abs=0.012)
