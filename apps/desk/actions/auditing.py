"""The audit log itself: that somebody took a copy of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset
from concord.events.actions import record


@transaction.atomic
def note_export(
    *, user: User, dataset: Dataset | None, form: str, sought: Mapping[str, Sequence[str]]
) -> None:
    """Write down that `user` has the events of `dataset`, or of all, that were `sought`."""
    record(
        kind="events.exported",
        actor=user,
        dataset_id=dataset.pk if dataset else None,
        subject=dataset,
        data={"format": form, "filter": dict(sought)},
    )
