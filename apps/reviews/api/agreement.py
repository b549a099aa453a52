"""How far people agree, over HTTP."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.reviews.api.figures import (
    AnnotatorSerializer,
    EstimateSerializer,
    Figures,
    PartSerializer,
    render_person,
)
from apps.reviews.domain.judging import option_key
from apps.reviews.domain.tallies import key_of
from apps.reviews.models import Behind, Insights
from concord.http.pagination import refuse_unknown_parameters

NOTHING: dict[str, Any] = {
    "overall": None,
    "overlap": None,
    "labels": {},
    "pairs": [],
    "without": {},
}


class CoefficientsSerializer(serializers.Serializer[Any]):
    """`percent` is not corrected for chance. `alpha` is Krippendorff's, `fleiss` Fleiss' kappa,
    `ac1` Gwet's."""

    percent = EstimateSerializer()
    alpha = EstimateSerializer()
    fleiss = EstimateSerializer()
    ac1 = EstimateSerializer()


class OverlapSerializer(serializers.Serializer[Any]):
    """How well boxes lie in the same places: F1 from an IoU of .5 and of .75 on, and the mean IoU
    of those that do."""

    f1 = EstimateSerializer()
    strict_f1 = EstimateSerializer()
    iou = EstimateSerializer()


class LabelAgreementSerializer(serializers.Serializer[Any]):
    """A label, an option or an answer against all else."""

    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    alpha = EstimateSerializer()
    percent = EstimateSerializer()
    behind = serializers.CharField(allow_null=True)


class PairAgreementSerializer(serializers.Serializer[Any]):
    """Two people on what both answered: F1 of their boxes, or how often they say the same, and
    then Cohen's kappa too."""

    first = serializers.UUIDField()
    second = serializers.UUIDField()
    agreement = EstimateSerializer()
    kappa = EstimateSerializer(allow_null=True)
    behind = serializers.CharField(allow_null=True)


class WithoutSerializer(serializers.Serializer[Any]):
    """Alpha of all others: far above that of all, this person is the outlier."""

    user = serializers.UUIDField()
    alpha = EstimateSerializer()


class AgreementSerializer(serializers.Serializer[Any]):
    """All null and empty before the first time, and where nobody answered what another did."""

    measured_at = serializers.DateTimeField(allow_null=True)
    part = PartSerializer(allow_null=True)
    overall = CoefficientsSerializer(allow_null=True)
    overlap = OverlapSerializer(allow_null=True)
    labels = LabelAgreementSerializer(many=True)
    people = AnnotatorSerializer(many=True)
    pairs = PairAgreementSerializer(many=True)
    without = WithoutSerializer(many=True)


class AgreementView(APIView):
    """How far people agree."""

    @extend_schema(responses=AgreementSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return agreement of all, by label and between every two people, with intervals and n."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        return Response(AgreementSerializer(_agreement(found)).data)


def _agreement(dataset: Dataset) -> dict[str, Any]:
    measured = Insights.objects.filter(dataset=dataset).first()
    figures = (measured.figures["agreement"] if measured else None) or NOTHING
    keys = set(Behind.objects.filter(dataset=dataset).values_list("key", flat=True))
    people = {person for pair in figures["pairs"] for person in (pair["first"], pair["second"])}
    users = User.objects.in_bulk(people | set(figures["without"]))
    return {
        "measured_at": measured.measured_at if measured else None,
        "part": measured.figures["part"] if measured else None,
        "overall": figures["overall"],
        "overlap": figures["overlap"],
        "labels": _labels(Figures(dataset, measured), figures, keys) if measured else [],
        "people": sorted(
            map(render_person, users.values()), key=lambda row: row["name"].casefold()
        ),
        "pairs": [
            {"kappa": None, **pair, "behind": _known(keys, "pair", pair["first"], pair["second"])}
            for pair in figures["pairs"]
        ],
        "without": [{"user": user, "alpha": alpha} for user, alpha in figures["without"].items()],
    }


def _labels(shown: Figures, figures: dict[str, Any], keys: set[str]) -> list[dict[str, Any]]:
    rows = []
    for key, label in figures["labels"].items():
        options = _selection(key)
        if options is None:
            rows.append((shown.name("label", key), key, label))
            continue
        names = [shown.name("option", option) or "" for option in options]
        rows.append((", ".join(names), options[0] if options else "", label))
    return [
        {"label": name, **label, "behind": _known(keys, "differ", key)}
        for name, key, label in sorted(rows, key=lambda row: str(row[0]).casefold())
    ]


def _selection(key: str) -> list[str] | None:
    """The options of a selection that is one class; None of what is no selection."""
    try:
        options = json.loads(key)
    except ValueError:
        return None
    return [option_key(option) for option in options] if isinstance(options, list) else None


def _known(keys: set[str], *parts: str) -> str | None:
    key = key_of(*parts)
    return key if key in keys else None
