"""How far proposals may be trusted unseen, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.reviews.learnt import trust_in


class TargetSerializer(serializers.Serializer[Any]):
    """A share of errors: whether it can be promised, and for how many of the tasks.

    `threshold` is the confidence needed and `passing` the share of tasks that have it, both null
    while nothing can be promised; `more` reviews are about what is missing then, null where errors
    are too common.
    """

    target = serializers.FloatField()
    threshold = serializers.FloatField(allow_null=True)
    passing = serializers.FloatField(allow_null=True)
    more = serializers.IntegerField(allow_null=True)


class TrustSerializer(serializers.Serializer[Any]):
    """What was learnt when from how many tasks, and from how many reviewed parts of proposals."""

    learnt_at = serializers.DateTimeField(allow_null=True)
    tasks = serializers.IntegerField()
    reviewed = serializers.IntegerField()
    targets = TargetSerializer(many=True)
    shift = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class TrustView(APIView):
    """What reviews allow to accept unseen."""

    @extend_schema(responses=TrustSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Say for each target of errors what can be promised."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        return Response(TrustSerializer(trust_in(found.id)).data)
