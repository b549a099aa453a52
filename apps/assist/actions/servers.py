"""Model servers: kept, changed, tried and forgotten by the managers of a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from apps.annotators.models import User
from apps.assist.asking import ServerAway, ServerRefused, describe
from apps.assist.domain.protocols.words import Described
from apps.assist.models import ModelServer
from apps.datasets.models import Dataset, Interface
from concord.errors import Invalid
from concord.events.actions import record
from concord.storage.failures import FetchError
from concord.storage.urls import SafeUrl
from concord.vault import seal


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying a server showed: what it said of itself, or what is wrong and what to do."""

    described: Described | None = None
    code: str = ""
    detail: str = ""


def keep_server(
    *, actor: User, dataset: Dataset, server: ModelServer, fields: dict[str, Any]
) -> ModelServer:
    """Keep a new server, or one as it was changed; a `token` in `fields` takes the old one's place.

    Raises Invalid `invalid_server` with what to do for each field, or `name_taken`.
    """
    kind = "model_server.created" if server.created_by_id is None else "model_server.changed"
    token = fields.pop("token", None)
    for name, value in fields.items():
        setattr(server, name, value)
    _check(dataset, server)
    if token is not None:
        server.token = seal(token) if token else b""
    server.dataset = dataset
    if server.created_by_id is None:
        server.created_by = actor
    data = {"name": server.name, "url": server.url}
    try:
        with transaction.atomic():
            server.save()
            record(kind=kind, actor=actor, dataset_id=dataset.id, subject=server, data=data)
    except IntegrityError as error:
        message = "There is a server of this name."
        raise Invalid("name_taken", message, errors={"name": [message]}) from error
    return server


def _check(dataset: Dataset, server: ModelServer) -> None:
    errors: dict[str, list[str]] = {}
    if dataset.interface == Interface.IMAGE_CHOICE:
        detail = "Servers are asked about one image at a time, and people here pick among several."
        raise Invalid("not_for_interface", detail)
    try:
        SafeUrl.parse(server.url)
    except FetchError as error:
        errors["url"] = [error.reason]
    if server.kind != ModelServer.Kind.CONCORD and not server.model:
        errors["model"] = ["Name the model: such a server may have several."]
    if errors:
        raise Invalid("invalid_server", "This server cannot be asked.", errors=errors)


@transaction.atomic
def forget_server(*, actor: User, server: ModelServer) -> None:
    """Remove a server with its token and runs; what it predicted stays."""
    data = {"name": server.name}
    record(
        kind="model_server.deleted",
        actor=actor,
        dataset_id=server.dataset_id,
        subject=server,
        data=data,
    )
    server.delete()


def try_server(server: ModelServer) -> Tried:
    """Ask a server what it is."""
    try:
        return Tried(described=describe(server))
    except (ServerRefused, ServerAway) as error:
        return Tried(code=error.code, detail=error.detail)
