"""Merging finished tasks anew, and what it would change, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.api import forms
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.datasets.review_rules import read_review_policy
from apps.datasets.setting_values import RuleError
from apps.reviews.actions.remerging import KIND, order_remerge
from apps.reviews.forecast import forecast
from apps.tasks.models import TaskState
from concord.errors import Invalid
from concord.http.serializers import JsonOf, StrictSerializer
from concord.jobs.models import Job
from concord.jobs.queries import last_job


class RemergeSerializer(serializers.Serializer[Any]):
    """The last time that finished tasks were merged anew, in tasks; null before the first."""

    state = serializers.ChoiceField(choices=Job.State.choices, allow_null=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)


class ForecastRequest(StrictSerializer):
    """The policy to try."""

    review_policy = JsonOf(forms.REVIEW_POLICY)


class ForecastStatesSerializer(serializers.Serializer[Any]):
    """How many tasks are in which state."""

    answered = serializers.IntegerField()
    conflicted = serializers.IntegerField()
    final = serializers.IntegerField()


class ForecastChangeSerializer(serializers.Serializer[Any]):
    """A task that would change: where it is and would be, labels, and pixels that edges move."""

    task = serializers.UUIDField()
    before = serializers.ChoiceField(choices=TaskState.choices)
    after = serializers.ChoiceField(choices=TaskState.choices)
    labels = serializers.IntegerField()
    moved_px = serializers.ListField(child=serializers.FloatField())


class ForecastSerializer(serializers.Serializer[Any]):
    """What would change among `looked_at` of the `finished` tasks that nobody has decided."""

    finished = serializers.IntegerField()
    looked_at = serializers.IntegerField()
    before = ForecastStatesSerializer()
    after = ForecastStatesSerializer()
    labels = serializers.IntegerField()
    moved = serializers.IntegerField()
    moved_px = serializers.FloatField(allow_null=True)
    examples = ForecastChangeSerializer(many=True)


class RemergeView(APIView):
    """Merging anew what is finished, with what is known and wanted now."""

    @extend_schema(responses=RemergeSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Say how far it is."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        return Response(_standing(found))

    @extend_schema(request=None, responses={202: RemergeSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Begin; what reviewers have decided, or have open, stays as it is."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        order_remerge(dataset=found, actor=user)
        return Response(_standing(found), status=202)


class ForecastView(APIView):
    """A dry run."""

    @extend_schema(request=ForecastRequest, responses=ForecastSerializer)
    def post(self, request: Request, dataset: str) -> Response:
        """Say what merging anew by this policy would change. Nothing is written."""
        body = ForecastRequest.parse(request.data)
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        try:
            policy = read_review_policy(body["review_policy"])
        except RuleError as error:
            errors = {"review_policy": [str(error)]}
            raise Invalid("invalid_config", "There is no such policy.", errors=errors) from error
        return Response(ForecastSerializer(forecast(dataset=found, policy=policy)).data)


def _standing(dataset: Dataset) -> dict[str, Any]:
    job = last_job(dataset_id=dataset.id, kind=KIND)
    if job is None:
        return dict(RemergeSerializer({"state": None, "done": 0, "total": None}).data)
    progress = {"done": job.progress["done"], "total": job.progress["total"]}
    return dict(RemergeSerializer({"state": job.state, **progress}).data)
