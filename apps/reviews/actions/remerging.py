"""Merging finished tasks anew, with what is known of people and what is wanted by now."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.actions.settling import settle
from apps.reviews.models import ReviewLease
from apps.reviews.queries import decisions_in_force
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Task, TaskState
from concord.errors import Conflict
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.jobs.models import Job
from concord.jobs.queries import is_busy

KIND = "reviews.remerge"
CHUNK = 200
PIECE_SECONDS = 20

Beat = Callable[..., None]


@transaction.atomic
def order_remerge(*, dataset: Dataset, actor: User) -> Job:
    """Queue the merging anew of all that no reviewer has touched. Raises Conflict `busy`."""
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    if is_busy(dataset_id=dataset.id, prefix=KIND):
        raise Conflict("busy", "These images are being merged anew already.")
    record(kind="dataset.remerged", actor=actor, dataset_id=dataset.id, subject=dataset)
    return enqueue(
        kind=KIND, args={"dataset": str(dataset.id)}, created_by=actor, dataset_id=dataset.id
    )


def remerge_for_a_while(*, dataset: Dataset, progress: Mapping[str, Any], beat: Beat) -> bool:
    """Merge tasks anew from where `progress` stands; True if some are left when the time is up."""
    end, done, place = time.monotonic() + PIECE_SECONDS, progress["done"], progress.get("place")
    finished = Task.objects.filter(dataset=dataset, locked_at=None).exclude(state=TaskState.OPEN)
    total = max(progress["total"] or 0, done + finished.count())
    while time.monotonic() < end:
        rest = finished if place is None else finished.filter(pk__gt=place)
        chunk = list(rest.order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            return False
        for task in chunk:
            remerge(task_id=task)
        done, place = done + len(chunk), str(chunk[-1])
        beat(done=done, total=total, place=place)
    return True


@transaction.atomic
def remerge(*, task_id: uuid.UUID) -> bool:
    """Merge one task anew, unless a reviewer has it open or has decided something of it.

    In a transaction of its own, since merging takes long and nobody else's task must wait for it.
    """
    reviewed = ReviewLease.objects.filter(task=OuterRef("pk"), expires_at__gt=Now())
    tasks = Task.objects.select_for_update(no_key=True, of=["self"]).select_related("dataset")
    free = tasks.filter(~Exists(reviewed), pk=task_id, locked_at=None)
    task = free.exclude(state=TaskState.OPEN).first()
    if task is None or decisions_in_force(task):
        return False
    apply_outcome(task=task, outcome=settle(task))
    return True
