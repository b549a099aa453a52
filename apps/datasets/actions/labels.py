"""Labels: added, renamed, retired; never deleted, because shapes carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.label_rules import (
    check_attributes,
    check_colour,
    check_key,
    check_labels,
    check_name,
    check_shapes,
)
from apps.datasets.models import Dataset, Label
from apps.datasets.setting_values import RuleError
from concord.errors import Conflict, Invalid
from concord.events.actions import record

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
    existing = list(dataset.labels.all())
    try:
        specs = check_labels(
            labels,
            names={label.name for label in existing},
            colours={label.colour for label in existing},
            keys={label.key for label in existing if label.key and not label.retired_at},
        )
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
        for position, spec in enumerate(specs, start=len(existing))
    )
    for label in made:
        _record("added", label, actor)
    return made


@transaction.atomic
def change_label(
    *, label: Label, actor: User, changes: dict[str, Any], retired: bool | None = None
) -> Label:
    """Change what a label looks like or is called; `retired` takes it out of use or back in.

    Shapes keep the label's id, so a new name reaches all of them. Raises Invalid, or Conflict
    where a name, a key or the dataset's rules stand in the way.
    """
    dataset = Dataset.objects.select_for_update().get(pk=label.dataset_id)
    before = label.name
    others = Label.objects.filter(dataset_id=label.dataset_id).exclude(pk=label.pk)
    for name, value in changes.items():
        setattr(label, name, _read(name, value))
    if others.filter(name=label.name).exists():
        raise Conflict("label_exists", f"There is a label {label.name!r} already.")
    if retired is not None:
        label.retired_at = (label.retired_at or timezone.now()) if retired else None
    in_use = others.filter(key=label.key, retired_at=None)
    if label.key and not label.retired_at and in_use.exists():
        raise Conflict("key_taken", f"The key {label.key} belongs to another label.")
    required = DatasetConfig.of(dataset).rules.required_labels
    if before in required and (label.name != before or label.retired_at):
        detail = f"The rules for answers ask for {before!r}; take it out of them first."
        raise Conflict("label_required", detail)
    label.save()
    _record("retired" if retired else "changed", label, actor)
    return label


def _read(name: str, value: Any) -> Any:
    try:
        read = READERS[name](value)
    except RuleError as error:
        raise Invalid(errors={name: [str(error)]}) from error
    return list(read) if isinstance(read, tuple) else read


def _record(what: str, label: Label, actor: User) -> None:
    record(
        kind=f"label.{what}",
        actor=actor,
        dataset_id=label.dataset_id,
        subject=label,
        data={"name": label.name},
    )
