"""How people do on gold, over HTTP."""

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
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.gold_report import PersonOnGold, gold_report
from concord.http.pagination import refuse_unknown_parameters


class PersonOnGoldSerializer(serializers.Serializer[Any]):
    """One person on gold: of `right.of` answers the mean score, from 0 to 1, and those right."""

    user = serializers.UUIDField()
    name = serializers.CharField()
    mean = serializers.FloatField()
    right = ShareSerializer()


class GoldReportSerializer(serializers.Serializer[Any]):
    """How many tasks are gold, and how people did on them."""

    gold = serializers.IntegerField()
    people = PersonOnGoldSerializer(many=True)


class GoldReportView(APIView):
    """How people do on gold."""

    @extend_schema(responses=GoldReportSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return everybody's mean score and share of right answers."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        report = gold_report(found)
        people = [_person(row) for row in report.people]
        return Response(GoldReportSerializer({"gold": report.gold, "people": people}).data)


def _person(row: PersonOnGold) -> dict[str, Any]:
    return {
        "user": row.user.pk,
        "name": row.user.display_name,
        "mean": row.mean,
        "right": render_share(row.right),
    }
