"""Connections: made, checked and removed by instance admins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.connections import access_of
from apps.imports.models import Connection, DatasetConnection
from apps.imports.vault import Unreadable, seal
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.storage.egress import egress
from concord.storage.failures import FetchError
from concord.storage.s3 import S3Object, fetch_s3

PROBE = "concord-connection-test"


@dataclass(frozen=True, slots=True)
class Keys:
    """An access key and its secret; both empty for buckets that anybody may read."""

    access_key: str = ""
    secret_key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the buckets are; an empty endpoint is AWS."""

    endpoint: str
    region: str
    buckets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What trying a connection showed."""

    ok: bool
    code: str
    detail: str


def create_connection(
    *, actor: User, name: str, place: Place, keys: Keys, datasets: Sequence[Dataset] = ()
) -> Connection:
    """Keep a connection and grant it to `datasets`. Raises Invalid `name_taken`."""
    try:
        with transaction.atomic():
            made = Connection.objects.create(
                name=name,
                endpoint=place.endpoint,
                region=place.region,
                buckets=list(place.buckets),
                access_key=seal(keys.access_key) if keys.access_key else b"",
                secret_key=seal(keys.secret_key) if keys.secret_key else b"",
                created_by=actor,
            )
            DatasetConnection.objects.bulk_create(
                DatasetConnection(dataset=dataset, connection=made) for dataset in datasets
            )
            record(kind="connection.created", actor=actor, subject=made, data={"name": name})
    except IntegrityError as error:
        message = "There is a connection of this name."
        raise Invalid("name_taken", message, errors={"name": [message]}) from error
    return made


def grant_connection(
    *, actor: User, connection: Connection, datasets: Sequence[Dataset]
) -> Connection:
    """Let exactly these datasets use the connection, from the next fetch on."""
    with transaction.atomic():
        connection.grants.exclude(dataset__in=datasets).delete()
        DatasetConnection.objects.bulk_create(
            (DatasetConnection(dataset=one, connection=connection) for one in datasets),
            ignore_conflicts=True,
        )
        data = {"datasets": [str(one.pk) for one in datasets]}
        record(kind="connection.granted", actor=actor, subject=connection, data=data)
    return connection


def delete_connection(*, actor: User, connection: Connection) -> None:
    """Remove a connection with its keys. Raises Conflict `in_use` if an import names it."""
    try:
        with transaction.atomic():
            record(
                kind="connection.deleted",
                actor=actor,
                subject=connection,
                data={"name": connection.name},
            )
            connection.delete()
    except ProtectedError as error:
        raise Conflict("in_use", "An import names this connection.") from error


def try_connection(*, connection: Connection, bucket: str = "") -> Report:
    """Ask for an object that is not there: the answer shows whether endpoint, keys and bucket
    are right. `bucket` is one of the connection's; the first if not given."""
    name = bucket or next(iter(connection.buckets), "")
    if name not in connection.buckets:
        return Report(False, "bucket_not_listed", "The connection does not list this bucket.")
    try:
        access = access_of(connection)
        wanted = S3Object.parse(f"s3://{name}/{PROBE}")
        fetch_s3(egress(), access, wanted, deadline=10, max_bytes=1 << 20).close()
    except Unreadable:
        return Report(False, "keys_unreadable", "Enter the keys again: SECRET_KEY has changed.")
    except FetchError as error:
        if error.code != "no_such_key":
            return Report(False, error.code, error.reason)
    return Report(True, "ok", f"The bucket {name} can be read.")
