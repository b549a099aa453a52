"""Versions of a dataset's settings."""

from __future__ import annotations

from dataclasses import replace

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import ConfigVersion, Dataset


def save_config_version(*, dataset: Dataset, actor: User) -> None:
    """Keep the settings in force under their version, for the tasks and revisions that name it."""
    ConfigVersion.objects.create(
        dataset=dataset,
        version=dataset.config_version,
        config=dataset.config,
        created_by=actor,
    )


def require_instead(*, dataset: Dataset, name: str, other: str, actor: User) -> None:
    """Let the rules for answers ask for the label `other` where they asked for `name`.

    The caller holds the dataset. Nothing, and no new version, where they did not.
    """
    config = DatasetConfig.of(dataset)
    required = config.rules.required_labels
    if name == other or name not in required:
        return
    instead = tuple(dict.fromkeys(other if each == name else each for each in required))
    rules = replace(config.rules, required_labels=instead)
    dataset.config = replace(config, rules=rules).as_json()
    dataset.config_version += 1
    dataset.save(update_fields=["config", "config_version"])
    save_config_version(dataset=dataset, actor=actor)
