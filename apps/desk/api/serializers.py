"""The forms in which the pages that look across travel."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework import serializers

from apps.datasets.api.serializers import DatasetNameSerializer
from apps.datasets.models import Interface, Role
from apps.exchange.domain.formats import NAMES
from apps.imports.models import ImportState
from apps.reviews.api.serializers import (
    MergedSpanField,
)
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState, Verdict


class ToLabelSerializer(serializers.Serializer[Any]):
    """Where I can go on labelling, and when I last got work there."""

    dataset = DatasetNameSerializer()
    left = serializers.IntegerField()
    done_today = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)


class ToReviewSerializer(serializers.Serializer[Any]):
    """Where tasks wait for me: for my decision, or answers of mine that came back."""

    dataset = DatasetNameSerializer()
    waiting = serializers.IntegerField()


class WaitingThreadSerializer(serializers.Serializer[Any]):
    """A thread in which somebody waits for me."""

    id = serializers.UUIDField()
    dataset = DatasetNameSerializer()


class StatesSerializer(serializers.Serializer[Any]):
    """How many tasks stand where."""

    total = serializers.SerializerMethodField()
    open = serializers.IntegerField()
    answered = serializers.IntegerField()
    conflicted = serializers.IntegerField()
    final = serializers.IntegerField()

    def get_total(self, states: dict[TaskState, int]) -> int:
        """All of them."""
        return sum(states.values())


class CardCountsSerializer(serializers.Serializer[Any]):
    """What a card counts."""

    images = serializers.IntegerField()
    tasks = serializers.IntegerField()
    open = serializers.IntegerField()
    answered = serializers.IntegerField()
    conflicted = serializers.IntegerField()
    final = serializers.IntegerField()


class CardSerializer(serializers.Serializer[Any]):
    """A dataset at a glance."""

    id = serializers.UUIDField(source="dataset.id")
    slug = serializers.CharField(source="dataset.slug")
    name = serializers.CharField(source="dataset.name")
    interface = serializers.ChoiceField(choices=Interface.choices, source="dataset.interface")
    role = serializers.ChoiceField(choices=Role.choices)
    created_at = serializers.DateTimeField(source="dataset.created_at")
    archived = serializers.SerializerMethodField()
    counts = CardCountsSerializer()
    thumbnails = serializers.SerializerMethodField()

    def get_archived(self, card: Any) -> bool:
        """Whether its work is over."""
        return card.dataset.archived_at is not None

    def get_thumbnails(self, card: Any) -> list[str]:
        """Where the first images can be seen, small."""
        return [thumbnail_url(image) for image in card.thumbnails]


class RunningImportSerializer(serializers.Serializer[Any]):
    """An import of mine that is not over."""

    id = serializers.UUIDField()
    dataset = DatasetNameSerializer()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportState.choices)


class RunningExportSerializer(serializers.Serializer[Any]):
    """A file of mine that is being made, with how many tasks are in it by now."""

    id = serializers.UUIDField()
    dataset = DatasetNameSerializer()
    format = serializers.ChoiceField(choices=NAMES)
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class HomeSerializer(serializers.Serializer[Any]):
    """My home page. Where I was last comes first in `continue`; `week` is what I answered on each
    of the last seven days, today last."""

    review = ToReviewSerializer(many=True, source="to_review")
    sent_back = ToReviewSerializer(many=True)
    threads = WaitingThreadSerializer(many=True)
    week = serializers.ListField(child=serializers.IntegerField())
    imports = RunningImportSerializer(many=True)
    exports = RunningExportSerializer(many=True)
    datasets = CardSerializer(many=True, source="cards")

    def get_fields(self) -> dict[str, Any]:
        """Add the field whose name is a word of Python."""
        return {"continue": ToLabelSerializer(many=True, source="to_label"), **super().get_fields()}


class VerdictsSerializer(serializers.Serializer[Any]):
    """How many answers say what."""

    accept = serializers.IntegerField()
    reject = serializers.IntegerField()
    ignore = serializers.IntegerField()


class NamedSerializer(serializers.Serializer[Any]):
    """A person by name."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()


class PersonProgressSerializer(serializers.Serializer[Any]):
    """One person's part; `seconds_median` is for themselves and for managers."""

    user = NamedSerializer(source="*")
    answers = serializers.IntegerField()
    seconds_median = serializers.FloatField(allow_null=True)


class MineSerializer(serializers.Serializer[Any]):
    """My own part."""

    done_today = serializers.IntegerField()
    done = serializers.IntegerField()
    left = serializers.IntegerField()


class WaitingSerializer(serializers.Serializer[Any]):
    """What reviewers have to do."""

    waiting = serializers.IntegerField()


class ProgressSerializer(serializers.Serializer[Any]):
    """How far a dataset is; `answers` and `people` are my own only, unless I may see all."""

    tasks = StatesSerializer(source="states")
    answers = VerdictsSerializer()
    people = PersonProgressSerializer(many=True)
    mine = MineSerializer(source="*")
    review = WaitingSerializer(source="*")


class ThumbnailSerializer(serializers.Serializer[Any]):
    """An image as a row of the browser shows it."""

    id = serializers.UUIDField()
    tile = serializers.UUIDField(allow_null=True)
    url = serializers.CharField()
    thumbnail = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    name = serializers.CharField()
    source_url = serializers.CharField()


class TaskRowSerializer(serializers.Serializer[Any]):
    """A task as a row of the browser; `spans` are to be drawn over the thumbnail.

    `verdict` is the final answer. `tags` and `flags`, the number of open ones, are for those who
    see answers, else empty; `people` are who answered, for those who may know.
    """

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    image = ThumbnailSerializer(allow_null=True)
    labels = serializers.ListField(child=serializers.CharField())
    conflict_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=ConflictKind.choices)
    )
    tags = serializers.ListField(child=serializers.CharField())
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    answers = serializers.IntegerField()
    people = NamedSerializer(many=True)
    score = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    flags = serializers.IntegerField()
    sent_back = serializers.BooleanField()
    locked = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    spans = serializers.ListField(child=MergedSpanField())


def thumbnail_url(image: uuid.UUID) -> str:
    """Where an image can be seen, small."""
    return f"/api/images/{image}/thumbnail/"
