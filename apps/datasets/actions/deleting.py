"""Deleting a dataset, and bringing it back while it is there."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.datasets.ports import stop_imports
from concord.errors import Conflict
from concord.events.actions import record

GRACE = timedelta(days=30)
"""So long a deleted dataset can be brought back; then its rows and files go."""


@transaction.atomic
def delete_dataset(*, dataset: Dataset, actor: User) -> None:
    """Take a dataset out of everybody's sight, and end its imports; it is purged after GRACE."""
    alive = Dataset.objects.filter(pk=dataset.pk, deleted_at=None)
    if alive.update(deleted_at=Now(), deleted_by=actor):
        stop_imports(dataset=dataset, actor=actor)
        _record("dataset.deleted", dataset, actor)


@transaction.atomic
def restore_dataset(*, dataset: Dataset, actor: User) -> Dataset:
    """Bring a deleted dataset back with all that it had; its imports stay ended.

    Raises Conflict `purge_begun` when its time is over: the same clock says when it is purged.
    """
    kept = Dataset.objects.filter(pk=dataset.pk, deleted_at__gt=Now() - GRACE)
    if not kept.update(deleted_at=None, deleted_by=None):
        raise Conflict("purge_begun", "The days in which it could be brought back are over.")
    _record("dataset.restored", dataset, actor)
    dataset.refresh_from_db()
    return dataset


def _record(kind: str, dataset: Dataset, actor: User) -> None:
    """Write down what became of a dataset, by name: some day nothing else is left of it."""
    data = {"name": dataset.name}
    record(kind=kind, actor=actor, dataset_id=dataset.id, subject=dataset, data=data)
