"""Vouching for a final answer, and taking that back."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.tasks.models import Gold, Probe, Slot, SlotState, Task, TaskImage
from concord.events.actions import record


@transaction.atomic
def mark_gold(
    *, task: Task, truth: dict[str, Any], barred: Collection[uuid.UUID], actor: User
) -> Gold:
    """Let people be measured on `task`, whose answer `truth` is; it is gold from now on.

    Those `barred` had a part in it and are never shown it. Marked again, it has the new truth.
    """
    gold, _ = Gold.objects.update_or_create(
        task=task,
        defaults={
            "dataset_id": task.dataset_id,
            "truth": truth,
            "barred": sorted({*barred, actor.pk}),
            "made_by": actor,
            "made_at": timezone.now(),
            "retired_at": None,
        },
    )
    record(kind="gold.marked", actor=actor, dataset_id=task.dataset_id, subject=task)
    return gold


@transaction.atomic
def retire_gold(*, task: Task, actor: User) -> None:
    """Measure nobody on `task` any more; what was said of it counts no more. Nothing if it is none.

    Copies that somebody has on their page stay tasks like others for them.
    """
    if Gold.objects.filter(task=task, retired_at=None).update(retired_at=Now()):
        _remove(Probe.objects.filter(gold=task.pk))
        record(kind="gold.retired", actor=actor, dataset_id=task.dataset_id, subject=task)


@transaction.atomic
def take_back(*, dataset: Dataset) -> None:
    """Remove the copies of gold that nobody has been given yet."""
    _remove(Probe.objects.filter(dataset=dataset))


def _remove(probes: QuerySet[Probe]) -> None:
    """Remove those of `probes` that nobody has seen.

    Waits for no row: a task that somebody is just being given stays, as it is seen from then on.
    """
    unseen = Task.everything.filter(
        pk__in=probes.values("task"), answers=None, drafts=None, passes=None
    )
    tasks = unseen.select_for_update(skip_locked=True, of=["self"]).values_list("pk", flat=True)
    free = Slot.objects.filter(task__in=list(tasks), state=SlotState.FREE, returned=False)
    found = list(free.select_for_update(skip_locked=True).values_list("task", flat=True))
    copies = list(TaskImage.objects.filter(task__in=found).values_list("image", flat=True))
    Task.everything.filter(pk__in=found).delete()
    Image.everything.filter(pk__in=copies, probe=True).delete()
