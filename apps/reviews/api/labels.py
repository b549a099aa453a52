"""Over HTTP: how often labels were given, and what merging them reaches."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for, get_label_for
from apps.datasets.api.label_forms import MergeLabelRequest
from apps.datasets.policy import Capability
from apps.datasets.queries import label_named
from apps.reviews.actions.relabelling import KIND
from apps.reviews.label_usage import touched_by_merging, usage_of
from concord.jobs.models import Job
from concord.jobs.queries import last_job


class UsageSerializer(serializers.Serializer[Any]):
    """How often the label `id` was given: shapes, answers that count with any, finals with any."""

    id = serializers.UUIDField()
    shapes = serializers.IntegerField()
    answers = serializers.IntegerField()
    finals = serializers.IntegerField()


class UsageReply(serializers.Serializer[Any]):
    """The labels that were given."""

    labels = UsageSerializer(many=True)


class TouchedSerializer(serializers.Serializer[Any]):
    """What a merge reaches: `ends` counts the conflicts that are none then, `begun` those that stay
    because a reviewer has begun their image, `decided` the finals that are a reviewer's."""

    shapes = serializers.IntegerField()
    answers = serializers.IntegerField()
    finals = serializers.IntegerField()
    decided = serializers.IntegerField()
    conflicts = serializers.IntegerField()
    ends = serializers.IntegerField()
    begun = serializers.IntegerField()
    is_required = serializers.BooleanField()


class RelabellingSerializer(serializers.Serializer[Any]):
    """The last time that answers were compared anew because of labels, in tasks; `held` of them
    wait until a reviewer has left them."""

    state = serializers.ChoiceField(choices=Job.State.choices, allow_null=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    held = serializers.IntegerField()


class LabelUsageView(APIView):
    """How often labels were given."""

    @extend_schema(responses=UsageReply)
    def get(self, request: Request, dataset: str) -> Response:
        """Count shapes, answers and finals by label."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        return Response(UsageReply({"labels": usage_of(found)}).data)


class MergeForecastView(APIView):
    """What merging a label would reach."""

    @extend_schema(request=MergeLabelRequest, responses=TouchedSerializer)
    def post(self, request: Request, dataset: str, label: uuid.UUID) -> Response:
        """Count what would count as the label `into`. Nothing is written."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        one = get_label_for(user=user, dataset=found, label_id=label)
        other = label_named(MergeLabelRequest.parse(request.data)["into"], dataset=found)
        touched = touched_by_merging(label=one, into=other, dataset=found)
        return Response(TouchedSerializer(touched).data)


class RelabellingView(APIView):
    """The comparing anew that follows a merge of labels."""

    @extend_schema(responses=RelabellingSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Say how far it is."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        job = last_job(dataset_id=found.id, kind=KIND)
        progress: dict[str, Any] = {"done": 0, "total": None} if job is None else job.progress
        _, held = progress.get("place") or (None, [])
        shown = {
            "state": None if job is None else job.state,
            "done": progress["done"],
            "total": progress["total"],
            "held": len(held),
        }
        return Response(RelabellingSerializer(shown).data)
