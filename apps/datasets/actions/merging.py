"""Merging one label into another, and taking that back."""

from __future__ import annotations

import uuid

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.actions.versions import require_instead
from apps.datasets.models import Dataset, Label
from apps.datasets.ports import compare_anew
from concord.errors import Conflict, Invalid
from concord.events.actions import record


@transaction.atomic
def merge_label(*, label: Label, into: Label, actor: User) -> Label:
    """Let all that was ever called `label` count as `into`, and have it compared anew.

    Answers keep what was said, so that it can be taken back. Raises Invalid `same_label`, Conflict
    `label_merged` for one that counts as another already, `label_not_in_use` for a dead end.
    """
    dataset = Dataset.objects.select_for_update().get(pk=label.dataset_id)
    label.refresh_from_db()
    into.refresh_from_db()
    if label.pk == into.pk:
        raise Invalid("same_label", "A label cannot be merged into itself.")
    if label.merged_into_id is not None:
        raise Conflict("label_merged", f"{label.name!r} was merged into another label already.")
    if not into.is_in_use:
        raise Conflict("label_not_in_use", f"{into.name!r} is not in use itself.")
    label.merged_into = into
    label.save(update_fields=["merged_into"])
    require_instead(dataset=dataset, name=label.name, other=into.name, actor=actor)
    _told(dataset, "label.merged", label, into=into, actor=actor)
    return label


@transaction.atomic
def unmerge_label(*, label: Label, actor: User) -> Label:
    """Let `label` count as itself again, and have what was called so compared anew.

    Its key is gone if another label has it by now. Raises Conflict `label_not_merged`.
    """
    dataset = Dataset.objects.select_for_update().get(pk=label.dataset_id)
    label.refresh_from_db()
    into = label.merged_into
    if into is None:
        raise Conflict("label_not_merged", f"{label.name!r} was not merged into another label.")
    if dataset.labels.in_use().filter(key=label.key).exists():
        label.key = ""
    label.merged_into = None
    label.save(update_fields=["merged_into", "key"])
    _told(dataset, "label.unmerged", label, into=into, actor=actor)
    return label


def _told(dataset: Dataset, kind: str, label: Label, *, into: Label, actor: User) -> None:
    data = {"name": label.name, "into": into.name}
    record(kind=kind, actor=actor, dataset_id=dataset.id, subject=label, data=data)
    compare_anew(dataset=dataset, labels=_with_those_in(label), actor=actor)


def _with_those_in(label: Label) -> set[uuid.UUID]:
    """The label, and all that were merged into it, however many steps away."""
    found = {label.pk}
    while more := set(
        Label.objects.filter(merged_into__in=found)
        .exclude(pk__in=found)
        .values_list("pk", flat=True)
    ):
        found |= more
    return found
