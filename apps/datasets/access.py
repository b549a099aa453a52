"""Who may reach a dataset, its members, labels and images; to outsiders absent and forbidden look
the same."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets import queries
from apps.datasets.models import (
    Dataset,
    Guideline,
    Image,
    Label,
    Membership,
    PendingMembership,
    Role,
)
from apps.datasets.policy import Capability, allows
from concord.errors import Conflict, Forbidden, NotFound
from concord.rows import Columns, first_row, select

DATASET = Columns(Dataset, "d")
MEMBER = "LEFT JOIN datasets_membership m ON m.dataset_id = d.id AND m.user_id = %(user)s"
"""Joins what says the role of a person in dataset `d`."""

FIND_DATASET = {
    key: f"{select(DATASET, 'm.role')} FROM datasets_dataset d {MEMBER} WHERE d.{key} = %(value)s"
    for key in ("id", "slug")
}


def role_of(*, user: User, dataset: Dataset) -> Role | None:
    """Return the role of `user` in `dataset`; an instance admin is a manager everywhere."""
    if user.is_admin:
        return Role.MANAGER
    role = (
        Membership.objects.filter(dataset=dataset, user=user).values_list("role", flat=True).first()
    )
    return None if role is None else Role(role)


def require(*, user: User, dataset: Dataset, capability: Capability) -> Role:
    """Return the role that has `capability`.

    Raises NotFound for those who may not know of the dataset, Forbidden for other members.
    """
    return _allow(role_of(user=user, dataset=dataset), dataset=dataset, capability=capability)


def require_member(
    *, user: User, dataset: Dataset, stored: str | None, capability: Capability
) -> Role:
    """Do as `require` where MEMBER was joined and found the role `stored`, None for none."""
    held = Role.MANAGER if user.is_admin else stored
    return _allow(Role(held) if held else None, dataset=dataset, capability=capability)


def _allow(role: Role | None, *, dataset: Dataset, capability: Capability) -> Role:
    if role is None or dataset.deleted_at is not None:
        raise NotFound
    if not allows(role, capability):
        raise Forbidden
    return role


def get_dataset_for(*, user: User, id_or_slug: str, capability: Capability) -> Dataset:
    """Return the dataset with this id or slug if `user` has `capability` in it."""
    key, value = _key(id_or_slug)
    row = first_row(FIND_DATASET[key], {"user": user.pk, "value": value})
    if row is None:
        raise NotFound
    dataset = DATASET.read(row)
    require_member(user=user, dataset=dataset, stored=row[-1], capability=capability)
    return dataset


def _key(id_or_slug: str) -> tuple[str, uuid.UUID | str]:
    try:
        return "id", uuid.UUID(id_or_slug)
    except ValueError:
        # PostgreSQL cannot even be asked about a NUL, which a URL may hold.
        return "slug", id_or_slug.replace("\0", "")


def get_deleted_for(*, user: User, id_or_slug: str) -> Dataset:
    """Return a deleted dataset that `user` may bring back."""
    key, value = _key(id_or_slug)
    found = Dataset.objects.restorable_by(user).filter(**{key: value}).first()
    if found is None:
        raise NotFound
    return found


def require_open(dataset: Dataset) -> None:
    """Raise Conflict `dataset_archived` where nothing new may come in."""
    if dataset.archived_at is not None:
        detail = "This dataset is archived; a manager can open it again under Settings."
        raise Conflict("dataset_archived", detail)


def get_member_for(*, user: User, dataset: Dataset, member: str) -> Membership | PendingMembership:
    """Return a member by the account's id, or somebody invited by e-mail; for managers."""
    require(user=user, dataset=dataset, capability=Capability.MANAGE)
    found: Membership | PendingMembership | None
    try:
        found = dataset.memberships.select_related("user").filter(user=uuid.UUID(member)).first()
    except ValueError:
        email = member.replace("\0", "")
        found = PendingMembership.objects.filter(dataset=dataset, email=email).first()
    if found is None:
        raise NotFound
    return found


def get_label_for(*, user: User, dataset: Dataset, label_id: uuid.UUID) -> Label:
    """Return a label of this dataset; for managers."""
    require(user=user, dataset=dataset, capability=Capability.MANAGE)
    found = dataset.labels.filter(pk=label_id).first()
    if found is None:
        raise NotFound
    return found


def get_guideline_for(*, user: User, dataset: Dataset, version: int) -> Guideline:
    """Return a version of the guideline, and whether `user` `has_read` it; for all members."""
    require(user=user, dataset=dataset, capability=Capability.SEE_DATASET)
    found = queries.guidelines_of(dataset, reader=user).filter(version=version).first()
    if found is None:
        raise NotFound
    return found


def get_image_for(*, user: User, image_id: uuid.UUID) -> Image:
    """Return an image with its bytes' description if `user` may see the images of its dataset."""
    images = Image.everything.select_related("dataset", "blob").filter(taken_down_at=None)
    found = images.filter(pk=image_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.SEE_IMAGES)
    return found
