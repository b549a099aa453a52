"""Changing and archiving a dataset."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.actions.versions import save_config_version
from apps.datasets.answer_rules import check_required_labels
from apps.datasets.config import DatasetConfig
from apps.datasets.config_rules import check_config
from apps.datasets.models import ConfigVersion, Dataset, Interface
from apps.datasets.ports import drop_probes, fit_tasks
from apps.datasets.queries import merged_labels
from concord.errors import Stale
from concord.events.actions import record
from concord.events.changes import Changes, changes_between
from concord.rows import run

FITTED_SETTINGS = frozenset({"overlap", "routing", "order", "random_share", "spread"})
"""Those that tasks made before must follow."""

# KEY SHARE is what a row that refers to the dataset takes in any case.
HOLD = "SELECT FROM datasets_dataset WHERE id = %s FOR KEY SHARE"


@transaction.atomic
def change_dataset(
    *,
    dataset: Dataset,
    actor: User,
    version: int,
    fields: dict[str, Any] | None = None,
    config: dict[str, Any] | None = None,
    archived: bool | None = None,
) -> Dataset:
    """Change a dataset that the caller read as `version`, and give it the next version.

    `fields` are name, description and time zone; `config` names the settings that change.
    Raises Stale with the differing settings if somebody was faster, Invalid if they do not work.
    """
    current = Dataset.objects.select_for_update().get(pk=dataset.pk)
    before = DatasetConfig.of(current).as_json()
    if current.config_version != version:
        raise Stale(
            current={"config_version": current.config_version, **before},
            diff=changes_since(dataset=current, version=version),
        )
    named = {name: getattr(current, name) for name in fields or {}}
    was_archived = current.archived_at is not None
    for name, value in (fields or {}).items():
        setattr(current, name, value)
    wanted = settings_with(current, config or {})
    current.config = wanted.as_json()
    if archived is not None:
        current.archived_at = (current.archived_at or timezone.now()) if archived else None
    current.config_version += 1
    current.save()
    save_config_version(dataset=current, actor=actor)
    changed = [name for name, value in current.config.items() if before.get(name) != value]
    if FITTED_SETTINGS.intersection(changed):
        fit_tasks(dataset=current, actor=actor, reopen=True)
    if "gold" in changed and not wanted.gold.rate:
        drop_probes(dataset=current)
    _record_change(
        current,
        actor,
        changes_between({**named, **before}, {**(fields or {}), **current.config}),
        was_archived=was_archived,
    )
    return current


def _record_change(dataset: Dataset, actor: User, changes: Changes, *, was_archived: bool) -> None:
    kind = "dataset.changed"
    if was_archived != (dataset.archived_at is not None):
        kind = "dataset.opened_again" if was_archived else "dataset.archived"
    elif not changes:
        return
    record(
        kind=kind,
        actor=actor,
        dataset_id=dataset.id,
        subject=dataset,
        data={"version": dataset.config_version, "changes": changes},
    )


def settings_with(dataset: Dataset, changes: Mapping[str, Any]) -> DatasetConfig:
    """Return the settings of a dataset as they would be; raises Invalid if they do not work."""
    before = DatasetConfig.of(dataset).as_json()
    wanted = check_config({**before, **changes}, interface=Interface(dataset.interface))
    check_required_labels(wanted.rules, labels=dataset.labels.in_use())
    return wanted


def hold_settings(*, dataset: Dataset) -> Dataset:
    """Read the settings anew; until the caller's transaction ends, nobody changes them.

    For what is made by the settings: whoever changes them, or who the members are, locks the row
    first, so that afterwards nothing is made any more by how they were before.
    """
    run(HOLD, [dataset.id])
    dataset.refresh_from_db(fields=["config", "config_version"])
    return dataset


def hold_labels(*, dataset_id: uuid.UUID) -> dict[str, str]:
    """Return what merged labels count as; until the caller's transaction ends, none is merged.

    Whoever merges labels locks the row first, and then has all made anew that was compared before.
    """
    run(HOLD, [dataset_id])
    return merged_labels(dataset_id)


def changes_since(*, dataset: Dataset, version: int) -> dict[str, Any]:
    """Return the settings that differ from those of an earlier version: `{name: {was, is}}`."""
    row = ConfigVersion.objects.filter(dataset=dataset, version=version).first()
    was = {} if row is None else row.config
    return {
        name: {"was": was.get(name), "is": value}
        for name, value in dataset.config.items()
        if was.get(name) != value
    }
