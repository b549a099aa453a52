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
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.reviews.live_counts import LiveCounts, live_counts
from apps.reviews.models import ConflictKind
from apps.tasks.api.pool import ShareSerializer, render_share
from concord.http.pagination import refuse_unknown_parameters


class AnnotatorSerializer(serializers.Serializer[Any]):
    """A person by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


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


class InsightsSerializer(serializers.Serializer[Any]):
    """What is true at this moment; `saved` is null unless more people are asked where some
    differ."""

    tasks = StatesCountedSerializer()
    answers = WithAnswersSerializer(many=True)
    review = ReviewLoadSerializer()
    saved = SavedAnswersSerializer(allow_null=True)
    throughput = ThroughputSerializer()


class InsightsView(APIView):
    """How the work goes."""

    @extend_schema(responses=InsightsSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return how much waits for reviewers and since when, and who has answered how much."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        counts = live_counts(dataset=found, now=timezone.now())
        return Response(InsightsSerializer(_insights(counts)).data)


def render_person(user: User) -> dict[str, Any]:
    """A person as the pages about people name them."""
    return {"id": user.pk, "name": user.display_name}


def _insights(counts: LiveCounts) -> dict[str, Any]:
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
