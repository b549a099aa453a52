"""My own answers over HTTP: the list, and one of them to look at again."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Interface
from apps.datasets.policy import Capability
from apps.tasks import queries
from apps.tasks.access import get_task_for
from apps.tasks.actions.sending_back import note_seen
from apps.tasks.api.serializers import OptionIdsField, TaskSerializer, render_task
from apps.tasks.history import Wanted, my_answers
from apps.tasks.models import Answer, Verdict
from apps.tasks.pages import task_pages
from concord.errors import Invalid, NotFound
from concord.http.pagination import page_response

LONGEST_TEXT = 200


class MyAnswerSerializer(serializers.Serializer[Any]):
    """One of my own answers. `name` is the image's, empty where images are picked from."""

    task = serializers.UUIDField(source="task_id")
    answer = serializers.ChoiceField(choices=Verdict.choices, source="head.answer")
    accept = OptionIdsField(source="head.accept")
    shapes = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="head.seq")
    updated_at = serializers.DateTimeField()
    editable = serializers.SerializerMethodField()
    image = serializers.UUIDField()
    thumbnail = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()

    def get_shapes(self, answer: Any) -> int:
        """How many shapes were drawn."""
        return len(answer.head.spans)

    def get_editable(self, answer: Any) -> bool:
        """Whether no reviewer has decided the task yet."""
        return answer.task.locked_at is None

    def get_thumbnail(self, answer: Any) -> str:
        """Where the first image can be seen, small."""
        kind = "tiles" if self._picks else "images"
        return f"/api/{kind}/{answer.image}/thumbnail/"

    def get_name(self, answer: Any) -> str:
        """What the first image is called, as far as annotators may know."""
        return "" if self._picks else answer.image_name

    @property
    def _picks(self) -> bool:
        return bool(self.context["interface"] == Interface.IMAGE_CHOICE)


class MyAnswersView(APIView):
    """What I have answered here."""

    @extend_schema(
        parameters=[
            OpenApiParameter("answer", str, enum=Verdict.values),
            OpenApiParameter(
                "q", str, description="a text in what I saw of the task or said, in any case"
            ),
        ],
        responses=MyAnswerSerializer(many=True),
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List my answers, newest first; 400 `bad_answer`, `bad_q`."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)

        def render(answer: Answer) -> Any:
            return MyAnswerSerializer(answer, context={"interface": found.interface}).data

        return page_response(
            request,
            my_answers(user=user, dataset=found, wanted=_wanted(request)),
            order=("-updated_at", "-id"),
            render=render,
            filters=("answer", "q"),
        )


class MyTaskView(APIView):
    """A task that I have answered, to look at it again."""

    @extend_schema(responses=TaskSerializer)
    def get(self, request: Request, task: uuid.UUID) -> Response:
        """Return the task with my own answer as its draft."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        mine = queries.my_response(user=user, task=found)
        if mine is None:
            raise NotFound
        (page,) = task_pages(user=user, dataset=found.dataset, task_ids=[found.id])
        note_seen(page.returns)
        return Response({**render_task(page, user=user, lease=None), "draft": mine})


def _wanted(request: Request) -> Wanted:
    answer = request.query_params.get("answer")
    if answer is not None and answer not in Verdict.values:
        raise Invalid("bad_answer", f"answer must be one of {', '.join(Verdict.values)}.")
    text = request.query_params.get("q", "").strip()
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise Invalid("bad_q", f"q must be a text of at most {LONGEST_TEXT} characters.")
    return Wanted(answer=None if answer is None else Verdict(answer), text=text)
