"""Reads of imports and connections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField, TextField

from apps.datasets.models import Dataset
from apps.imports.domain.corrections import FailedLine
from apps.imports.models import Connection, Import, ImportQuerySet, ImportRow, RowState


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


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason for which rows failed: how many, and the first of them."""

    code: str
    count: int
    line: int
    reason: str


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
    counts = failed.values_list("code").annotate(n=Count("pk")).order_by("-n", "code")
    firsts = failed.order_by("code", "line", "item").distinct("code")
    first = {row.code: row for row in firsts}
    return [Failure(code, n, first[code].line, first[code].reason) for code, n in counts]


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


def all_connections() -> QuerySet[Connection]:
    """Return every connection with the datasets that may use it."""
    return Connection.objects.prefetch_related("datasets")
