"""What came back to me or was changed in a review, a word against it, and disputes by paragraph."""

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
from apps.reviews.actions.disagreeing import disagree
from apps.reviews.api.serializers import AnswerChangeSerializer, CitedSerializer
from apps.reviews.citing import disputes_of
from apps.reviews.own_items import OwnItem, own_items
from apps.tasks.api import talking as forms
from apps.tasks.api.serializers import ImageSerializer, ReturnSerializer, SpanField, render_images
from apps.tasks.models import TaskImage, Verdict
from apps.tasks.spans import label_names
from apps.tasks.talk import get_task_to_talk_about
from concord.http.idempotency import idempotent
from concord.http.pagination import refuse_unknown_parameters
from concord.http.schema import IDEMPOTENCY_KEY
from concord.http.serializers import StrictSerializer


class DrawnAnswerSerializer(serializers.Serializer[Any]):
    """An answer as it is drawn."""

    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())


class OwnItemSerializer(serializers.Serializer[Any]):
    """An answer of mine that was returned to me or changed in a review: how it was and how it is,
    what a reviewer said, and the paragraphs of the guideline that they followed."""

    outcome = serializers.ChoiceField(choices=["returned", "changed"])
    task = serializers.UUIDField()
    image = ImageSerializer(allow_null=True)
    at = serializers.DateTimeField()
    before = DrawnAnswerSerializer()
    after = DrawnAnswerSerializer(allow_null=True)
    changes = AnswerChangeSerializer(many=True)
    remarks = ReturnSerializer(many=True)
    cited = CitedSerializer(many=True)


class OwnItemsReply(serializers.Serializer[Any]):
    """The newest of them."""

    items = OwnItemSerializer(many=True)


class DisputeSerializer(serializers.Serializer[Any]):
    """A paragraph, how many decisions cite it, and the newest tasks that they are on."""

    cited = CitedSerializer()
    decisions = serializers.IntegerField()
    tasks = serializers.ListField(child=serializers.UUIDField())


class DisputesReply(serializers.Serializer[Any]):
    """Paragraphs by the disputes that they caused, the most first."""

    paragraphs = DisputeSerializer(many=True)


class DisagreeRequest(StrictSerializer):
    """Why I see it otherwise."""

    text = serializers.CharField(max_length=forms.LONGEST_TEXT)


class OwnItemsView(APIView):
    """What reviewers made of my answers."""

    @extend_schema(responses=OwnItemsReply)
    def get(self, request: Request, dataset: str) -> Response:
        """Return what came back to me and what was changed, newest first."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        names = label_names(found)
        items = [_item(item, names) for item in own_items(user=user, dataset=found)]
        return Response(OwnItemsReply({"items": items}).data)


class DisagreeView(APIView):
    """A word against what became of my answer."""

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=DisagreeRequest,
        responses={201: forms.ThreadSerializer},
    )
    @idempotent
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Open a thread that calls who decided it or sent it back; 403 `not_handed`."""
        found, reader = get_task_to_talk_about(user=user_of(request), task_id=task)
        body = DisagreeRequest.parse(request.data)
        thread = disagree(reader=reader, task=found, text=body["text"])
        return Response(forms.render_thread(thread, reader=reader), status=201)


class DisputesView(APIView):
    """Which words of the guideline people do not agree on."""

    @extend_schema(responses=DisputesReply)
    def get(self, request: Request, dataset: str) -> Response:
        """List the paragraphs that decisions cite, those with the most decisions first."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_ANSWERS)
        return Response(DisputesReply({"paragraphs": disputes_of(found)}).data)


def _item(item: OwnItem, names: dict[str, str]) -> dict[str, Any]:
    images = TaskImage.objects.filter(task=item.task).select_related("image__blob").order_by("n")
    shown = render_images(item.task, images)
    return {
        "outcome": item.kind,
        "task": item.task.id,
        "image": shown[0] if len(shown) == 1 else None,
        "at": item.at,
        "before": _side(item.before, names),
        "after": _side(item.after, names) if item.after else None,
        "changes": [
            {
                "kind": change.kind,
                "before": _named(change.before, names),
                "after": _named(change.after, names),
            }
            for change in item.changes
        ],
        "remarks": item.remarks,
        "cited": item.cited,
    }


def _side(body: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {"answer": body["answer"], "spans": [_named(span, names) for span in body["spans"]]}


def _named(value: Any, names: dict[str, str]) -> Any:
    """A shape with the name of its label; what else was said as it is."""
    if isinstance(value, dict) and "points" in value:
        return {**value, "label": names.get(value.get("label") or "", "")}
    return value
