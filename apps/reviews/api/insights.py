"""What a lead sees, over HTTP."""

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
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.reviews.api.agreement import OverlapSerializer
from apps.reviews.api.figures import (
    AnnotatorSerializer,
    BehindShareSerializer,
    ConfusionSerializer,
    EstimateSerializer,
    Figures,
    PaceSerializer,
    PartSerializer,
    render_person,
)
from apps.reviews.domain.tallies import key_of
from apps.reviews.live_counts import LiveCounts, live_counts
from apps.reviews.models import ConflictKind, Insights
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.domain.knowing import Share
from concord.http.pagination import refuse_unknown_parameters


class StatesCountedSerializer(serializers.Serializer[Any]):
    """How many tasks stand where."""

    total = serializers.IntegerField()
    open = serializers.IntegerField()
    answered = serializers.IntegerField()
    conflicted = serializers.IntegerField()
    final = serializers.IntegerField()


class WithAnswersSerializer(serializers.Serializer[Any]):
    """How many tasks have all their answers, which are so many."""

    answers = serializers.IntegerField()
    tasks = serializers.IntegerField()


class DisputedSerializer(serializers.Serializer[Any]):
    """In how many waiting tasks this is in dispute."""

    kind = serializers.ChoiceField(choices=ConflictKind.choices)
    tasks = serializers.IntegerField()


class ReviewLoadSerializer(serializers.Serializer[Any]):
    """What reviewers have before them. `needed` is the part of the tasks with all their answers
    that a reviewer decides or has decided; a task waits since it was last answered, or a reviewer
    last said something of it."""

    needed = ShareSerializer()
    waiting = serializers.IntegerField()
    oldest_at = serializers.DateTimeField(allow_null=True)
    median_seconds = serializers.FloatField(allow_null=True)
    kinds = DisputedSerializer(many=True)


class SavedAnswersSerializer(serializers.Serializer[Any]):
    """What it saves to ask more than `base` people only where they differ: `given` answers in place
    of the `fixed` ones of always asking `most`."""

    base = serializers.IntegerField()
    most = serializers.IntegerField()
    given = serializers.IntegerField()
    fixed = serializers.IntegerField()
    saved = serializers.IntegerField()


class PersonDaysSerializer(serializers.Serializer[Any]):
    """How many tasks one person answered first on each of the days."""

    user = AnnotatorSerializer()
    answers = serializers.ListField(child=serializers.IntegerField())


class ThroughputSerializer(serializers.Serializer[Any]):
    """Answers by day, as the dataset's time zone has days, and by person, most first."""

    time_zone = serializers.CharField()
    days = serializers.ListField(child=serializers.DateField())
    people = PersonDaysSerializer(many=True)


class ReviewersSerializer(serializers.Serializer[Any]):
    """Second reviewers who did not know what the first ones said: on how many of the tasks they
    differ, and how far they agree; `kappa` (Cohen's) where shapes are not drawn, else `overlap`."""

    differ = BehindShareSerializer()
    kappa = EstimateSerializer(allow_null=True)
    overlap = OverlapSerializer(allow_null=True)


class MeasuredSerializer(serializers.Serializer[Any]):
    """What was measured, when, and of how much."""

    measured_at = serializers.DateTimeField()
    part = PartSerializer()
    confusions = ConfusionSerializer(many=True)
    review_seconds = PaceSerializer()
    reviewers = ReviewersSerializer(allow_null=True)


class InsightsSerializer(serializers.Serializer[Any]):
    """What is true at this moment, and what was `measured`, null before the first time.

    `saved` is null unless more people are asked where some differ.
    """

    tasks = StatesCountedSerializer()
    answers = WithAnswersSerializer(many=True)
    review = ReviewLoadSerializer()
    saved = SavedAnswersSerializer(allow_null=True)
    throughput = ThroughputSerializer()
    measured = MeasuredSerializer(allow_null=True)


class InsightsView(APIView):
    """How the work goes."""

    @extend_schema(responses=InsightsSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return how much waits for reviewers and since when, and who has answered how much."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        measured = Insights.objects.filter(dataset=found).first()
        counts = live_counts(dataset=found, now=timezone.now(), measured=measured)
        data = {**_counts(counts), "measured": _measured(found, measured)}
        return Response(InsightsSerializer(data).data)


def _counts(counts: LiveCounts) -> dict[str, Any]:
    states = {state.value: n for state, n in counts.states.items()}
    waiting = counts.waiting
    return {
        "tasks": {"total": sum(states.values()), **states},
        "answers": [{"answers": n, "tasks": tasks} for n, tasks in counts.answers.items()],
        "review": {
            "needed": render_share(counts.needed),
            "waiting": waiting.count,
            "oldest_at": waiting.oldest_at,
            "median_seconds": waiting.median_seconds,
            "kinds": [{"kind": kind, "tasks": n} for kind, n in waiting.kinds],
        },
        "saved": counts.saved,
        "throughput": {
            "time_zone": counts.time_zone,
            "days": counts.days,
            "people": [
                {"user": render_person(row.user), "answers": row.days} for row in counts.people
            ],
        },
    }


def _measured(dataset: Dataset, measured: Insights | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        "measured_at": measured.measured_at,
        "part": measured.figures["part"],
        "confusions": Figures(dataset, measured).confusions(),
        "review_seconds": measured.figures["review_seconds"],
        "reviewers": _reviewers(measured.figures.get("reviewers")),
    }


def _reviewers(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    same, of = found["same"]
    return {
        "differ": {
            **render_share(Share(of - same, of)),
            "behind": key_of("reviewers") if same < of else None,
        },
        "kappa": found["kappa"],
        "overlap": found["overlap"],
    }
