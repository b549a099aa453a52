"""Flags over HTTP: raised by annotators, resolved by managers."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.tasks import queries
from apps.tasks.access import get_flag_for, get_task_for
from apps.tasks.actions import flagging
from apps.tasks.models import Flag
from concord.http.pagination import page_response
from concord.http.serializers import StrictSerializer


class FlagRequest(StrictSerializer):
    """What a manager should look at."""

    kind = serializers.ChoiceField(
        choices=[Flag.Kind.FLAG, Flag.Kind.BROKEN_IMAGE], default=Flag.Kind.FLAG
    )
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)


class ResolveRequest(StrictSerializer):
    """What came of it."""

    resolution = serializers.CharField(max_length=2000, default="", allow_blank=True)


class FlagSerializer(serializers.Serializer[Any]):
    """A flag on a task."""

    id = serializers.UUIDField()
    task = serializers.UUIDField(source="task_id")
    kind = serializers.ChoiceField(choices=Flag.Kind.choices)
    comment = serializers.CharField()
    by = serializers.CharField(source="user.display_name")
    created_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolution = serializers.CharField()


class TaskFlagView(APIView):
    """Flag a task."""

    @extend_schema(request=FlagRequest, responses={201: FlagSerializer})
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Show the task to the dataset's managers; my work on it goes on."""
        body = FlagRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        flag = flagging.flag_task(
            user=user, task=found, kind=Flag.Kind(body["kind"]), comment=body["comment"]
        )
        return Response({**FlagSerializer(flag).data, "task": str(found.id)}, status=201)


class DatasetFlagsView(APIView):
    """What waits for a manager."""

    @extend_schema(responses=FlagSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List the flags that nobody has resolved, oldest first."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        return page_response(
            request,
            queries.unresolved_flags(found),
            order=("id",),
            render=lambda flag: FlagSerializer(flag).data,
        )


class ResolveFlagView(APIView):
    """Close a flag."""

    @extend_schema(request=ResolveRequest, responses=FlagSerializer)
    def post(self, request: Request, flag: uuid.UUID) -> Response:
        """Resolve it; slots that were withheld for a manager go out again."""
        body = ResolveRequest.parse(request.data)
        user = user_of(request)
        found = get_flag_for(user=user, flag_id=flag)
        resolved = flagging.resolve_flag(flag=found, manager=user, resolution=body["resolution"])
        return Response(FlagSerializer(resolved).data)
