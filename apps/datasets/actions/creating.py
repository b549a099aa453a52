"""Making a dataset."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from apps.annotators.models import User
from apps.datasets.actions.labels import add_labels
from apps.datasets.actions.versions import save_config_version
from apps.datasets.answer_rules import check_required_labels
from apps.datasets.config import DatasetConfig
from apps.datasets.config_rules import check_config
from apps.datasets.models import Dataset, Interface, Membership, Role
from concord.errors import Conflict, Forbidden, Invalid
from concord.events.actions import record

LONGEST_SLUG = 80
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@transaction.atomic
def create_dataset(
    *,
    actor: User,
    name: str,
    interface: Interface,
    labels: Sequence[Any] = (),
    config: Mapping[str, Any] | None = None,
    slug: str = "",
    description: str = "",
) -> Dataset:
    """Create a dataset with its labels and settings; `actor` becomes its first manager.

    Raises Forbidden without the right to create datasets, Invalid for labels or settings that do
    not work, Conflict `slug_taken` for a `slug` in use. Without one it is made from the name.
    """
    require_maker(actor)
    settings = _with_question(
        check_config(config or {}, interface=interface), interface=interface, labels=labels
    )
    dataset = _insert(
        Dataset(
            slug=_checked(slug) if slug else free_slug(name),
            name=name,
            description=description,
            interface=interface,
            config=settings.as_json(),
            created_by=actor,
        )
    )
    save_config_version(dataset=dataset, actor=actor)
    Membership.objects.create(dataset=dataset, user=actor, role=Role.MANAGER)
    record(kind="dataset.created", actor=actor, dataset_id=dataset.id, subject=dataset)
    if labels:
        add_labels(dataset=dataset, actor=actor, labels=labels)
    check_required_labels(settings.rules, labels=dataset.labels.in_use())
    return dataset


def require_maker(user: User) -> None:
    """Raise Forbidden `may_not_create` for who has no right to create datasets."""
    if not (user.is_admin or user.may_create_datasets):
        raise Forbidden("may_not_create", "An admin must give you the right to create datasets.")


def _with_question(
    config: DatasetConfig, *, interface: Interface, labels: Sequence[Any]
) -> DatasetConfig:
    """Check that the labels suit the interface; one label alone is what a classification asks."""
    if interface == Interface.IMAGE_MANUAL and not labels:
        raise Invalid(errors={"labels": ["Drawing needs at least one label."]})
    if interface == Interface.IMAGE and not labels:
        raise Invalid(errors={"labels": ["Suggested boxes need at least one label."]})
    if interface == Interface.CHOICE and labels:
        raise Invalid(errors={"labels": ["The choice interface offers options, not labels."]})
    if interface == Interface.IMAGE_CHOICE and labels:
        raise Invalid(errors={"labels": ["Picking among images asks a question, not labels."]})
    if interface == Interface.CLASSIFICATION and labels:
        if len(labels) > 1:
            raise Invalid(errors={"labels": ["A classification asks about one label."]})
        (label,) = labels
        name = label.get("name") if isinstance(label, dict) else label
        return config if config.question else replace(config, question=str(name).strip())
    return config


def free_slug(name: str) -> str:
    """Return a slug made from the name that no dataset has, deleted ones included."""
    stem = slugify(name)[: LONGEST_SLUG - 7].strip("-_")
    if not SLUG.fullmatch(stem) or _is_uuid(stem):
        stem = "dataset"
    taken = set(Dataset.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def _checked(slug: str) -> str:
    if len(slug) > LONGEST_SLUG or not SLUG.fullmatch(slug) or _is_uuid(slug):
        detail = "A slug has small letters and digits with single - or _ between them."
        raise Invalid(errors={"slug": [detail]})
    return slug


def _is_uuid(text: str) -> bool:
    """Whether an address with this slug would be read as one with an id."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _insert(dataset: Dataset) -> Dataset:
    try:
        with transaction.atomic():
            dataset.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("slug_taken", f"The address {dataset.slug} is taken.") from error
    return dataset
