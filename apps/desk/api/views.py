"""The pages that look across, over HTTP."""

from __future__ import annotations

import uuid
from datetime import date

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.desk.access import get_visible_task, sees_finals_only
from apps.desk.api import serializers
from apps.desk.api.filters import FILTERS, read_filter
from apps.desk.api.render import StoryRenderer, row_renderer
from apps.desk.queries.browser import ORDERS, find_tasks
from apps.desk.queries.home import home_of
from apps.desk.queries.progress import progress_of
from apps.desk.queries.task_page import task_story
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState
from concord.errors import Invalid
from concord.http.pagination import page_response, refuse_unknown_parameters


class HomeView(APIView):
    """My home page."""

    @extend_schema(responses=serializers.HomeSerializer)
    def get(self, request: Request) -> Response:
        """Return what I can go on with, and the datasets that I know of."""
        refuse_unknown_parameters(request, [])
        return Response(serializers.HomeSerializer(home_of(user_of(request))).data)


class ProgressView(APIView):
    """How far a dataset is."""

    @extend_schema(responses=serializers.ProgressSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return counts of tasks and answers, and of my own part."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_DATASET)
        progress = progress_of(user=user, dataset=found)
        return Response(serializers.ProgressSerializer(progress).data)


class TasksView(APIView):
    """The data browser."""

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, enum=TaskState.values),
            OpenApiParameter("label", str, description="the name of a label"),
            OpenApiParameter("conflict", str, enum=ConflictKind.values),
            OpenApiParameter("answers", int, description="how many a complete task has"),
            OpenApiParameter("person", uuid.UUID, description="who answered it"),
            OpenApiParameter("day", date, description="when it was answered first"),
            OpenApiParameter("behind", str, description="the name of a measured number"),
            OpenApiParameter("task", uuid.UUID, description="this one alone"),
            OpenApiParameter("order", str, enum=list(ORDERS)),
        ],
        responses=serializers.TaskRowSerializer(many=True),
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List tasks; who may not see other people's answers finds final ones only."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_FINALS)
        wanted = read_filter(request)
        rows = find_tasks(
            dataset=found,
            wanted=wanted,
            finals_only=sees_finals_only(user=user, dataset=found, tells_of=wanted.tells_of),
        )
        return page_response(
            request,
            rows,
            order=_order(request),
            render=row_renderer(found),
            filters=(*FILTERS, "order"),
        )


class TaskView(APIView):
    """One task."""

    @extend_schema(responses=serializers.TaskStorySerializer)
    def get(self, request: Request, task: uuid.UUID) -> Response:
        """Return the task and, as far as my role may see, its answers, review and history."""
        refuse_unknown_parameters(request, [])
        found, sight = get_visible_task(user=user_of(request), task_id=task)
        return Response(StoryRenderer(task_story(task=found, sight=sight)).page())


def _order(request: Request) -> tuple[str, ...]:
    text = request.query_params.get("order", "order_key")
    if text not in ORDERS:
        raise Invalid("bad_order", f"order must be one of {', '.join(ORDERS)}.")
    return ORDERS[text]
