"""What other apps know of one task: where it came from, who has it now, which files have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from apps.exchange.models import Chosen, Export
from apps.imports.models import ImportRow
from apps.tasks.models import Revision, Slot, SlotState, Task, TaskState
from concord.events.models import Event

MOST_EXPORTS = 20


def origin_of(task: Task) -> ImportRow | None:
    """Return the line that brought the task or its first image, with its import; None for what no
    list brought."""
    rows = ImportRow.objects.select_related("of_import__created_by").order_by("id")
    first = task.task_images.filter(n=0).values("image")
    return rows.filter(task=task).first() or rows.filter(image__in=first).first()


def held_by(task: Task) -> list[Slot]:
    """Return the slots through which somebody has the task in hand now."""
    held = Slot.objects.filter(task=task, state=SlotState.LEASED, lease_expires_at__gt=Now())
    return list(held.select_related("user").order_by("leased_at"))


def exports_of(task: Task) -> list[Export]:
    """Return the newest finished exports that tell of the task: those of final answers if it was
    final when they began, the others if anybody had answered by then."""
    made = Export.objects.filter(dataset=task.dataset_id, state=Export.State.DONE)
    first = Revision.objects.filter(task=task).order_by("created_at").first()
    if first is None:
        return []
    made = made.filter(created_at__gte=first.created_at)
    while_final = Q(pk__in=[])
    for begin, end in final_spells(_moves_of(task)):
        spell = Q(created_at__gte=begin)
        while_final |= spell if end is None else spell & Q(created_at__lt=end)
    told = Q(which__in=[Export.Which.ANSWERS, Export.Which.BOTH]) | while_final
    chosen = Chosen.objects.filter(export=OuterRef("pk"), task_id=task.pk)
    made = made.filter(told, Q(chosen=False) | Exists(chosen))
    return list(made.select_related("created_by").order_by("-id")[:MOST_EXPORTS])


def final_spells(
    moves: Iterable[tuple[datetime, Mapping[str, Any]]],
) -> list[tuple[datetime, datetime | None]]:
    """Return from when until when a task was final, by its changes of state in their order; the
    last spell without an end if it still is."""
    spells: list[tuple[datetime, datetime | None]] = []
    for at, data in moves:
        if data["to"] == TaskState.FINAL:
            spells.append((at, None))
        elif data["from"] == TaskState.FINAL and spells:
            spells[-1] = (spells[-1][0], at)
    return spells


def _moves_of(task: Task) -> Iterable[tuple[datetime, Mapping[str, Any]]]:
    moves = Event.objects.filter(object_type="task", object_id=str(task.pk), kind="task.state")
    return moves.order_by("id").values_list("at", "data")
