"""Deleted datasets over HTTP, while they can be brought back."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_deleted_for, require
from apps.datasets.actions.deleting import GRACE, restore_dataset
from apps.datasets.api.serializers import DatasetSerializer, render_dataset
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from concord.http.pagination import page_response


class DeletedDatasetSerializer(serializers.Serializer[Any]):
    """A deleted dataset, who deleted it, and from when on it is gone for good."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    deleted_at = serializers.DateTimeField()
    deleted_by = serializers.CharField(allow_null=True)
    purge_at = serializers.DateTimeField()


class DeletedDatasetsView(APIView):
    """What can be brought back."""

    @extend_schema(responses=DeletedDatasetSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List what I have deleted, the latest first; an instance admin sees all."""
        rows = Dataset.objects.restorable_by(user_of(request)).select_related("deleted_by")
        return page_response(request, rows, order=("-deleted_at", "-id"), render=_deleted)


class RestoreView(APIView):
    """The way back."""

    @extend_schema(request=None, responses=DatasetSerializer)
    def post(self, request: Request, dataset: str) -> Response:
        """Bring a dataset back that I have deleted; 409 `purge_begun` after 30 days."""
        user = user_of(request)
        deleted = get_deleted_for(user=user, id_or_slug=dataset)
        found = restore_dataset(dataset=deleted, actor=user)
        role = require(user=user, dataset=found, capability=Capability.SEE_DATASET)
        return Response(render_dataset(found, role=role))


def _deleted(row: Dataset) -> dict[str, Any]:
    assert row.deleted_at is not None, "it is deleted"
    by = row.deleted_by
    shown = {
        **{name: getattr(row, name) for name in ("id", "slug", "name", "deleted_at")},
        "deleted_by": None if by is None else by.display_name,
        "purge_at": row.deleted_at + GRACE,
    }
    return dict(DeletedDatasetSerializer(shown).data)
