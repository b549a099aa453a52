"""Labels: added, renamed, retired; never deleted, because shapes carry them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.actions.versions import require_instead
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.label_lists import read_label_list
from apps.datasets.label_rules import (
    Judged,
    check_attributes,
    check_colour,
    check_key,
    check_labels,
    check_name,
    check_shapes,
    judge_labels,
)
from apps.datasets.models import Dataset, Label
from apps.datasets.setting_values import RuleError
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.events.changes import Changes, changes_between

MOST_LISTED = 1000

READERS = {
    "name": check_name,
    "colour": check_colour,
    "key": check_key,
    "shapes": check_shapes,
    "attributes": check_attributes,
}


@transaction.atomic
def add_labels(*, dataset: Dataset, actor: User, labels: Sequence[Any]) -> list[Label]:
    """Append labels, each a name or `{name, colour?, key?, shapes?, attributes?}`.

    Raises Invalid for the first that is wrong or whose name was ever taken here.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)  # two additions must see each other
    taken = _taken(dataset)
    try:
        specs = check_labels(labels, **taken)
    except RuleError as error:
        raise Invalid(errors={"labels": [str(error)]}) from error
    made = Label.objects.bulk_create(
        Label(
            dataset=dataset,
            name=spec.name,
            colour=spec.colour,
            key=spec.key,
            shapes=list(spec.shapes),
            attributes=spec.attributes,
            position=position,
        )
        for position, spec in enumerate(specs, start=len(taken["names"]))
    )
    for label in made:
        _record("added", label, actor)
    return made


@transaction.atomic
def add_listed_labels(*, dataset: Dataset, actor: User, text: str, preview: bool) -> list[Judged]:
    """Add the new labels of a list (`read_label_list`) and say what becomes of each of its lines.

    With `preview` nothing is written. Raises Invalid `too_many_labels`.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    listed = read_label_list(text)
    if len(listed) > MOST_LISTED:
        detail = f"A list has at most {MOST_LISTED} labels; this one has {len(listed)}."
        raise Invalid("too_many_labels", detail)
    judged = judge_labels(listed, **_taken(dataset))
    specs = [row.spec for row in judged if row.spec is not None]
    if specs and not preview:
        new = [{**asdict(spec), "shapes": list(spec.shapes)} for spec in specs]
        add_labels(dataset=dataset, actor=actor, labels=new)
    return judged


def _taken(dataset: Dataset) -> dict[str, set[str]]:
    """What the labels of a dataset have already, and no new one may."""
    existing = list(dataset.labels.all())
    return {
        "names": {label.name for label in existing},
        "colours": {label.colour for label in existing},
        "keys": {label.key for label in existing if label.key and label.is_in_use},
    }


@transaction.atomic
def order_labels(*, dataset: Dataset, actor: User, labels: Sequence[uuid.UUID]) -> None:
    """Put the dataset's labels into this order. Raises Conflict `labels_changed` if it is not all
    of them, each once."""
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    existing = {label.pk: label for label in dataset.labels.all()}
    if len(labels) != len(existing) or set(labels) != existing.keys():
        raise Conflict("labels_changed", "The labels are others by now. Look again.")
    for position, label in enumerate(labels):
        existing[label].position = position
    Label.objects.bulk_update(existing.values(), ["position"])
    record(kind="labels.ordered", actor=actor, dataset_id=dataset.id, subject=dataset)


@transaction.atomic
def change_label(
    *, label: Label, actor: User, changes: dict[str, Any], retired: bool | None = None
) -> Label:
    """Change what a label looks like or is called; `retired` takes it out of use or back in.

    Shapes keep the label's id, so a new name reaches all of them, and rules for answers that ask
    for the label go on asking for it. Raises Invalid, or Conflict where a name, a key or, for one
    to be retired, the dataset's rules stand in the way.
    """
    dataset = Dataset.objects.select_for_update().get(pk=label.dataset_id)
    before = {name: getattr(label, name) for name in changes}
    was_name, was_in_use = label.name, label.retired_at is None
    others = Label.objects.filter(dataset_id=label.dataset_id).exclude(pk=label.pk)
    for name, value in changes.items():
        setattr(label, name, _read(name, value))
    if others.filter(name=label.name).exists():
        raise Conflict("label_exists", f"There is a label {label.name!r} already.")
    if retired is not None:
        label.retired_at = (label.retired_at or timezone.now()) if retired else None
    if label.key and label.is_in_use and others.in_use().filter(key=label.key).exists():
        raise Conflict("key_taken", f"The key {label.key} belongs to another label.")
    required = DatasetConfig.of(dataset).rules.required_labels
    if was_name in required and label.retired_at:
        detail = f"The rules for answers ask for {was_name!r}; take it out of them first."
        raise Conflict("label_required", detail)
    label.save()
    require_instead(dataset=dataset, name=was_name, other=label.name, actor=actor)
    told = changes_between(before, {name: getattr(label, name) for name in changes})
    if was_in_use != (label.retired_at is None):
        _record("retired" if was_in_use else "taken_up_again", label, actor, changes=told)
    elif told:
        _record("changed", label, actor, changes=told)
    return label


def _read(name: str, value: Any) -> Any:
    try:
        read = READERS[name](value)
    except RuleError as error:
        raise Invalid(errors={name: [str(error)]}) from error
    return list(read) if isinstance(read, tuple) else read


def _record(what: str, label: Label, actor: User, **more: Changes) -> None:
    record(
        kind=f"label.{what}",
        actor=actor,
        dataset_id=label.dataset_id,
        subject=label,
        data={"name": label.name, **more},
    )
