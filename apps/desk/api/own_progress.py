"""How I get on, over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.desk.api.serializers import VerdictsSerializer
from apps.desk.queries.own_progress import own_progress
from concord.http.pagination import refuse_unknown_parameters


class DaySerializer(serializers.Serializer[Any]):
    """What I answered first on one day, and how many seconds I was active for it."""

    day = serializers.DateField()
    answers = serializers.IntegerField()
    seconds = serializers.FloatField()


class OwnProgressSerializer(serializers.Serializer[Any]):
    """My part. `seconds` and `per_hour` come from the answers whose time is known.

    `days` are the last 14 up to today in `time_zone`, the dataset's.
    """

    time_zone = serializers.CharField()
    today = DaySerializer()
    total = serializers.IntegerField()
    answers = VerdictsSerializer()
    seconds = serializers.FloatField()
    per_hour = serializers.FloatField(allow_null=True)
    days = DaySerializer(many=True)


class OwnProgressView(APIView):
    """How I get on."""

    @extend_schema(responses=OwnProgressSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return what I have answered here and how long it took: of mine alone."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        progress = own_progress(user=user, dataset=found, now=timezone.now())
        return Response(OwnProgressSerializer(progress).data)
