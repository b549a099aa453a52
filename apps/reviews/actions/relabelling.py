"""Comparing answers anew whose labels count otherwise since labels were merged or taken apart."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal

from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.measuring import order_measuring
from apps.reviews.actions.remerging import remerge
from apps.reviews.models import ReviewLease
from apps.tasks.models import Task, TaskState
from concord.jobs.actions import cancel, enqueue
from concord.jobs.queries import unfinished
from concord.rows import all_rows

KIND = "reviews.relabel"
CHUNK = 500
PIECE_SECONDS = 20
HELD_PAUSE_SECONDS = 15
"""After so long it is looked again whether a reviewer has left a task."""

END = "end"
"""The place behind the last task."""

CONCERNED = """
SELECT DISTINCT a.task_id FROM tasks_answer a JOIN tasks_revision r ON r.id = a.head_id
 WHERE a.task_id = ANY(%s) AND r.spans @> ANY(%s::jsonb[])
"""

Beat = Callable[..., None]
Left = Literal["nothing", "more", "held"]


def order_relabelling(*, dataset: Dataset, labels: Collection[uuid.UUID], actor: User) -> None:
    """Queue the one job that compares these labels anew; it takes over what another had left.

    The caller holds the dataset's row: who settles a task meanwhile waits (`hold_labels`), so that
    the job meets every task that was compared by how labels counted before.
    """
    wanted = {str(label) for label in labels}
    for job in unfinished(dataset_id=dataset.id, prefix=KIND):
        wanted.update(job.args["labels"])
        cancel(job=job)
    args = {"dataset": str(dataset.id), "labels": sorted(wanted)}
    enqueue(kind=KIND, args=args, created_by=actor, dataset_id=dataset.id)


def relabel_for_a_while(
    *, dataset: Dataset, labels: Sequence[str], progress: Mapping[str, Any], beat: Beat
) -> Left:
    """Settle anew what has these labels, from where `progress` stands, and say what is left.

    What reviewers have decided stays as it is, under the new name. A task that one has open is
    `held`: it waits until they have decided something or left it.
    """
    end, done = time.monotonic() + PIECE_SECONDS, progress["done"]
    place, held = progress.get("place") or [None, []]
    finished = Task.objects.filter(dataset=dataset, locked_at=None).exclude(state=TaskState.OPEN)
    total = max(progress["total"] or 0, done + finished.count())
    while place != END and time.monotonic() < end:
        rest = finished if place is None else finished.filter(pk__gt=place)
        chunk = list(rest.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        held += _settle(_concerned(chunk, labels))
        done, place = done + len(chunk), str(chunk[-1]) if chunk else END
        beat(done=done, total=total, place=[place, held])
    if place != END:
        return "more"
    held = _settle([uuid.UUID(task) for task in held])
    beat(done=done, total=total, place=[place, held])
    if not held:
        order_measuring(dataset=dataset)
    return "held" if held else "nothing"


def _concerned(tasks: list[uuid.UUID], labels: Sequence[str]) -> list[uuid.UUID]:
    """Those of the tasks that somebody answered with one of these labels."""
    wanted = [f'[{{"label_id": "{label}"}}]' for label in labels]
    return [task for (task,) in all_rows(CONCERNED, [tasks, wanted])]


def _settle(tasks: Sequence[uuid.UUID]) -> list[str]:
    """Settle tasks anew; returns those that a reviewer has open."""
    left = [task for task in tasks if not remerge(task_id=task)]
    held = ReviewLease.objects.filter(task__in=left, expires_at__gt=Now())
    return [str(task) for task in held.values_list("task", flat=True)]
