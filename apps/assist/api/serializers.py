"""The forms in which predictions travel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.assist.domain.predictions import LONGEST_LABEL, LONGEST_URL, MOST_CHOSEN
from apps.assist.models import ModelFigures
from apps.assist.queries import BoxState, state_of
from apps.datasets.models import Image
from apps.tasks.actions.suggesting import Suggested
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.api.serializers import DrawnSpanField, OptionIdsField, SpanField
from apps.tasks.domain.knowing import Share
from apps.tasks.spans import show_spans
from concord.http.serializers import StrictSerializer

MOST_PREDICTIONS = 1000


class PredictionSerializer(serializers.Serializer[Any]):
    """What a model says of one task or image: named by `task`, by `image` (an id), or by the `url`
    that the image came from. `apps.assist.domain.predictions` checks it.

    What it can say depends on the interface: `spans` where people draw or judge boxes, `accept`
    where they choose options, `label` where they classify; `score` is any finite number. Shapes may
    have scores too.
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


class BoxCountsSerializer(serializers.Serializer[Any]):
    """How many boxes stand where."""

    accepted = serializers.IntegerField()
    rejected = serializers.IntegerField()
    unsure = serializers.IntegerField()
    waiting = serializers.IntegerField()
    open = serializers.IntegerField()


class BoxSerializer(serializers.Serializer[Any]):
    """A box, the task that asks about it, and what has become of it."""

    task = serializers.UUIDField()
    state = serializers.ChoiceField(choices=[(each.value, each.value) for each in BoxState])
    span = SpanField()


class BoxedImageSerializer(serializers.Serializer[Any]):
    """An image with all its boxes."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.CharField()
    thumbnail = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    counts = BoxCountsSerializer()
    boxes = BoxSerializer(many=True)


class PredictorSerializer(BoxCountsSerializer):
    """A version of a model: how many boxes it suggested, and how they stand."""

    model = serializers.CharField()
    version = serializers.CharField(source="model_version")
    boxes = serializers.IntegerField()


class PredictorsReply(serializers.Serializer[Any]):
    """Every version of every model that suggested boxes here."""

    models = PredictorSerializer(many=True)


class ModelSerializer(serializers.Serializer[Any]):
    """A version of a model: of how many tasks it said something, how many of them are finished and
    compared, and how it did. `unchanged` is the part of what people took over from it that they
    left as it was. A share of nothing is null: nobody knows what a model missed where people judge
    nothing but its boxes.
    """

    model = serializers.CharField()
    version = serializers.CharField()
    first_at = serializers.DateTimeField()
    predicted = serializers.IntegerField()
    compared = serializers.IntegerField()
    precision = ShareSerializer()
    recall = ShareSerializer()
    unchanged = ShareSerializer()


class ModelsReply(serializers.Serializer[Any]):
    """Every version of every model, in the order in which they came; `measured_at` is null before
    the first time, and `stale` says that newer figures are on their way."""

    measured_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField()
    models = ModelSerializer(many=True)


def render_models(figures: ModelFigures | None) -> dict[str, Any]:
    """Return how the models of a dataset do."""
    if figures is None:
        return {"measured_at": None, "stale": False, "models": []}
    data = {
        "measured_at": figures.measured_at,
        "stale": figures.stale,
        "models": [_model(row) for row in figures.rows],
    }
    return dict(ModelsReply(data).data)


def _model(row: Mapping[str, Any]) -> dict[str, Any]:
    taken = row["unchanged"] + row["changed"]
    return {
        **row,
        "first_at": datetime.fromisoformat(row["first_at"]),
        "precision": render_share(Share(row["hits"], row["said"])),
        "recall": render_share(Share(row["hits"] if row["wanted"] else 0, row["wanted"])),
        "unchanged": render_share(Share(row["unchanged"], taken)),
    }


def render_boxed_image(image: Image, *, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return an image with its boxes; `labels` maps ids to names."""
    tasks = [row.task for row in image.asked]  # type: ignore[attr-defined]  # prefetched by images_with_boxes
    boxes = [
        {"task": task.id, "state": state_of(task), "span": span}
        for task in tasks
        for span in show_spans(task.spans, names=labels)
    ]
    counted = Counter(box["state"] for box in boxes)
    data = {
        "id": image.id,
        "name": image.name,
        "url": f"/api/images/{image.id}/file/",
        "thumbnail": f"/api/images/{image.id}/thumbnail/",
        "width": image.blob.width,
        "height": image.blob.height,
        "counts": {state: counted[state] for state in BoxState},
        "boxes": boxes,
    }
    return dict(BoxedImageSerializer(data).data)
