"""Where scores decide: the least sure first, and a fixed share at random among the others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest

from apps.datasets.domain.orders import Order
from apps.tasks.domain.ladders import MIDDLES, STEPS, has_shifted
from apps.tasks.domain.turns import LAST_KEY, Mix, comes_at_random, turn_of

MANY = 10_000


@dataclass(frozen=True)
class Task:
    id: uuid.UUID
    score: float | None
    order_key: int = 0
    priority: int = 0


def key(task: Task, order: Order, mix: Mix) -> int:
    return turn_of(task, n=0, order=order, spread="finish_first", mix=mix)


def queue(order: Order, tasks: list[Task], mix: Mix) -> list[Task]:
    return sorted(tasks, key=lambda task: key(task, order, mix))


def ladder_of(scores: list[float], *, unscored: int) -> list[float | None]:
    ranked = [*sorted(scores), *[None] * unscored]
    return [ranked[int(part * len(ranked))] for part in MIDDLES]


def test_what_a_model_is_least_sure_of_comes_first() -> None:
    scores = [0.5, 0.45, 0.6, 0.7, 0.25, 1.0, -0.5, 7.0, None]
    tasks = [Task(uuid.UUID(int=n), score) for n, score in enumerate(scores)]
    assert [task.score for task in queue("uncertain", tasks[::-1], Mix())] == scores


# All scores near one end, as a trained model gives them; and half of the tasks with none.
@pytest.mark.parametrize("order", ["uncertain", "score"])
@pytest.mark.parametrize("unscored", [0, MANY // 2])
def test_of_every_stretch_of_the_queue_the_share_is_at_random(order: Order, unscored: int) -> None:
    scores = [0.9 + 0.1 * n / MANY for n in range(MANY - unscored)]
    tasks = [Task(uuid.UUID(int=n), score) for n, score in enumerate([*scores, *[None] * unscored])]
    mix = Mix(share=0.1, ladder=ladder_of(scores, unscored=unscored))
    in_turn = queue(order, tasks, mix)
    tenth = MANY // 10
    scored = in_turn[: MANY - unscored]
    for start in range(0, len(scored) - tenth + 1, tenth):
        drawn = sum(comes_at_random(task.id, 0.1) for task in scored[start : start + tenth])
        assert 60 <= drawn <= 140  # 100 ± 4 standard deviations of 9.5


def test_none_is_dropped_and_none_comes_twice() -> None:
    tasks = [Task(uuid.UUID(int=n), n / 100) for n in range(100)]
    mix = Mix(share=0.5, ladder=ladder_of([0.0, 1.0], unscored=1))
    assert set(queue("uncertain", tasks, mix)) == set(tasks)


def test_without_scores_to_draw_from_the_drawn_stand_anywhere() -> None:
    keys = [key(Task(uuid.UUID(int=n), None), "score", Mix(share=1.0)) for n in range(100)]
    assert max(keys) < LAST_KEY
    assert len(set(keys)) == 100


@pytest.mark.parametrize(
    ("before", "now", "shifted"),
    [
        ([], [], False),
        ([], [0.5] * STEPS, True),
        ([n / 100 for n in range(STEPS)], [(n + 4) / 100 for n in range(STEPS)], False),
        ([n / 100 for n in range(STEPS)], [(n + 6) / 100 for n in range(STEPS)], True),
        ([0.5] * STEPS, [*[0.5] * 90, *[None] * 10], True),
    ],
)
def test_a_ladder_is_new_when_more_than_a_twentieth_stands_elsewhere(
    before: list[float | None], now: list[float | None], shifted: bool
) -> None:
    assert has_shifted(before, now) is shifted
