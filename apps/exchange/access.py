"""Who may reach an export; absent and forbidden look the same to outsiders."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.policy import Capability
from apps.exchange.models import Export
from concord.errors import NotFound


def get_export_for(*, user: User, export_id: uuid.UUID) -> Export:
    """Return the export with its dataset, for those who may export from it now."""
    found = Export.objects.select_related("dataset").filter(pk=export_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.EXPORT)
    return found
