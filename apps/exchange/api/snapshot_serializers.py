"""The forms in which snapshots and what differs between them travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.exchange.domain.diffs import DETAILS, KINDS
from apps.exchange.models import Made
from apps.tasks.api.serializers import OptionIdsField, SpanField
from concord.http.serializers import StrictSerializer


class SnapshotRequest(StrictSerializer):
    """What to call a snapshot."""

    name = serializers.CharField(max_length=100)


class MadeSerializer(serializers.Serializer[Any]):
    """What a job makes: `done` of `total` tasks so far, `error` why there will be nothing."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Made.State.choices)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class SnapshotSerializer(MadeSerializer):
    """The final answers of one moment: how many `finals` there are, and the hash that names them,
    empty until it is made."""

    name = serializers.CharField()
    finals = serializers.IntegerField()
    content_sha256 = serializers.CharField()


class DiffRequest(StrictSerializer):
    """Two snapshots by their ids; without `after`, one and how the dataset is now."""

    before = serializers.UUIDField()
    after = serializers.UUIDField(default=None, allow_null=True)


class DiffSideSerializer(serializers.Serializer[Any]):
    """A snapshot as one side of a comparison."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    content_sha256 = serializers.CharField()


class DiffSerializer(MadeSerializer):
    """A comparison. `after` is null where it was with the dataset as it was then. `counts` has how
    many tasks there are of each kind that there is, by the kinds of `changes/`."""

    before = DiffSideSerializer()
    after = DiffSideSerializer(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())


class PictureSerializer(serializers.Serializer[Any]):
    """The image of a task."""

    thumbnail = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class FrozenFinalSerializer(serializers.Serializer[Any]):
    """A final answer; `image` is where its image came from, or the name that it had."""

    image = serializers.CharField()
    answer = serializers.CharField()
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()


class DetailSerializer(serializers.Serializer[Any]):
    """One thing that differs. `before` and `after` are shapes or values, `iou` the overlap of two
    shapes, `keys` what differs of a line where nothing else does."""

    kind = serializers.ChoiceField(choices=DETAILS)
    before = serializers.JSONField()
    after = serializers.JSONField()
    iou = serializers.FloatField(allow_null=True)
    keys = serializers.ListField(child=serializers.CharField())


class TaskChangeSerializer(serializers.Serializer[Any]):
    """A task whose final differs. `kinds` are its `kind` and those of its `details`."""

    task = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=[*KINDS, *DETAILS]))
    image = PictureSerializer(allow_null=True)
    before = FrozenFinalSerializer(allow_null=True)
    after = FrozenFinalSerializer(allow_null=True)
    details = DetailSerializer(many=True)
