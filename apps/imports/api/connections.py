"""Connections over HTTP, for instance admins."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.models import Dataset
from apps.imports import queries
from apps.imports.access import get_connection_for, require_admin
from apps.imports.actions import connections
from apps.imports.actions.trials import try_connection
from apps.imports.api import serializers
from apps.imports.models import Connection
from concord.errors import Invalid
from concord.http.pagination import page_response


class ConnectionsView(APIView):
    """All connections."""

    @extend_schema(responses=serializers.ConnectionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List connections by name."""
        require_admin(user_of(request))
        return page_response(request, queries.all_connections(), order=("name",), render=_render)

    @extend_schema(
        request=serializers.ConnectionRequest, responses={201: serializers.ConnectionSerializer}
    )
    def post(self, request: Request) -> Response:
        """Keep a connection; its keys are never shown again."""
        user = user_of(request)
        require_admin(user)
        body = serializers.ConnectionRequest.parse(request.data)
        made = connections.create_connection(
            actor=user,
            name=body["name"],
            place=serializers.place_of(body),
            keys=serializers.keys_of(body),
            datasets=_datasets(body["datasets"]),
        )
        return Response(_render(made), status=201)


class ConnectionView(APIView):
    """One connection."""

    @extend_schema(responses=serializers.ConnectionSerializer)
    def get(self, request: Request, connection: uuid.UUID) -> Response:
        """Show a connection without its keys."""
        return Response(
            _render(get_connection_for(user=user_of(request), connection_id=connection))
        )

    @extend_schema(request=serializers.ConnectionChange, responses=serializers.ConnectionSerializer)
    def patch(self, request: Request, connection: uuid.UUID) -> Response:
        """Say which datasets may use it."""
        user = user_of(request)
        found = get_connection_for(user=user, connection_id=connection)
        body = serializers.ConnectionChange.parse(request.data)
        connections.grant_connection(
            actor=user, connection=found, datasets=_datasets(body["datasets"])
        )
        return Response(_render(get_connection_for(user=user, connection_id=connection)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, connection: uuid.UUID) -> Response:
        """Forget a connection and its keys."""
        user = user_of(request)
        found = get_connection_for(user=user, connection_id=connection)
        connections.delete_connection(actor=user, connection=found)
        return Response(status=204)


class TrialView(APIView):
    """Whether a connection works."""

    @extend_schema(
        request=serializers.ConnectionTrial, responses=serializers.ConnectionReportSerializer
    )
    def post(self, request: Request, connection: uuid.UUID) -> Response:
        """Ask the endpoint, and say what it answered and what to do next."""
        found = get_connection_for(user=user_of(request), connection_id=connection)
        body = serializers.ConnectionTrial.parse(request.data)
        report = try_connection(connection=found, bucket=body["bucket"], key=body["key"])
        return Response(asdict(report))


def _datasets(ids: Sequence[uuid.UUID]) -> list[Dataset]:
    found = list(Dataset.objects.alive().filter(pk__in=ids))
    missing = set(ids) - {dataset.pk for dataset in found}
    if missing:
        raise Invalid("unknown_dataset", errors={"datasets": [f"There is no {min(missing)}."]})
    return found


def _render(connection: Connection) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.ConnectionSerializer(connection).data)
