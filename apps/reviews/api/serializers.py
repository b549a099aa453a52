"""The forms in which reviews travel. Versions are letters: reviewers judge answers, not people."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.reviews.models import Decision
from apps.tasks.api.serializers import ImageSerializer, NoWorkSerializer, ReasonSerializer
from concord.http.serializers import StrictSerializer


class ReviewNextRequest(StrictSerializer):
    """How many tasks the reviewer's page wants to hold."""

    count = serializers.IntegerField(min_value=1, max_value=5, default=1)


class DecisionRequest(StrictSerializer):
    """One decision: on a conflict, or with null on the task as a whole."""

    conflict = serializers.UUIDField(default=None, allow_null=True)
    action = serializers.ChoiceField(choices=Decision.Action.choices)
    version = serializers.CharField(max_length=4, default=None, allow_null=True)
    label = serializers.CharField(max_length=100, default=None, allow_null=True)  # type: ignore[assignment]
    option = serializers.JSONField(default=None, allow_null=True)
    span = serializers.DictField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=2000, default="", allow_blank=True)


class DecisionsRequest(StrictSerializer):
    """Decisions made under one lease; `final` closes the task."""

    lease = serializers.UUIDField()
    decisions = DecisionRequest(many=True, default=list)
    final = serializers.BooleanField(default=False)


class UnlockRequest(StrictSerializer):
    """Why a decided task is opened again."""

    reason = serializers.CharField(max_length=2000)


class ChoiceSerializer(serializers.Serializer[Any]):
    """What the digit n stands for on the card of a conflict."""

    n = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["version", "label", "option"])
    text = serializers.CharField()
    version = serializers.CharField(required=False)
    label = serializers.CharField(required=False)  # type: ignore[assignment]
    option = serializers.JSONField(required=False)


class ConflictSerializer(serializers.Serializer[Any]):
    """One point on which answers differ, in words and in numbers."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    code = serializers.CharField()
    params = serializers.DictField()
    text = serializers.CharField()
    object = serializers.IntegerField(allow_null=True)
    option = serializers.JSONField(allow_null=True)
    members = serializers.ListField(child=serializers.DictField())
    choices = ChoiceSerializer(many=True)
    state = serializers.CharField()


class VersionSerializer(serializers.Serializer[Any]):
    """One annotator's answer under a letter."""

    key = serializers.CharField()
    answer = serializers.CharField()
    spans = serializers.ListField(child=serializers.DictField())
    accept = serializers.ListField(child=serializers.JSONField())
    late = serializers.BooleanField()


class ReviewTaskSerializer(serializers.Serializer[Any]):
    """A task as the reviewer's page gets it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    interface = serializers.CharField()
    lease = serializers.UUIDField()
    lease_expires_at = serializers.DateTimeField()
    images = ImageSerializer(many=True)
    options = serializers.ListField(child=serializers.DictField(), allow_null=True)
    question = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meta = serializers.DictField()
    why = ReasonSerializer()
    merge = serializers.DictField()
    versions = VersionSerializer(many=True)
    conflicts = ConflictSerializer(many=True)
    decisions = serializers.ListField(child=serializers.DictField())


class ReviewNextReply(serializers.Serializer[Any]):
    """What I review, or why there is nothing."""

    tasks = ReviewTaskSerializer(many=True)
    reason = NoWorkSerializer(allow_null=True)
    left = serializers.IntegerField()


class FinalSerializer(serializers.Serializer[Any]):
    """A final answer, labels by name."""

    origin = serializers.CharField()
    answer = serializers.CharField()
    spans = serializers.ListField(child=serializers.DictField())
    accept = serializers.ListField(child=serializers.JSONField())


class DecisionsReply(serializers.Serializer[Any]):
    """Where the task stands after the decisions."""

    task = serializers.DictField()
    decisions = serializers.ListField(child=serializers.DictField())
    final = FinalSerializer(allow_null=True)
