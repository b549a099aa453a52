"""Letting tasks follow their dataset's settings and members, a chunk at a time."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig, DisputedOverlap
from apps.datasets.domain.orders import BY_SCORE
from apps.datasets.models import Dataset
from apps.tasks.actions.ladders import shift_ladder
from apps.tasks.actions.planning import is_routed
from apps.tasks.actions.refitting import refit_tasks
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Slot, SlotState, Task, TaskState
from apps.tasks.ports import settle
from concord.errors import Conflict
from concord.jobs.actions import cancel, enqueue
from concord.jobs.models import Job
from concord.jobs.queries import last_job, unfinished

KIND = "tasks.fit"
CHUNK = 1000
PIECE_SECONDS = 20
BUSY_PAUSE = 0.05

Beat = Callable[..., None]


@transaction.atomic
def order_fit(*, dataset: Dataset, actor: User | None, reopen: bool) -> None:
    """Queue the one job that fits the dataset's tasks; it takes over what another had left.

    Waits for whoever makes tasks by the settings and members of before, and keeps others from it
    until the caller's transaction ends, so that the job meets every such task.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    for job in unfinished(dataset_id=dataset.id, prefix=KIND):
        reopen = reopen or job.args["reopen"]
        cancel(job=job)
    args = {"dataset": str(dataset.id), "reopen": reopen}
    enqueue(kind=KIND, args=args, created_by=actor, dataset_id=dataset.id)


def follow(*, dataset: Dataset, actor: User | None) -> None:
    """Queue that job where tasks depend on the members, who have changed."""
    overlap = DatasetConfig.of(dataset).overlap
    counts_people = overlap == "all" or isinstance(overlap, DisputedOverlap)
    if counts_people or is_routed(dataset):
        order_fit(dataset=dataset, actor=actor, reopen=False)


@transaction.atomic
def retry_fit(*, dataset: Dataset, actor: User) -> None:
    """Queue once more what failed for good. Raises Conflict `nothing_to_retry`."""
    job = last_job(dataset_id=dataset.id, kind=KIND)
    if job is None or job.state != Job.State.FAILED:
        raise Conflict("nothing_to_retry", "No fitting of tasks has failed.")
    order_fit(dataset=dataset, actor=actor, reopen=job.args["reopen"])


def fit_for_a_while(
    *, dataset: Dataset, reopen: bool, progress: Mapping[str, Any], beat: Beat
) -> bool:
    """Fit tasks from where `progress` stands; True if some may be left when the time is up.

    After each chunk `beat(done=, total=, place=)` keeps the place. A chunk that is cut off is done
    again, which changes nothing where it had come through.
    """
    end, done, place = time.monotonic() + PIECE_SECONDS, progress["done"], progress.get("place")
    if place is None and DatasetConfig.of(dataset).order in BY_SCORE:
        shift_ladder(dataset=dataset)
    total = Task.objects.filter(dataset=dataset).count()
    while time.monotonic() < end:
        chunk = _next_chunk(dataset, place)
        if not chunk:
            return False
        fit_these([task for task, _ in chunk], dataset=dataset, reopen=reopen, beat=beat)
        (last, order_key), done = chunk[-1], done + len(chunk)
        place = [order_key, str(last)]
        beat(done=done, total=max(total, done), place=place)
    return True


def _next_chunk(dataset: Dataset, place: list[Any] | None) -> list[tuple[uuid.UUID, int]]:
    tasks = Task.objects.of(dataset).order_by("order_key", "id")
    if place is not None:
        order_key, last = place
        tasks = tasks.filter(Q(order_key__gt=order_key) | Q(id__gt=last), order_key__gte=order_key)
    return list(tasks.values_list("id", "order_key")[:CHUNK])


def fit_these(tasks: list[uuid.UUID], *, dataset: Dataset, reopen: bool, beat: Beat) -> None:
    """Fit these tasks; those with a slot that is just being claimed or given back come last."""
    while tasks:
        came = refit_tasks(dataset_id=dataset.id, tasks=tasks, reopen=reopen)
        for task in came.unsettled:
            settle_anew(task_id=task)
        tasks = came.busy
        if tasks:
            beat()
            time.sleep(BUSY_PAUSE)


@transaction.atomic
def settle_anew(*, task_id: uuid.UUID) -> None:
    """Close a task that has all its answers now, or open one that awaits more.

    By itself, not with its chunk: merging takes long, and nobody else's task must wait for it.
    """
    tasks = Task.objects.select_for_update(no_key=True, of=["self"]).select_related("dataset")
    task = tasks.filter(pk=task_id).first()
    if task is None:
        return  # its image was taken out of the dataset
    answers = Slot.objects.filter(task=task, state=SlotState.SUBMITTED).count()
    complete, closed = answers >= task.overlap, task.state != TaskState.OPEN
    if complete != closed and task.locked_at is None:
        apply_outcome(task=task, outcome=settle(task))
