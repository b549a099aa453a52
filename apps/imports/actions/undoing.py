"""Undoing an import: ordered by a manager, done by a job, a chunk at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.imports.actions.running import cancel_import
from apps.imports.actions.taking_out import UNDONE, take_out
from apps.imports.models import Import, ImportRow, ImportState, RowState
from apps.tasks.actions.removing import count_anew
from concord.errors import Conflict
from concord.events.actions import record
from concord.jobs.actions import enqueue

KIND = "imports.undo"
CHUNK = 200
PIECE_SECONDS = 15.0
BUSY_PAUSE = 0.05
MOST_TRIES = 100
"""What is in somebody's hands at so many looks is being worked on."""

OVER = (ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED, ImportState.UNDONE)

# A duplicate of a row that is undone is undone as well.
END_DUPLICATES = """
UPDATE imports_importrow SET state = 'cancelled', code = %(code)s, reason = '', image_id = NULL,
       updated_at = now()
 WHERE id = ANY(ARRAY(
    SELECT r.id FROM imports_importrow r
     WHERE r.import_id = %(import)s AND r.state = 'duplicate'
       AND NOT EXISTS (SELECT FROM imports_importrow o
                        WHERE o.state = 'done' AND o.address_key = r.address_key)
       AND NOT EXISTS (SELECT FROM imports_importrow o
                        WHERE o.import_id = r.import_id AND o.state = 'done'
                          AND o.image_id = r.image_id)
     LIMIT 5000))
"""

Beat = Callable[..., None]


@transaction.atomic
def undo_import(*, found: Import, actor: User) -> Import:
    """Order that what an import brought is taken out again; a paused one is cancelled first.

    Nothing happens where that is under way. Raises Conflict `import_running`.
    """
    held = Import.objects.select_for_update(no_key=True).get(pk=found.pk)
    if held.state == ImportState.UNDOING:
        return held
    if held.state == ImportState.PAUSED:
        held = cancel_import(found=held, actor=actor)
    if held.state not in OVER:
        raise Conflict("import_running", "Cancel the import first; then it can be undone.")
    held.state, held.error = ImportState.UNDOING, ""
    held.save(update_fields=["state", "error"])
    enqueue(kind=KIND, args={"import": str(held.pk)}, created_by=actor, dataset_id=held.dataset_id)
    record(kind="import.undo_ordered", actor=actor, dataset_id=held.dataset_id, subject=held)
    return held


def undo_for_a_while(*, found: Import, progress: Mapping[str, Any], beat: Beat) -> bool:
    """Take images out from where `progress` stands; True if some may be left when the time is up.

    A chunk that was cut off is done again, and changes nothing where it had come through.
    """
    if found.state != ImportState.UNDOING:
        return False
    end, done, place = time.monotonic() + PIECE_SECONDS, progress["done"], progress.get("place")
    brought = ImportRow.objects.filter(of_import=found, state=RowState.DONE)
    total = done + _after(brought, place).count()
    beat(done=done, total=total, place=place)
    while chunk := list(_after(brought, place).order_by("line", "item")[:CHUNK]):
        _take_out(found, [row.pk for row in chunk], beat=beat)
        done, place = done + len(chunk), [chunk[-1].line, chunk[-1].item]
        beat(done=done, total=total, place=place)
        if time.monotonic() > end:
            return True
    _finish(found)
    return False


def end_undo(*, found: Import, error: str = "") -> bool:
    """Say that an undo is over, or with an `error` that it broke off; True if it was under way."""
    undoing = Import.objects.filter(pk=found.pk, state=ImportState.UNDOING)
    return bool(undoing.update(state=ImportState.UNDONE, error=error, finished_at=Now()))


def _after(rows: QuerySet[ImportRow], place: Sequence[int] | None) -> QuerySet[ImportRow]:
    if place is None:
        return rows
    line, item = place
    return rows.filter(Q(line__gt=line) | Q(item__gt=item), line__gte=line)


def _take_out(found: Import, rows: list[int], *, beat: Beat) -> None:
    """Take out what these rows brought; what is in somebody's hands comes last, or stays."""
    for _ in range(MOST_TRIES):
        rows = take_out(found=found, rows=rows)
        if not rows:
            return
        beat()
        time.sleep(BUSY_PAUSE)


def _finish(found: Import) -> None:
    rows = ImportRow.objects.filter(of_import=found)
    with transaction.atomic():
        _end_duplicates(found)
        count_anew(dataset=found.dataset)
        if end_undo(found=found):
            kept = rows.filter(state=RowState.DONE).count()
            gone = rows.filter(code=UNDONE).count()
            data = {"undone": gone, "kept": kept}
            record(
                kind="import.undone",
                actor=None,
                dataset_id=found.dataset_id,
                subject=found,
                data=data,
            )


def _end_duplicates(found: Import) -> None:
    with connection.cursor() as cursor:
        while True:
            cursor.execute(END_DUPLICATES, {"import": found.pk, "code": UNDONE})
            if not cursor.rowcount:
                return
