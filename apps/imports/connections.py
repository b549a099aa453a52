"""Which buckets an import may read, and with which keys."""

from __future__ import annotations

import contextlib

from django.db.models import QuerySet

from apps.datasets.models import Dataset
from apps.imports.models import Connection, Import
from concord.storage.s3 import S3Access
from concord.vault import Unreadable, unseal

AWS = "https://s3.{region}.amazonaws.com"
DEFAULT_REGION = "us-east-1"


def access_of(connection: Connection) -> S3Access:
    """Return the endpoint and keys of a connection. Raises vault.Unreadable."""
    region = connection.region or DEFAULT_REGION
    return S3Access(
        endpoint=connection.endpoint or AWS.format(region=region),
        region=region,
        access_key=unseal(bytes(connection.access_key)) if connection.access_key else "",
        secret_key=unseal(bytes(connection.secret_key)) if connection.secret_key else "",
        session_token=unseal(bytes(connection.session_token)) if connection.session_token else "",
        requester_pays=connection.requester_pays,
    )


def buckets_for(found: Import) -> dict[str, S3Access]:
    """Return the buckets that an import may read, as they are granted at this moment."""
    return buckets_of(found.dataset, found.connection)


def buckets_of(dataset: Dataset, chosen: Connection | None) -> dict[str, S3Access]:
    """Return the buckets that an import into `dataset` may read: those that the connections
    granted to it name, or of the one that is chosen, if it is still granted."""
    buckets: dict[str, S3Access] = {}
    for connection in _granted(dataset, chosen):
        with contextlib.suppress(Unreadable):  # the admin learns why by trying the connection
            buckets |= dict.fromkeys(connection.buckets, access_of(connection))
    return buckets


def _granted(dataset: Dataset, chosen: Connection | None) -> QuerySet[Connection]:
    granted = Connection.objects.filter(grants__dataset=dataset).order_by("-created_at")
    return granted if chosen is None else granted.filter(pk=chosen.pk)
