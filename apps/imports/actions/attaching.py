"""Rows that bring no image: what they say is added to the task of one that is here.

So it is with a row of an image that the dataset has already, and with those that say what other
people answered about the image of an earlier line.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.datasets.models import Image, Interface
from apps.imports.actions.contents import add_boxes, add_labels_used, add_suggestions
from apps.imports.actions.crediting import add_answers
from apps.imports.models import ATTACHED, Import, ImportRow, RowState
from apps.tasks.models import Task
from concord.errors import Conflict, DomainError
from concord.rows import all_rows, run

AT_ONCE = 50

READY = """
SELECT w.id, coalesce(w.image_id, first.image_id) FROM imports_importrow w LEFT JOIN LATERAL (
    SELECT o.image_id FROM imports_importrow o
    WHERE o.address_key = w.address_key AND o.state IN ('done', 'duplicate')
      AND o.image_id IS NOT NULL
    LIMIT 1
) first ON true
WHERE w.import_id = %(import)s AND w.state = 'queued' AND w.not_before = %(attached)s
  AND coalesce(w.image_id, first.image_id) IS NOT NULL
ORDER BY w.line, w.item LIMIT %(at_once)s
"""
# The line that they waited for came to nothing: the next one fetches the image by itself.
LET_GO = """
UPDATE imports_importrow SET code = '', reason = '', not_before = NULL, updated_at = now()
WHERE id = ANY (ARRAY(
    SELECT DISTINCT ON (w.address_key) w.id FROM imports_importrow w
    WHERE w.import_id = %(import)s AND w.state = 'queued' AND w.not_before = %(attached)s
      AND w.image_id IS NULL AND NOT EXISTS (
        SELECT FROM imports_importrow o
        WHERE o.address_key = w.address_key AND o.id <> w.id
          AND (o.state = 'fetching' OR o.image_id IS NOT NULL
               OR o.state = 'queued' AND o.not_before IS DISTINCT FROM %(attached)s))
    ORDER BY w.address_key, w.line
))
"""

WAITING = {"state": RowState.QUEUED, "not_before": ATTACHED}


def attach_rows(*, found: Import) -> bool:
    """Bring some of an import's rows to their end whose images are here, each in a transaction of
    its own, and let those be fetched that waited in vain. Safe to run again, and beside others.

    Returns whether there were any.
    """
    run(LET_GO, {"import": found.pk, "attached": ATTACHED})
    ready = _ready(found, AT_ONCE)
    for row, image in ready:
        try:
            _attach_one(found, row, image)
        except DomainError as error:
            _end(row, state=RowState.FAILED, code=error.code, reason=error.detail)
    return bool(ready)


def has_attachable(found: Import) -> bool:
    """Whether rows wait whose images are here."""
    return bool(_ready(found, 1))


def attach_waiting(*, found: Import, rows: Collection[ImportRow]) -> None:
    """Bring those rows to their end that waited for these, which have just landed.

    Call it in the transaction of the landing, so that nobody sees a task with some of its answers.
    One that does not fit costs itself alone.
    """
    images = {bytes(row.address_key): row for row in rows if row.address_key}
    waiting = ImportRow.objects.filter(of_import=found, address_key__in=list(images), **WAITING)
    ordered = waiting.select_for_update(skip_locked=True, of=["self"]).order_by("line", "item")
    for row in ordered:
        first = images[bytes(row.address_key or b"")]
        first.refresh_from_db(fields=["image"])
        try:
            with transaction.atomic():
                assert first.image_id is not None
                _end(row.pk, **_attach(found, row, first.image_id))
        except DomainError as error:
            _end(row.pk, state=RowState.FAILED, code=error.code, reason=error.detail)


def _ready(found: Import, limit: int) -> list[tuple[Any, ...]]:
    about = {"import": found.pk, "attached": ATTACHED, "at_once": limit}
    return all_rows(READY, about)


def _attach_one(found: Import, pk: int, image: uuid.UUID) -> None:
    row = ImportRow.objects.get(pk=pk)
    add_labels_used(found=found, payload=row.payload)
    with transaction.atomic():
        waiting = ImportRow.objects.filter(pk=pk, **WAITING)
        held = waiting.select_for_update(skip_locked=True, of=["self"]).first()
        if held is not None:
            _end(pk, **_attach(found, held, image))


def _attach(found: Import, row: ImportRow, image_id: uuid.UUID) -> dict[str, Any]:
    """Add what a row says to the task about an image; returns how the row ends."""
    image = Image.objects.select_related("blob").get(pk=image_id)
    if found.dataset.interface == Interface.IMAGE:
        add_boxes(dataset=found.dataset, image=image, payload=row.payload)
        return {"state": RowState.DONE, "image": image}
    if "tiles" in row.payload:
        task = _task_of_same_line(row)
        new = add_answers(found=found, task=task, image=None, payload=row.payload)
    else:
        task = _task_about(image)
        new = add_suggestions(task=task, image=image, payload=row.payload)
        new += add_answers(found=found, task=task, image=image, payload=row.payload)
    if new:
        return {"state": RowState.DONE, "image": image, "task": task}
    reason = "All that the line says of this image is here already."
    return {
        "state": RowState.DUPLICATE,
        "code": "nothing_new",
        "reason": reason,
        "image": image,
        "task": task,
    }


def _task_about(image: Image) -> Task:
    tasks = Task.objects.select_related("dataset").filter(task_images__image=image)
    task = tasks.order_by("-id").first()
    if task is None:
        raise Conflict("no_task", "Nobody is asked about this image here, so nothing fits it.")
    return task


def _task_of_same_line(row: ImportRow) -> Task:
    """The task that an earlier line brought; an image may be in many, so it does not tell."""
    first = ImportRow.objects.select_related("task__dataset").filter(
        address_key=row.address_key, task__isnull=False
    )
    brought = first.order_by("line", "item").first()
    if brought is None or brought.task is None:
        raise Conflict("no_task", "Nobody is asked about these images here, so nothing fits them.")
    return brought.task


def _end(row: int, **changes: Any) -> None:
    ended = {"code": "", "reason": "", "not_before": None, "updated_at": Now(), **changes}
    ImportRow.objects.filter(pk=row, **WAITING).update(**ended)
