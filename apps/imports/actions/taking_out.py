"""Taking out again what rows of an import brought, in one transaction with the rows' new end."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from apps.datasets.models import Image, Interface
from apps.imports.actions.blobs import order_sweep
from apps.imports.models import Import, ImportRow, RowState
from apps.tasks.actions.removing import hold_tasks, remove_tasks
from apps.tasks.models import TaskImage

UNDONE = "undone"
NAMING = (RowState.DONE, RowState.DUPLICATE)
"""Rows in these states say that the dataset is to have their image."""

Ids = set[uuid.UUID]
OfRows = Mapping[int, Ids]


@transaction.atomic
def take_out(*, found: Import, rows: Collection[int]) -> list[int]:
    """Remove tasks and images of those `rows` that nobody has worked on, and end them as cancelled.

    An image stays as well while another import names it, or while it is in a group that was made
    of it later. Returns the rows that are in somebody's hands just now.
    """
    brought = ImportRow.objects.filter(of_import=found, state=RowState.DONE, pk__in=rows)
    there = list(brought.select_for_update(of=["self"]).order_by("line", "item"))
    tasks = _tasks_of(found, there)
    held = hold_tasks(tasks=_all(tasks, there))
    there = [row for row in there if not held.kept.keys() & tasks[row.pk]]
    images = _images_of(there, tasks)
    locked = _lock_images(_all(images, there))
    able = [row for row in there if not held.busy & tasks[row.pk] and images[row.pk] <= locked]
    in_use = _in_use(found, _all(images, able), tasks=_all(tasks, able))
    gone = [row for row in able if _is_group(found, row) or row.image_id not in in_use]
    _end(gone)
    remove_tasks(tasks=_all(tasks, gone))
    _remove_unused(found, _all(images, gone))
    return [row.pk for row in there if row not in able]


def _tasks_of(found: Import, rows: Sequence[ImportRow]) -> OfRows:
    """The tasks of each row: its own, or where people judge boxes all that are about its image."""
    if found.dataset.interface != Interface.IMAGE:
        return {row.pk: {row.task_id} if row.task_id else set() for row in rows}
    about: dict[uuid.UUID | None, Ids] = {}
    pairs = TaskImage.objects.filter(image__in=[row.image_id for row in rows])
    for image, task in pairs.values_list("image", "task"):
        about.setdefault(image, set()).add(task)
    return {row.pk: about.get(row.image_id, set()) for row in rows}


def _images_of(rows: Sequence[ImportRow], tasks: OfRows) -> OfRows:
    """The images of each row: of a group all that one can pick from."""
    shown: dict[uuid.UUID, Ids] = {}
    pairs = TaskImage.objects.filter(task__in=_all(tasks, rows))
    for task, image in pairs.values_list("task", "image"):
        shown.setdefault(task, set()).add(image)
    own: dict[int, Ids] = {row.pk: {row.image_id} if row.image_id else set() for row in rows}
    return {
        row.pk: own[row.pk].union(*(shown.get(task, set()) for task in tasks[row.pk]))
        for row in rows
    }


def _lock_images(images: Collection[uuid.UUID]) -> Ids:
    """Lock images, without waiting: whoever makes something of one has it locked."""
    rows = Image.objects.filter(pk__in=images).order_by("pk")
    return set(rows.select_for_update(skip_locked=True, of=["self"]).values_list("pk", flat=True))


def _in_use(found: Import, images: Collection[uuid.UUID], *, tasks: Collection[uuid.UUID]) -> Ids:
    """The images of which something else was made, or which another import names as well."""
    elsewhere = TaskImage.objects.filter(image__in=images).exclude(task__in=tasks)
    named = ImportRow.objects.filter(image__in=images, state__in=NAMING).exclude(of_import=found)
    return {*elsewhere.values_list("image", flat=True), *named.values_list("image", flat=True)}


def _is_group(found: Import, row: ImportRow) -> bool:
    return found.dataset.interface == Interface.IMAGE_CHOICE and row.task_id is not None


def _end(rows: Sequence[ImportRow]) -> None:
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=RowState.CANCELLED, code=UNDONE, reason="", image=None, task=None, updated_at=Now()
    )


def _remove_unused(found: Import, images: Collection[uuid.UUID]) -> None:
    """Remove those of `images` that are in no group, and that no row names any more."""
    named = ImportRow.objects.filter(image=OuterRef("pk"), state__in=NAMING)
    named = named.filter(Q(state=RowState.DONE) | ~Q(of_import=found))
    shown = TaskImage.objects.filter(image=OuterRef("pk"))
    unused = Image.objects.filter(~Exists(named), ~Exists(shown), pk__in=images)
    gone = dict(unused.values_list("pk", "blob"))
    Image.objects.filter(pk__in=gone).delete()
    order_sweep(dataset=found.dataset, blobs=gone.values())


def _all(ids: OfRows, rows: Iterable[ImportRow]) -> Ids:
    return {each for row in rows for each in ids[row.pk]}
