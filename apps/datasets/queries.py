"""Reads of datasets and their members."""

from __future__ import annotations

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.annotators.models import Invitation, User
from apps.datasets.models import (
    Dataset,
    Guideline,
    GuidelineReading,
    Membership,
    PendingMembership,
    Role,
)
from apps.datasets.policy import Capability, allows


def annotators_of(dataset: Dataset) -> frozenset[uuid.UUID]:
    """Return who labels as their work: reviewers, managers and the deactivated are left out."""
    rows = dataset.memberships.filter(role=Role.ANNOTATOR, user__is_active=True)
    return frozenset(rows.values_list("user_id", flat=True))


def labellers_of(dataset: Dataset) -> dict[str, uuid.UUID]:
    """Return everybody who may label in a dataset, by e-mail address."""
    roles = [role for role in Role if allows(role, Capability.LABEL)]
    members = dataset.memberships.filter(role__in=roles).values("user_id")
    people = User.objects.filter(Q(pk__in=members) | Q(is_admin=True), is_active=True)
    return dict(people.values_list("email", "id"))


def datasets_of(user: User) -> QuerySet[Dataset]:
    """Return what `user` may see, each with its labels."""
    return Dataset.objects.visible_to(user).prefetch_related("labels")


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return the memberships of `user` in datasets that are not deleted."""
    alive = Membership.objects.filter(user=user, dataset__deleted_at=None)
    return alive.select_related("dataset").order_by("dataset__name", "id")


def roles_of(user: User) -> dict[uuid.UUID, Role]:
    """Return the role of `user` by dataset id, for every dataset that they may see."""
    if user.is_admin:
        return dict.fromkeys(Dataset.objects.alive().values_list("id", flat=True), Role.MANAGER)
    rows = Membership.objects.filter(user=user, dataset__deleted_at=None)
    return {dataset: Role(role) for dataset, role in rows.values_list("dataset_id", "role")}


def members_of(dataset: Dataset) -> QuerySet[Membership]:
    """Return the members of a dataset with their accounts."""
    return dataset.memberships.select_related("user")


def pending_members_of(dataset: Dataset) -> QuerySet[PendingMembership]:
    """Return who was invited and has no account yet."""
    return PendingMembership.objects.filter(dataset=dataset).order_by("email")


def names_of_waiting_datasets(invitation: Invitation) -> list[str]:
    """Return the names of the datasets that somebody joins by accepting an invitation."""
    waiting = PendingMembership.objects.filter(
        email=invitation.email, dataset__deleted_at=None
    ).order_by("dataset__name")
    return list(waiting.values_list("dataset__name", flat=True))


def guidelines_of(dataset: Dataset, *, reader: User) -> QuerySet[Guideline]:
    """Return the versions with their authors, and whether `reader` `has_read` each."""
    readings = GuidelineReading.objects.filter(guideline=OuterRef("pk"), user=reader)
    versions = Guideline.objects.filter(dataset=dataset).select_related("created_by")
    return versions.annotate(has_read=Exists(readings))
