"""Which buckets an import may read, and with which keys."""

from __future__ import annotations

import contextlib

from django.db.models import QuerySet

from apps.datasets.models import Dataset
from apps.imports.models import Connection, Import
from apps.imports.vault import Unreadable, unseal
from concord.storage.s3 import S3Access

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
    )


def buckets_for(found: Import) -> dict[str, S3Access]:
    """Return the buckets that an import may read: those that the connections granted to its
    dataset name, or of the one connection that the import asks for, if it is still granted."""
    granted = _granted(found.dataset, found.connection)
    buckets: dict[str, S3Access] = {}
    for connection in granted:
        with contextlib.suppress(Unreadable):  # the admin learns why by trying the connection
            buckets |= dict.fromkeys(connection.buckets, access_of(connection))
    return buckets


def bucket_names(dataset: Dataset, chosen: Connection | None) -> set[str]:
    """Return the names of the buckets that an import into `dataset` may read."""
    return {name for one in _granted(dataset, chosen) for name in one.buckets}


def _granted(dataset: Dataset, chosen: Connection | None) -> QuerySet[Connection]:
    granted = Connection.objects.filter(grants__dataset=dataset).order_by("-created_at")
    return granted if chosen is None else granted.filter(pk=chosen.pk)
