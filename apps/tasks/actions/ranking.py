"""Letting the queue follow what models say: new scores move tasks, and none is ever left out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import transaction

from apps.datasets.config import DatasetConfig
from apps.datasets.domain.orders import BY_SCORE
from apps.datasets.models import Dataset
from apps.tasks.actions.fitting import fit_these
from apps.tasks.actions.ladders import shift_ladder
from apps.tasks.domain.turns import HIGHEST_SCORE, comes_at_random
from apps.tasks.models import Task, TaskState
from concord.jobs.actions import enqueue
from concord.rows import run

KIND = "tasks.rank"
CHUNK = 1000

SCORE = """
UPDATE tasks_task SET score = given.score
  FROM unnest(%s::uuid[], %s::float8[]) given (task, score)
 WHERE id = given.task AND tasks_task.score IS DISTINCT FROM given.score
"""

Beat = Callable[..., None]
Ids = list[uuid.UUID]


@transaction.atomic
def score_tasks(*, dataset: Dataset, scores: Mapping[uuid.UUID, float]) -> None:
    """Give tasks the scores by which they may be ordered; a job gives their slots new turns.

    Those that are finished keep theirs up to date as well, for lists.
    """
    scores = {
        task: min(max(score, -HIGHEST_SCORE), HIGHEST_SCORE) for task, score in scores.items()
    }
    # In one order, as all who lock several tasks.
    held = Task.objects.filter(pk__in=scores).order_by("order_key", "id")
    ids = list(held.select_for_update(no_key=True).values_list("pk", flat=True))
    run(SCORE, [ids, [scores[pk] for pk in ids]])
    if ids and DatasetConfig.of(dataset).order in BY_SCORE:
        args = {"dataset": str(dataset.id), "tasks": [str(pk) for pk in ids]}
        enqueue(kind=KIND, args=args, dataset_id=dataset.id)


def rank(*, dataset: Dataset, tasks: Sequence[uuid.UUID], beat: Beat) -> None:
    """Give these tasks their turns, and those that come at random theirs among all others.

    Safe to run twice: a slot that has its turn keeps it.
    """
    config = DatasetConfig.of(dataset)
    if config.order not in BY_SCORE:
        return
    open_ones = Task.objects.of(dataset).in_state(TaskState.OPEN)
    moved = set(open_ones.filter(pk__in=tasks).values_list("pk", flat=True))
    if shift_ladder(dataset=dataset):
        ids = open_ones.values_list("pk", flat=True)
        moved |= {pk for pk in ids if comes_at_random(pk, config.random_share)}
    for chunk in _chunks(sorted(moved)):
        fit_these(chunk, dataset=dataset, reopen=False, beat=beat)
        beat()


def _chunks(tasks: Ids) -> Iterable[Ids]:
    return (tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK))
