"""The pages that look across, over HTTP."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.desk.access import get_visible_task
from apps.desk.api import serializers
from apps.desk.api.render import StoryRenderer
from apps.desk.api.story_serializers import TaskStorySerializer
from apps.desk.queries.home import home_of
from apps.desk.queries.progress import progress_of
from apps.desk.queries.task_page import task_story
from concord.http.pagination import refuse_unknown_parameters


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


class TaskView(APIView):
    """One task."""

    @extend_schema(responses=TaskStorySerializer)
    def get(self, request: Request, task: uuid.UUID) -> Response:
        """Return the task and, as far as my role may see, its answers, review and history."""
        refuse_unknown_parameters(request, [])
        found, sight = get_visible_task(user=user_of(request), task_id=task)
        return Response(StoryRenderer(task_story(task=found, sight=sight)).page())
