"""Datasets over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets import queries
from apps.datasets.access import get_dataset_for, require
from apps.datasets.actions.changing import change_dataset
from apps.datasets.actions.creating import create_dataset
from apps.datasets.actions.deleting import delete_dataset
from apps.datasets.api import serializers
from apps.datasets.models import Dataset, Interface, Role
from apps.datasets.policy import Capability
from concord.http.conditional import etag, if_match
from concord.http.pagination import page_response
from concord.http.schema import ETAG, IF_MATCH, LOCATION


class DatasetsView(APIView):
    """The datasets that I may see."""

    @extend_schema(responses=serializers.DatasetSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List my datasets, newest first; an instance admin sees all."""
        user = user_of(request)
        roles = queries.roles_of(user)
        return page_response(
            request,
            queries.datasets_of(user),
            order=("-created_at", "-id"),
            render=lambda row: serializers.render_dataset(row, role=roles[row.id]),
        )

    @extend_schema(
        parameters=[ETAG, LOCATION],
        request=serializers.CreateDatasetRequest,
        responses={201: serializers.DatasetSerializer},
    )
    def post(self, request: Request) -> Response:
        """Create a dataset; I become its manager."""
        body = serializers.CreateDatasetRequest.parse(request.data)
        dataset = create_dataset(
            actor=user_of(request),
            name=body["name"],
            interface=Interface(body["interface"]),
            labels=body["labels"],
            config=_settings_in(body),
            slug=body.get("slug", ""),
            description=body.get("description", ""),
        )
        reply = _answer(dataset, role=Role.MANAGER, status=201)
        reply["Location"] = f"/api/datasets/{dataset.id}/"
        return reply


class DatasetView(APIView):
    """One dataset, by its id or slug."""

    @extend_schema(parameters=[ETAG], responses=serializers.DatasetSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return the dataset; its ETag is the version to change it by."""
        found, role = _open(user_of(request), dataset, Capability.SEE_DATASET)
        return _answer(found, role=role)

    @extend_schema(
        parameters=[IF_MATCH, ETAG],
        request=serializers.ChangeDatasetRequest,
        responses=serializers.DatasetSerializer,
    )
    def patch(self, request: Request, dataset: str) -> Response:
        """Change settings, name or description; needs If-Match with the version that I read."""
        user = user_of(request)
        found, role = _open(user, dataset, Capability.MANAGE)
        version = if_match(request)
        body = serializers.ChangeDatasetRequest.parse(request.data)
        changed = change_dataset(
            dataset=found,
            actor=user,
            version=version,
            fields={n: body[n] for n in ("name", "description", "time_zone") if n in body},
            config=_settings_in(body),
            archived=body.get("archived"),
        )
        return _answer(changed, role=role)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, dataset: str) -> Response:
        """Delete the dataset with all that belongs to it; for 30 days it can be brought back."""
        user = user_of(request)
        found, _ = _open(user, dataset, Capability.MANAGE)
        delete_dataset(dataset=found, actor=user)
        return Response(status=204)


def _open(user: User, dataset: str, capability: Capability) -> tuple[Dataset, Role]:
    found = get_dataset_for(user=user, id_or_slug=dataset, capability=capability)
    return found, require(user=user, dataset=found, capability=capability)


def _answer(dataset: Dataset, *, role: Role, status: int = 200) -> Response:
    body = serializers.render_dataset(dataset, role=role)
    return Response(body, status=status, headers={"ETag": etag(dataset.config_version)})


def _settings_in(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in serializers.SETTINGS if name in body}
