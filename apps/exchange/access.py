"""Who may reach an export; absent and forbidden look the same to outsiders."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.db.models import QuerySet

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, allows
from apps.datasets.queries import roles_of
from apps.exchange.models import Delivery, Diff, Export, Snapshot, Webhook
from concord.errors import Invalid, NotFound


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


def named_snapshot(*, dataset: Dataset, name: str) -> Snapshot:
    """Return the snapshot of a dataset that has this id or name. Raises Invalid
    `unknown_snapshot`."""
    rows = Snapshot.objects.filter(dataset=dataset)
    with suppress(ValueError):
        if found := rows.filter(pk=uuid.UUID(name)).first():
            return found
    if found := rows.filter(name=name).first():
        return found
    detail = f"This dataset has no snapshot “{name}”."
    raise Invalid("unknown_snapshot", detail, errors={"snapshot": ["Unknown snapshot."]})


def get_diff_for(*, user: User, diff_id: uuid.UUID) -> Diff:
    """Return what two snapshots were found to differ in, for those who may export."""
    rows = Diff.objects.select_related("dataset", "before", "after")
    found = rows.filter(pk=diff_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.EXPORT)
    return found


def get_webhook_for(*, user: User, webhook_id: uuid.UUID) -> Webhook:
    """Return the webhook with its dataset, for those who lead it now."""
    found = Webhook.objects.select_related("dataset").filter(pk=webhook_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.MANAGE)
    return found


def webhooks_for(user: User) -> QuerySet[Webhook]:
    """Return the webhooks of the datasets that a person leads."""
    roles = roles_of(user)
    led = [dataset for dataset, role in roles.items() if allows(role, Capability.MANAGE)]
    return Webhook.objects.filter(dataset__in=led).select_related("dataset")


def get_delivery_for(*, user: User, webhook_id: uuid.UUID, delivery_id: uuid.UUID) -> Delivery:
    """Return a message to a webhook, for those who lead its dataset now."""
    webhook = get_webhook_for(user=user, webhook_id=webhook_id)
    rows = Delivery.objects.select_related("webhook").filter(webhook=webhook)
    found = rows.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    return found
