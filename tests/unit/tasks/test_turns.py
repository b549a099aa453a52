"""In which turn slots are handed out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.domain.orders import Order, Spread
from apps.tasks.domain.turns import HIGHEST_PRIORITY, HIGHEST_SCORE, LAST_KEY, turn_of

ID = uuid.UUID(int=7)


@dataclass(frozen=True)
class Task:
    id: uuid.UUID = ID
    order_key: int = 0
    priority: int = 0
    score: float | None = None


def turn(
    task: Task, n: int = 0, order: Order = "as_imported", spread: Spread = "finish_first"
) -> int:
    return turn_of(task, n=n, order=order, spread=spread)


def test_the_layer_stands_above_the_key() -> None:
    task = Task(order_key=5)
    assert [turn(task, n) for n in range(3)] == [5, 5, 5]
    assert [turn(task, n, spread="spread_first") for n in range(3)] == [5, 2**56 + 5, 2**57 + 5]
    assert turn(task, 1000, spread="spread_first") == 127 * 2**56 + 5


def test_priorities_by_hand() -> None:
    assert turn(Task(priority=HIGHEST_PRIORITY), order="priority") == 0
    assert turn(Task(priority=0), order="priority") == 32_767 * 2**40
    assert turn(Task(priority=-HIGHEST_PRIORITY), order="priority") == 65_534 * 2**40


def test_scores_fall_and_none_is_last() -> None:
    scores = [1e308, 2.0, 0.75, 0.5, 1e-300, 0.0, -0.25, -1e308, None]
    turns = [turn(Task(score=score), order="score") for score in scores]
    assert turns == sorted(turns)
    assert len(set(turns)) == len(turns)
    assert turns[-1] == LAST_KEY
    assert turn(Task(score=-0.0), order="score") == turn(Task(score=0.0), order="score")


def test_a_random_order_hangs_on_the_id_alone() -> None:
    one, other = Task(order_key=1, score=0.5), Task(order_key=2, priority=9)
    assert turn(one, order="random") == turn(other, order="random") == 0x297FED4A8C4937


tasks = st.builds(
    Task,
    id=st.uuids(),
    order_key=st.integers(0, LAST_KEY),
    priority=st.integers(-HIGHEST_PRIORITY, HIGHEST_PRIORITY),
    score=st.none() | st.floats(-HIGHEST_SCORE, HIGHEST_SCORE),
)
orders, spreads = st.sampled_from(get_args(Order)), st.sampled_from(get_args(Spread))


@given(tasks, st.integers(0, 32_767), orders, spreads)
def test_every_turn_fits_a_bigint(task: Task, n: int, order: Order, spread: Spread) -> None:
    assert 0 <= turn(task, n, order, spread) < 2**63


@given(tasks, tasks, orders, st.integers(0, 126))
def test_no_second_answer_before_everybody_has_a_first(
    one: Task, other: Task, order: Order, n: int
) -> None:
    assert turn(one, n, order, "spread_first") < turn(other, n + 1, order, "spread_first")


@given(tasks, tasks, orders, st.integers(0, 100))
def test_the_order_of_tasks_is_that_of_every_layer(
    one: Task, other: Task, order: Order, n: int
) -> None:
    finish = turn(one, n, order) - turn(other, n, order)
    assert finish == turn(one, n, order, "spread_first") - turn(other, n, order, "spread_first")


@given(tasks, tasks)
def test_the_higher_number_is_served_first(one: Task, other: Task) -> None:
    if one.priority > other.priority:
        assert turn(one, order="priority") < turn(other, order="priority")
    if (one.score or 0) > (other.score or 0):
        scored = replace(one, score=one.score or 0.0), replace(other, score=other.score or 0.0)
        assert turn(scored[0], order="score") <= turn(scored[1], order="score")


@pytest.mark.parametrize("order", get_args(Order))
def test_equal_tasks_have_one_turn(order: Order) -> None:
    assert turn(Task(), order=order) == turn(Task(), order=order)


def test_a_shuffle_spreads_evenly() -> None:
    turns = [turn(Task(id=uuid.UUID(int=n)), order="random") for n in range(1000)]
    quarters = [sum(key * 4 // (LAST_KEY + 1) == quarter for key in turns) for quarter in range(4)]
    assert all(200 < quarter < 300 for quarter in quarters)
