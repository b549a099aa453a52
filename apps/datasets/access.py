"""Who may reach a dataset; absent and forbidden look the same to outsiders."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership, Role
from apps.datasets.policy import Capability, allows
from concord.errors import Forbidden, NotFound


def role_of(*, user: User, dataset: Dataset) -> Role | None:
    """Return the role of `user` in `dataset`; an instance admin is a manager everywhere."""
    if user.is_admin:
        return Role.MANAGER
    role = (
        Membership.objects.filter(dataset=dataset, user=user).values_list("role", flat=True).first()
    )
    return None if role is None else Role(role)


def require(*, user: User, dataset: Dataset, capability: Capability) -> None:
    """Raise NotFound for those who may not know of the dataset, Forbidden for other members."""
    role = role_of(user=user, dataset=dataset)
    if role is None or dataset.deleted_at is not None:
        raise NotFound
    if not allows(role, capability):
        raise Forbidden


def get_dataset_for(*, user: User, id_or_slug: str, capability: Capability) -> Dataset:
    """Return the dataset with this id or slug if `user` has `capability` in it."""
    alive = Dataset.objects.alive()
    try:
        dataset = alive.filter(id=uuid.UUID(id_or_slug)).first()
    except ValueError:
        dataset = alive.filter(slug=id_or_slug).first()
    if dataset is None:
        raise NotFound
    require(user=user, dataset=dataset, capability=capability)
    return dataset
