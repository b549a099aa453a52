"""Removing deleted datasets for good, once nobody can bring them back: rows, then files."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from apps.datasets.actions.deleting import GRACE
from apps.datasets.models import Dataset
from apps.exchange.models import Export
from apps.imports.actions.blobs import order_sweep
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.jobs.queries import is_busy

KIND = "desk.purge"
CHUNK = 1000
PIECE_SECONDS = 20
PURGED = 0x70757267  # "purg", the number of advisory locks, with a hash of the dataset's id

Beat = Callable[..., None]

# Whoever refers to a row goes before it. A table without a `dataset_id` stands with the one above
# it and the column that leads there.
TABLES: tuple[str | tuple[str, str, str], ...] = (
    ("desk_acted", "desk_act", "act_id"),
    *("desk_act", "desk_view", "desk_daycount"),
    *("assist_comparison", "assist_modelfigures", "assist_predictionrun", "assist_modelserver"),
    *("reviews_behind", "reviews_insights", "reviews_secondlook", "reviews_reviewlease"),
    *("reviews_decision", "reviews_bulk", "reviews_conflict", "reviews_final"),
    *("reviews_merge", "reviews_skills"),
    ("exchange_chosen", "exchange_export", "export_id"),
    ("exchange_delivery", "exchange_webhook", "webhook_id"),
    *("exchange_webhook", "exchange_export", "exchange_diff", "exchange_snapshot"),
    ("imports_failinghost", "imports_import", "of_import_id"),
    ("imports_importlisting", "imports_import", "of_import_id"),
    *("imports_replacement", "imports_importrow", "imports_import", "imports_datasetconnection"),
    ("tasks_mention", "tasks_thread", "thread_id"),
    ("tasks_comment", "tasks_thread", "thread_id"),
    *("tasks_flag", "tasks_thread", "tasks_pass", "tasks_return", "tasks_draft"),
    *("tasks_suggestion", "tasks_place", "tasks_queue", "tasks_composition", "tasks_slot"),
    *("tasks_revision", "tasks_answer", "tasks_probe", "tasks_gold", "tasks_taskimage"),
    # The database keeps facts and words of every task, until it goes.
    *("reviews_taskfacts", "tasks_words", "tasks_task"),
    ("datasets_guidelinereading", "datasets_guideline", "guideline_id"),
    *("datasets_guideline", "datasets_image", "datasets_label", "datasets_configversion"),
    *("datasets_pendingmembership", "datasets_membership", "annotators_notification"),
)
WHOLE = {"tasks_queue", "datasets_label"}
"""Small ones, whose rows may refer to one another."""

NAMING = {
    "datasets_image": "blob_id",
    "exchange_diff": "file_sha256",
    "exchange_export": "file_sha256",
    "exchange_snapshot": "file_sha256",
    "imports_import": "list_sha256",
    "imports_importrow": "upload",
}
"""Which columns name files, or the blobs that do."""

# Answers and revisions name each other.
LOOSEN = """
UPDATE tasks_answer SET head_id = NULL
 WHERE ctid = ANY(ARRAY(SELECT ctid FROM tasks_answer
                         WHERE dataset_id = %(dataset)s AND head_id IS NOT NULL LIMIT %(most)s))
"""
# Copies of gold name the task that they are of.
PROBES = """
DELETE FROM tasks_task
 WHERE ctid = ANY(ARRAY(SELECT ctid FROM tasks_task
                         WHERE dataset_id = %(dataset)s AND probe_of_id IS NOT NULL
                         LIMIT %(most)s))
"""


def order_purges() -> int:
    """Queue the purge of every dataset whose days of grace are over; returns how many."""
    due = Dataset.objects.filter(deleted_at__lte=Now() - GRACE).values_list("pk", flat=True)
    found = [pk for pk in due if not is_busy(dataset_id=pk, prefix=KIND)]
    for pk in found:
        enqueue(kind=KIND, args={"dataset": str(pk)}, dataset_id=pk)
    return len(found)


def purge_for_a_while(*, dataset_id: uuid.UUID, beat: Beat) -> bool:
    """Remove a dataset, a chunk of rows at a time; True if some are left when the time is up.

    Nothing while it can be brought back. What was done stays so; Events stay for ever. Its files
    go by a job of their own, those that another dataset has stay.
    """
    due = Dataset.objects.filter(pk=dataset_id, deleted_at__lte=Now() - GRACE)
    # A second job for it, as of a second scheduler, leaves it to the first.
    with _alone_with(dataset_id) as alone:
        dataset = due.first() if alone else None
        return dataset is not None and _purge(dataset, beat)


@contextmanager
def _alone_with(dataset_id: uuid.UUID) -> Iterator[bool]:
    """Whether nobody else is at it; nobody comes to be before the end of this."""
    about = (PURGED, str(dataset_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", about)
        (alone,) = cursor.fetchone()
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", about)


def _purge(dataset: Dataset, beat: Beat) -> bool:
    end = time.monotonic() + PIECE_SECONDS
    for table, statement in _statements():
        while _removed(table, statement, dataset):
            beat()
            if time.monotonic() >= end:
                return True
    with transaction.atomic():
        data = {"name": dataset.name}
        record(kind="dataset.purged", actor=None, dataset_id=dataset.id, subject=dataset, data=data)
        Dataset.objects.filter(pk=dataset.pk).delete()
    return False


def _statements() -> list[tuple[str, str]]:
    """Tables with what removes a chunk of each, in their order."""
    first = {"tasks_revision": LOOSEN, "tasks_task": PROBES}
    found = []
    for entry in TABLES:
        table = entry if isinstance(entry, str) else entry[0]
        if table in first:
            found.append((table, first[table]))
        found.append((table, _deletion(entry)))
    return found


def _deletion(table: str | tuple[str, str, str]) -> str:
    """The statement that deletes a chunk of one of TABLES, whose names are constants."""
    if not isinstance(table, str):
        name, above, column = table
        rows = f"SELECT r.ctid FROM {name} r JOIN {above} a ON a.id = r.{column} WHERE a.dataset_id"  # noqa: S608 (constants)
        return f"DELETE FROM {name} WHERE ctid = ANY(ARRAY({rows} = %(dataset)s LIMIT %(most)s))"  # noqa: S608 (constants)
    if table in WHOLE:
        return f"DELETE FROM {table} WHERE dataset_id = %(dataset)s"  # noqa: S608 (constants)
    rows = f"SELECT ctid FROM {table} WHERE dataset_id = %(dataset)s LIMIT %(most)s"  # noqa: S608 (constants)
    returning = f"RETURNING {NAMING[table]}" if table in NAMING else ""
    return f"DELETE FROM {table} WHERE ctid = ANY(ARRAY({rows})) {returning}"  # noqa: S608 (constants)


def _removed(table: str, statement: str, dataset: Dataset) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        # The door in the triggers that let nobody else delete history.
        cursor.execute("SELECT set_config('concord.purging', %s, true)", [str(dataset.pk)])
        cursor.execute(statement, {"dataset": dataset.pk, "most": CHUNK})
        if table in NAMING:
            _order_sweep(table, {value for (value,) in cursor.fetchall()}, dataset)
        return int(cursor.rowcount)


def _order_sweep(table: str, named: set[Any], dataset: Dataset) -> None:
    """Have files looked at that nobody here names any more; those that others need stay."""
    if table == "datasets_image":
        order_sweep(dataset=dataset, blobs=named)
        return
    kept = Export.objects.filter(file_sha256__in=named).values_list("file_sha256", flat=True)
    if files := named - {""} - set(kept):
        order_sweep(dataset=dataset, blobs=[], files=files)
