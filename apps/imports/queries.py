"""Reads of imports and connections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField, TextField

from apps.datasets.models import Dataset, Interface
from apps.imports.actions.undoing import KIND as UNDO
from apps.imports.domain.corrections import FailedLine
from apps.imports.models import Connection, Import, ImportQuerySet, ImportRow, RowState
from apps.tasks.untouched import WHY_KEPT
from concord.jobs.models import Job
from concord.rows import all_rows


def imports_of(dataset: Dataset) -> ImportQuerySet:
    """Return a dataset's imports with their counts."""
    found = Import.objects.with_counts().filter(dataset=dataset)
    return found.select_related("created_by").prefetch_related("listings")


# What a table cannot hold: parts beside `meta`, and values in it that are no texts.
BEYOND_TABLES = """
payload - '{meta,priority,score}'::text[] <> '{}'
OR payload @? '$.meta.* ? (@.type() != "string")'
"""
META_KEYS = "jsonb_object_keys(coalesce(payload -> 'meta', '{}'))"
AT_ONCE = 1000

# The tasks of a row `r`: its own, or where people judge boxes those about its image.
OWN_TASK = "t.id = r.task_id"
BOXES = "t.id IN (SELECT ti.task_id FROM tasks_taskimage ti WHERE ti.image_id = r.image_id)"
# That something else was made of a row's image, or another import names it; of a group's images
# those stay that are used elsewhere, and the group goes all the same.
IN_USE = """
EXISTS (SELECT FROM imports_importrow o WHERE o.image_id = r.image_id
           AND o.import_id <> r.import_id AND o.state IN ('done', 'duplicate'))
OR EXISTS (SELECT FROM tasks_taskimage ti WHERE ti.image_id = r.image_id
              AND NOT EXISTS (SELECT FROM tasks_task t WHERE t.id = ti.task_id AND {tasks}))
"""
NO_GROUP = "(r.task_id IS NULL OR NOT %(picks)s)"
JUDGED = f"""
SELECT why, count(*) FROM (
    SELECT coalesce((SELECT min({WHY_KEPT}) FROM tasks_task t WHERE {{tasks}}),
                    CASE WHEN {NO_GROUP} AND ({IN_USE}) THEN 'in_use' END) AS why
      FROM imports_importrow r WHERE r.import_id = %(import)s AND r.state = 'done') judged
 GROUP BY why
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason for which rows failed: how many, the first of them, and whether any can be
    fetched once more."""

    code: str
    count: int
    line: int
    reason: str
    may_retry: bool


def rows_of(
    found: Import, *, state: RowState | None = None, code: str = "", search: str = ""
) -> QuerySet[ImportRow]:
    """Return an import's rows: of one state, with one code, with a text in address or reason."""
    rows = ImportRow.objects.filter(of_import=found)
    if state is not None:
        rows = rows.filter(state=state)
    if code:
        rows = rows.filter(code=code)
    if search:
        rows = rows.filter(Q(url__icontains=search) | Q(reason__icontains=search))
    return rows


def failures_of(found: Import) -> list[Failure]:
    """Return why rows of an import failed, the most frequent reason first."""
    failed = rows_of(found, state=RowState.FAILED)
    counts = (
        failed.values_list("code")
        .annotate(n=Count("pk"), read=Count("pk", filter=~Q(address_key=None)))
        .order_by("-n", "code")
    )
    folders = set(found.listings.values_list("code", flat=True))
    firsts = failed.order_by("code", "line", "item").distinct("code")
    first = {row.code: row for row in firsts}
    return [
        Failure(code, n, first[code].line, first[code].reason, read > 0 or code in folders)
        for code, n, read in counts
    ]


def fits_a_table(found: Import) -> bool:
    """Whether a table can hold all that the list said of the rows that failed."""
    beyond = RawSQL(BEYOND_TABLES, [], BooleanField())  # noqa: S611 (constant)
    return not rows_of(found, state=RowState.FAILED).filter(beyond).exists()


def meta_columns(found: Import) -> list[str]:
    """Return the names of all `meta` of the rows that failed."""
    failed = rows_of(found, state=RowState.FAILED)
    names = failed.annotate(name=RawSQL(META_KEYS, [], TextField()))  # noqa: S611 (constant)
    return sorted(names.values_list("name", flat=True).distinct())


def failed_lines(found: Import) -> Iterator[FailedLine]:
    """Yield the rows that failed, by line; however many, only some are in memory."""
    failed = rows_of(found, state=RowState.FAILED).order_by("line", "item")
    after = Q()
    while rows := list(failed.filter(after)[:AT_ONCE]):
        for row in rows:
            yield FailedLine(row.line, row.url, row.payload, row.code, row.reason)
        last = rows[-1]
        after = Q(line__gt=last.line) | Q(line=last.line, item__gt=last.item)


@dataclass(frozen=True, slots=True)
class UndoForecast:
    """How many images, or groups, go when an import is undone now, and how many stay, by reason."""

    gone: int = 0
    answered: int = 0
    begun: int = 0
    noted: int = 0
    in_use: int = 0


def undo_forecast(found: Import) -> UndoForecast:
    """Count what undoing an import would do."""
    interface = found.dataset.interface
    statement = JUDGED.format(tasks=BOXES if interface == Interface.IMAGE else OWN_TASK)
    values = {"import": found.pk, "picks": interface == Interface.IMAGE_CHOICE}
    return UndoForecast(**{why or "gone": count for why, count in all_rows(statement, values)})


def undo_progress(found: Import) -> dict[str, Any] | None:
    """Return how far the last undo of an import is, None if it was never undone."""
    jobs = Job.objects.filter(dataset_id=found.dataset_id, kind=UNDO)
    last = jobs.filter(args__import=str(found.pk)).order_by("-id").first()
    return None if last is None else last.progress


def all_connections() -> QuerySet[Connection]:
    """Return every connection with the datasets that may use it."""
    return Connection.objects.prefetch_related("datasets")
