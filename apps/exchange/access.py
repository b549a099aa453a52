"""Who may reach an export; absent and forbidden look the same to outsiders."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.policy import Capability
from apps.exchange.models import Diff, Export, Snapshot
from concord.errors import NotFound


def get_export_for(*, user: User, export_id: uuid.UUID) -> Export:
    """Return the export with its dataset, for those who may export from it now."""
    found = Export.objects.select_related("dataset").filter(pk=export_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.EXPORT)
    return found


def get_snapshot_for(*, user: User, snapshot_id: uuid.UUID) -> Snapshot:
    """Return the snapshot with its dataset, for those who may export from it now."""
    found = Snapshot.objects.select_related("dataset").filter(pk=snapshot_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.EXPORT)
    return found


def get_diff_for(*, user: User, diff_id: uuid.UUID) -> Diff:
    """Return what two snapshots were found to differ in, for those who may export."""
    rows = Diff.objects.select_related("dataset", "before", "after")
    found = rows.filter(pk=diff_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.EXPORT)
    return found
