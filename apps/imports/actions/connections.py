"""Connections: made, checked and removed by instance admins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.models import Connection, DatasetConnection
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.vault import seal


@dataclass(frozen=True, slots=True)
class Keys:
    """An access key and its secret, both empty for buckets that anybody may read; and the token of
    temporary ones."""

    access_key: str = ""
    secret_key: str = ""
    session_token: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the buckets are, and whether who reads from them pays; an empty endpoint is AWS."""

    endpoint: str
    region: str
    buckets: tuple[str, ...]
    requester_pays: bool = False


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
                session_token=seal(keys.session_token) if keys.session_token else b"",
                requester_pays=place.requester_pays,
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
