"""Reads of imports and connections."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.datasets.models import Dataset
from apps.imports.models import Connection, Import, ImportQuerySet, ImportRow, RowState


def imports_of(dataset: Dataset) -> ImportQuerySet:
    """Return a dataset's imports with their counts."""
    found = Import.objects.with_counts().filter(dataset=dataset)
    return found.select_related("created_by").prefetch_related("listings")


def rows_of(found: Import, *, state: RowState | None) -> QuerySet[ImportRow]:
    """Return an import's rows, or those in one state."""
    rows = ImportRow.objects.filter(of_import=found)
    return rows if state is None else rows.filter(state=state)


def all_connections() -> QuerySet[Connection]:
    """Return every connection with the datasets that may use it."""
    return Connection.objects.prefetch_related("datasets")
