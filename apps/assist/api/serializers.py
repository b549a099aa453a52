"""The forms in which predictions travel."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.assist.domain.predictions import LONGEST_LABEL, LONGEST_URL, MOST_CHOSEN
from apps.tasks.actions.suggesting import Suggested
from apps.tasks.api.serializers import DrawnSpanField, OptionIdsField
from concord.http.serializers import StrictSerializer

MOST_PREDICTIONS = 1000


class PredictionSerializer(serializers.Serializer[Any]):
    """What a model says of one task or image: named by `task`, by `image` (an id), or by the `url`
    that the image came from. `apps.assist.domain.predictions` checks it.

    What it can say depends on the interface: `spans` where people draw, `accept` where they choose
    options, `label` where they classify; `score` is any finite number. Shapes may have scores too.
    """

    task = serializers.UUIDField(required=False)
    image = serializers.UUIDField(required=False)
    url = serializers.CharField(required=False, max_length=LONGEST_URL)
    spans = serializers.ListField(child=DrawnSpanField(), required=False)
    accept = OptionIdsField(required=False, max_length=MOST_CHOSEN)
    label = serializers.CharField(required=False, max_length=LONGEST_LABEL)  # type: ignore[assignment]  # the wire's word
    score = serializers.FloatField(required=False, allow_null=True)


@extend_schema_field(PredictionSerializer)
class PredictionField(serializers.JSONField):
    """One prediction, read by the domain, which has a sentence for every fault."""


class PredictionsRequest(StrictSerializer):
    """A batch of one version of one model."""

    model = serializers.CharField(max_length=100)
    version = serializers.CharField(max_length=100, default="", allow_blank=True)
    predictions = serializers.ListField(
        child=PredictionField(), allow_empty=False, max_length=MOST_PREDICTIONS
    )


class SuggestedSerializer(serializers.Serializer[Any]):
    """What is shown to annotators of a prediction; not `created` if the model said the same of the
    task before."""

    id = serializers.UUIDField(source="suggestion.id")
    task = serializers.UUIDField(source="suggestion.task_id")
    created = serializers.BooleanField()


class PredictedSerializer(serializers.Serializer[Any]):
    """What became of one prediction."""

    suggestions = SuggestedSerializer(many=True)


class PredictionsReply(serializers.Serializer[Any]):
    """What became of each prediction, in the order in which they came."""

    created = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    results = PredictedSerializer(many=True)


def render_kept(kept: list[list[Suggested]]) -> dict[str, Any]:
    """Return the reply to a batch."""
    every = [each for those in kept for each in those]
    created = sum(each.created for each in every)
    data = {
        "created": created,
        "unchanged": len(every) - created,
        "results": [{"suggestions": those} for those in kept],
    }
    return dict(PredictionsReply(data).data)
