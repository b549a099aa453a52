"""Letting the queue follow what models say: new scores move tasks, and none is ever left out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from django.db import transaction

from apps.datasets.config import DatasetConfig
from apps.datasets.domain.orders import BY_SCORE
from apps.datasets.models import Dataset
from apps.tasks.actions.fitting import fit_these
from apps.tasks.actions.ladders import shift_ladder
from apps.tasks.domain.turns import HIGHEST_SCORE, comes_at_random
from apps.tasks.models import Task, TaskState
from concord.jobs.actions import enqueue
from concord.rows import all_rows

KIND = "tasks.rank"
CHUNK = 1000

# Locked in one order, as by all who lock several tasks; probes and what was withdrawn are no work.
SCORE = """
WITH held AS MATERIALIZED (
    SELECT t.id, given.score
      FROM tasks_task t
           JOIN unnest(%s::uuid[], %s::float8[]) given (task, score) ON given.task = t.id
     WHERE t.probe_of_id IS NULL AND t.withdrawn_at IS NULL
       AND t.score IS DISTINCT FROM given.score
     ORDER BY t.order_key, t.id FOR NO KEY UPDATE OF t)
UPDATE tasks_task SET score = held.score FROM held WHERE tasks_task.id = held.id
RETURNING tasks_task.id
"""

Beat = Callable[..., None]
Ids = list[uuid.UUID]


@transaction.atomic(savepoint=False)
def score_tasks(*, dataset: Dataset, scores: Mapping[uuid.UUID, float]) -> None:
    """Give tasks the scores by which they may be ordered; a job gives their slots new turns.

    Those that are finished keep theirs up to date as well, for lists.
    """
    if not scores:
        return
    given = [min(max(score, -HIGHEST_SCORE), HIGHEST_SCORE) for score in scores.values()]
    moved = [str(pk) for (pk,) in all_rows(SCORE, [list(scores), given])]
    if moved and DatasetConfig.of(dataset).order in BY_SCORE:
        args = {"dataset": str(dataset.id), "tasks": moved}
        enqueue(kind=KIND, args=args, dataset_id=dataset.id)


def rank(*, dataset: Dataset, tasks: Sequence[uuid.UUID], again: bool, beat: Beat) -> None:
    """Give these tasks their turns, and those that come at random theirs among all others.

    Safe to run twice: a slot that has its turn keeps it. `again` says that an earlier attempt was
    broken off, which may have kept the new ladder and not moved all who stand by it.
    """
    config = DatasetConfig.of(dataset)
    if config.order not in BY_SCORE:
        return
    open_ones = Task.objects.of(dataset).in_state(TaskState.OPEN).values_list("pk", flat=True)
    moved: Iterable[uuid.UUID] = open_ones.filter(pk__in=tasks)
    if shift_ladder(dataset=dataset, scored=None if again else len(tasks)) or again:
        every = open_ones.iterator(chunk_size=CHUNK)
        moved = chain(moved, (pk for pk in every if comes_at_random(pk, config.random_share)))
    for chunk in _chunks(iter(moved)):
        fit_these(chunk, dataset=dataset, reopen=False, beat=beat)
        beat()


def _chunks(tasks: Iterator[uuid.UUID]) -> Iterator[Ids]:
    while chunk := list(islice(tasks, CHUNK)):
        yield chunk
