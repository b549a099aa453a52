"""Who may reach imports and connections; absent and forbidden look the same to outsiders."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.models import Dataset, Image
from apps.datasets.policy import Capability
from apps.imports.models import Connection, Import
from concord.errors import Forbidden, Invalid, NotFound


def get_import_for(*, user: User, import_id: uuid.UUID) -> Import:
    """Return the import with its dataset and counts, for those who may import into it."""
    found = (
        Import.objects.with_counts()
        .select_related("dataset", "created_by")
        .prefetch_related("listings")
        .filter(pk=import_id)
        .first()
    )
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.IMPORT)
    return found


def get_own_image_for(*, user: User, image_id: uuid.UUID) -> Image:
    """Return an image that was brought into a dataset, for those who may import into it."""
    found = Image.objects.select_related("dataset").filter(pk=image_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.IMPORT)
    return found


def require_admin(user: User) -> None:
    """Raise Forbidden unless `user` is an instance admin: connections hold keys."""
    if not user.is_admin:
        raise Forbidden("admin_only", "Only an instance admin may see or change connections.")


def get_connection_for(*, user: User, connection_id: uuid.UUID) -> Connection:
    """Return the connection, for instance admins."""
    require_admin(user)
    found = Connection.objects.prefetch_related("datasets").filter(pk=connection_id).first()
    if found is None:
        raise NotFound
    return found


def get_connection_of(*, dataset: Dataset, connection_id: uuid.UUID | None) -> Connection | None:
    """Return a connection that `dataset` may use, None for None.

    Raises Invalid `connection_not_granted`, whether it is absent or another dataset's.
    """
    if connection_id is None:
        return None
    found = Connection.objects.filter(pk=connection_id, grants__dataset=dataset).first()
    if found is None:
        raise Invalid("connection_not_granted", "This dataset may not use this connection.")
    return found
