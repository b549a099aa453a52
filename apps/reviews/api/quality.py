"""How people do beside what was decided, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for, role_of
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, allows
from apps.reviews.api.figures import (
    AnnotatorSerializer,
    EstimateSerializer,
    Figures,
    PartSerializer,
    PersonFiguresSerializer,
    render_person,
)
from apps.reviews.models import Insights
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.domain.knowing import Share
from concord.http.pagination import refuse_unknown_parameters


class GoldWeekSerializer(serializers.Serializer[Any]):
    """The mean score of `n` answers to gold, and how many were right; the week by its Monday."""

    week = serializers.DateField()
    n = serializers.IntegerField()
    mean = serializers.FloatField()
    right = serializers.IntegerField()


class EdgesSerializer(serializers.Serializer[Any]):
    """Left, top, right and bottom beside the truth's, outwards above 0, as shares of its side: the
    median, and a robust standard deviation about it, of `n` boxes."""

    bias = serializers.ListField(child=serializers.FloatField())
    sigma = serializers.ListField(child=serializers.FloatField())
    n = serializers.IntegerField()


class DrawingSerializer(serializers.Serializer[Any]):
    """How somebody draws, against what reviewers decided, or else what most of the others drew.

    `labels` are the right ones of those found, `iou` the mean overlap, `duplicates` what was drawn
    twice.
    """

    basis = serializers.ChoiceField(choices=["reviewed", "consensus"])
    questions = serializers.IntegerField()
    recall = ShareSerializer()
    precision = ShareSerializer()
    labels = ShareSerializer()
    iou = EstimateSerializer()
    duplicates = ShareSerializer()
    edges = EdgesSerializer(allow_null=True)


class PersonQualitySerializer(PersonFiguresSerializer):
    """One person. `gold` is for managers, and null for others; `drawing` where boxes are drawn."""

    user = AnnotatorSerializer()
    drawing = DrawingSerializer(allow_null=True)
    gold = GoldWeekSerializer(many=True, allow_null=True)


class QualitySerializer(serializers.Serializer[Any]):
    """Everybody whose answers were measured, by name; null and empty before the first time."""

    measured_at = serializers.DateTimeField(allow_null=True)
    part = PartSerializer(allow_null=True)
    people = PersonQualitySerializer(many=True)


class OwnQualitySerializer(PersonFiguresSerializer):
    """How I do; zeros before it was measured."""

    measured_at = serializers.DateTimeField(allow_null=True)


class QualityView(APIView):
    """How people do."""

    @extend_schema(responses=QualitySerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return per person what reviewers decided against, and what was missed or too much."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_ANSWERS)
        role = role_of(user=user, dataset=found)
        manages = role is not None and allows(role, Capability.MANAGE)
        return Response(QualitySerializer(_quality(found, with_gold=manages)).data)


class OwnQualityView(APIView):
    """How I do."""

    @extend_schema(responses=OwnQualitySerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return my own figures, of answers that a reviewer has decided on."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        measured = Insights.objects.filter(dataset=found).first()
        shown = measured or Insights(figures={"people": {}, "confusions": []})
        data = {
            "measured_at": shown.measured_at,
            **Figures(found, shown).person(str(user.pk)),
        }
        return Response(OwnQualitySerializer(data).data)


def _quality(dataset: Dataset, *, with_gold: bool) -> dict[str, Any]:
    measured = Insights.objects.filter(dataset=dataset).first()
    if measured is None:
        return {"measured_at": None, "part": None, "people": []}
    figures = Figures(dataset, measured)
    gold: dict[str, list[dict[str, Any]]] = {}
    for row in measured.figures["gold"]:
        gold.setdefault(row["user"], []).append(row)
    users = User.objects.in_bulk(
        {
            *measured.figures["people"],
            *measured.figures["quality"],
            *measured.figures.get("work", {}),
            *(gold if with_gold else ()),
        }
    )
    people = sorted(users.values(), key=lambda user: (user.display_name.casefold(), str(user.pk)))
    return {
        "measured_at": measured.measured_at,
        "part": measured.figures["part"],
        "people": [
            {
                "user": render_person(user),
                **figures.person(str(user.pk)),
                "drawing": _drawing(measured.figures["quality"].get(str(user.pk))),
                "gold": gold.get(str(user.pk), []) if with_gold else None,
            }
            for user in people
        ],
    }


def _drawing(figures: dict[str, Any] | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    shares = ("recall", "precision", "labels", "duplicates")
    return {
        **figures,
        **{name: render_share(Share(figures[name]["hits"], figures[name]["n"])) for name in shares},
        "edges": figures["edges"].get("all"),
    }
