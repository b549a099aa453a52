"""A dataset made after another one: all that was settled there, nothing that was done."""

from __future__ import annotations

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.actions.creating import free_slug, require_maker
from apps.datasets.actions.guidelines import mark_read
from apps.datasets.actions.versions import save_config_version
from apps.datasets.models import (
    Dataset,
    Guideline,
    Label,
    Membership,
    PendingMembership,
    Role,
)
from concord.events.actions import record


@transaction.atomic
def clone_settings(*, source: Dataset, actor: User, name: str, members: bool) -> Dataset:
    """Make a dataset with the settings, labels in use and guideline of `source`.

    With `members` its people have the same roles there, those who were invited too; `actor` is a
    manager in any case. Raises Forbidden without the right to create datasets.
    """
    require_maker(actor)
    source = Dataset.objects.select_for_update(no_key=True).get(pk=source.pk)
    clone = Dataset.objects.create(
        slug=free_slug(name),
        name=name,
        description=source.description,
        interface=source.interface,
        config=source.config,
        time_zone=source.time_zone,
        created_by=actor,
    )
    save_config_version(dataset=clone, actor=actor)
    Membership.objects.create(dataset=clone, user=actor, role=Role.MANAGER)
    about = {"from": str(source.id), "name": source.name}
    record(kind="dataset.created", actor=actor, dataset_id=clone.id, subject=clone, data=about)
    into = {"into": str(clone.id), "name": clone.name}
    record(kind="dataset.cloned", actor=actor, dataset_id=source.id, subject=source, data=into)
    _clone_labels(source, clone)
    _clone_guideline(source, clone, actor)
    if members:
        _clone_members(source, clone, actor)
    return clone


def _clone_labels(source: Dataset, clone: Dataset) -> None:
    Label.objects.bulk_create(
        Label(
            dataset=clone,
            name=label.name,
            colour=label.colour,
            key=label.key,
            shapes=label.shapes,
            attributes=label.attributes,
            position=position,
        )
        for position, label in enumerate(source.labels.in_use())
    )


def _clone_guideline(source: Dataset, clone: Dataset, actor: User) -> None:
    """The text in force is the clone's first version."""
    newest = source.guidelines.order_by("-version").first()
    if newest is None or not newest.text:
        return
    first = Guideline.objects.create(dataset=clone, version=1, text=newest.text, created_by=actor)
    mark_read(guideline=first, user=actor)


def _clone_members(source: Dataset, clone: Dataset, actor: User) -> None:
    others = source.memberships.exclude(user=actor).filter(user__is_active=True)
    made = Membership.objects.bulk_create(
        Membership(dataset=clone, user_id=member.user_id, role=member.role) for member in others
    )
    for member in made:
        data = {"user": str(member.user_id), "role": member.role}
        record(kind="member.added", actor=actor, dataset_id=clone.id, subject=member, data=data)
    PendingMembership.objects.bulk_create(
        PendingMembership(dataset=clone, email=waiting.email, role=waiting.role)
        for waiting in PendingMembership.objects.filter(dataset=source)
    )
