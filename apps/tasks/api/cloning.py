"""Cloning datasets over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.api.serializers import DatasetSerializer, render_dataset
from apps.datasets.models import Role
from apps.datasets.policy import Capability
from apps.tasks.actions.cloning import KIND, clone_dataset
from concord.http.schema import LOCATION
from concord.http.serializers import StrictSerializer
from concord.jobs.models import Job
from concord.jobs.queries import last_job


class CloneRequest(StrictSerializer):
    """What the clone is called, and what comes along beside settings, labels and guideline."""

    name = serializers.CharField(max_length=150)
    members = serializers.BooleanField(default=False)
    images = serializers.BooleanField(default=False)


class CloningSerializer(serializers.Serializer[Any]):
    """How many images a clone has brought of how many; null where it brings none."""

    state = serializers.ChoiceField(choices=Job.State.choices, allow_null=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)


class CloneView(APIView):
    """A dataset after another one."""

    @extend_schema(responses=CloningSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Say how far the images are that come into this dataset as a clone."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        job = last_job(dataset_id=found.id, kind=KIND)
        progress = {"done": 0, "total": None} if job is None else job.progress
        state = None if job is None else job.state
        return Response(CloningSerializer({**progress, "state": state}).data)

    @extend_schema(parameters=[LOCATION], request=CloneRequest, responses={201: DatasetSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Clone the dataset; its images follow by a job. Nobody's answers come along."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = CloneRequest.parse(request.data)
        clone = clone_dataset(source=found, actor=user, **body)
        where = {"Location": f"/api/datasets/{clone.id}/"}
        return Response(render_dataset(clone, role=Role.MANAGER), status=201, headers=where)
