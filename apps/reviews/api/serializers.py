"""The forms in which reviews travel. Versions are letters: reviewers judge answers, not people."""

from __future__ import annotations

from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.datasets.api import forms
from apps.datasets.models import Interface
from apps.reviews.eligible import ALL_ORDERS, Order
from apps.reviews.models import Conflict, ConflictKind, Decision, Final
from apps.tasks.api.regions import RegionRequest
from apps.tasks.api.serializers import (
    DrawnSpanField,
    ImageSerializer,
    NoWorkSerializer,
    OptionField,
    OptionIdsField,
    ReasonSerializer,
    ReturnSerializer,
    SpanField,
    SpanSerializer,
    StandingSerializer,
)
from apps.tasks.domain.changes import Kind as ChangeKind
from apps.tasks.models import Pass, Return, TaskState, Verdict
from concord.http.serializers import JsonOf, StrictSerializer


class ReviewNextRequest(StrictSerializer):
    """How many tasks the reviewer's page wants to hold, and by what new ones come: `loss` is how
    unsure the merge is, `class` and `annotator` bring what belongs together one after the other."""

    count = serializers.IntegerField(min_value=1, max_value=5, default=1)
    sort = serializers.ChoiceField(choices=ALL_ORDERS, default=Order.LOSS)


class CitationRequest(StrictSerializer):
    """A paragraph of the guideline, by its number in a version."""

    version = serializers.IntegerField(min_value=1)
    paragraph = serializers.IntegerField(min_value=1)


class CitedSerializer(serializers.Serializer[Any]):
    """A paragraph of the guideline that is cited, and what it says."""

    version = serializers.IntegerField()
    paragraph = serializers.IntegerField()
    heading = serializers.CharField()
    text = serializers.CharField()


class DecisionRequest(StrictSerializer):
    """One decision: on a conflict, or with null on the task as a whole.

    Who sends back says what is wrong (`fault`, or `reason` in words) and may say where; otherwise
    it is where the conflict's object lies. Who gives the task back says `why`, or that in words.
    `guideline` is the paragraph that the decision follows.
    """

    conflict = serializers.UUIDField(default=None, allow_null=True)
    action = serializers.ChoiceField(choices=Decision.Action.choices)
    version = serializers.CharField(max_length=4, default=None, allow_null=True)
    label = serializers.CharField(max_length=100, default=None, allow_null=True)  # type: ignore[assignment]  # the wire's word
    option = JsonOf(forms.OPTION_ID, default=None, allow_null=True)
    span = DrawnSpanField(default=None, allow_null=True)
    reason = serializers.CharField(max_length=2000, default="", allow_blank=True)
    fault = serializers.ChoiceField(choices=Return.Fault.choices, default=None, allow_null=True)
    region = RegionRequest(default=None, allow_null=True)
    why = serializers.ChoiceField(choices=Pass.Reason.choices, default=None, allow_null=True)
    guideline = CitationRequest(default=None, allow_null=True)


class DecisionsRequest(StrictSerializer):
    """Decisions made under one lease; `final` closes the task."""

    lease = serializers.UUIDField()
    decisions = DecisionRequest(many=True, default=list)
    final = serializers.BooleanField(default=False)


class ReviewLeaseRequest(StrictSerializer):
    """The lease to keep."""

    lease = serializers.UUIDField()


class UnlockRequest(StrictSerializer):
    """Why a decided task is opened again."""

    reason = serializers.CharField(max_length=2000)


class ChoiceSerializer(serializers.Serializer[Any]):
    """What the digit n stands for on the card of a conflict."""

    n = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["version", "label", "option"])
    text = serializers.CharField()
    version = serializers.CharField(required=False)
    label = serializers.CharField(required=False)  # type: ignore[assignment]  # the wire's word
    option = JsonOf(forms.OPTION_ID, required=False)


class SourceSerializer(serializers.Serializer[Any]):
    """A shape of a version, or with null the version as a whole."""

    version = serializers.CharField(allow_null=True)
    span_id = serializers.CharField(allow_null=True)


class ConflictSerializer(serializers.Serializer[Any]):
    """One point on which answers differ, in words and in numbers."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ConflictKind.choices)
    code = serializers.CharField()
    params = serializers.DictField()
    text = serializers.CharField()
    object = serializers.IntegerField(allow_null=True)
    option = JsonOf(forms.OPTION_ID, allow_null=True)
    block = serializers.CharField(allow_null=True)
    members = SourceSerializer(many=True)
    choices = ChoiceSerializer(many=True)
    state = serializers.ChoiceField(choices=Conflict.State.choices)


class VersionSerializer(serializers.Serializer[Any]):
    """One annotator's answer under a letter."""

    key = serializers.CharField()
    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()
    late = serializers.BooleanField()


class MergedSpanSerializer(SpanSerializer):
    """The shape of a merged object; its label is null on a tie."""

    label = serializers.CharField(allow_null=True)


@extend_schema_field(MergedSpanSerializer)
class MergedSpanField(serializers.DictField):
    """The shape of a merged object, with what other tools wrote into it."""


class MergedObjectSerializer(serializers.Serializer[Any]):
    """An object that the answers have in common, and how far they agree on it."""

    index = serializers.IntegerField()
    span = MergedSpanSerializer()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # the wire's word
    votes = serializers.IntegerField()
    of = serializers.IntegerField()
    confidence = serializers.FloatField()
    state = serializers.CharField()
    edge_sd = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    members = SourceSerializer(many=True)


class MergeSerializer(serializers.Serializer[Any]):
    """What the answers come to; `answer`, `accept` and a block of `attributes` are null on a tie.

    A block's text is a list of one.
    """

    algorithm = serializers.CharField()
    answer = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    accept = OptionIdsField(allow_null=True)
    attributes = serializers.DictField(child=OptionIdsField(allow_null=True))
    confidence = serializers.FloatField(allow_null=True)
    objects = MergedObjectSerializer(many=True)


@extend_schema_field(MergeSerializer)
class MergeField(serializers.DictField):
    """A merge, with the shapes as other tools wrote them."""


class RecordedSerializer(serializers.Serializer[Any]):
    """A decision on a conflict, or with null on the task as a whole."""

    id = serializers.UUIDField()
    conflict = serializers.UUIDField(allow_null=True)
    action = serializers.ChoiceField(choices=Decision.Action.choices)


class RulingSerializer(RecordedSerializer):
    """A decision with what it says."""

    version = serializers.CharField(allow_null=True)
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # the wire's word
    option = JsonOf(forms.OPTION_ID, allow_null=True)
    span = SpanField(allow_null=True)


class AnswerChangeSerializer(serializers.Serializer[Any]):
    """One difference between two answers. Of shapes `before` and `after` are shapes, null where
    there was none or is none any more; else they are what was said."""

    kind = serializers.ChoiceField(choices=get_args(ChangeKind))
    before = serializers.JSONField()
    after = serializers.JSONField()


class ReworkedSerializer(serializers.Serializer[Any]):
    """What a reviewer said of a version that went back, and what its author changed since."""

    version = serializers.CharField()
    mine = serializers.BooleanField()
    remarks = ReturnSerializer(many=True)
    answered = serializers.BooleanField()
    changes = AnswerChangeSerializer(many=True)


class ReviewTaskSerializer(serializers.Serializer[Any]):
    """A task as the reviewer's page gets it; `spans` are what the question is about.

    With `asks_for_missed` the whole image is looked at once all conflicts are decided.
    """

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    interface = serializers.ChoiceField(choices=Interface.choices)
    lease = serializers.UUIDField()
    lease_expires_at = serializers.DateTimeField()
    images = ImageSerializer(many=True)
    options = serializers.ListField(child=OptionField(), allow_null=True)
    spans = serializers.ListField(child=SpanField())
    question = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    meta = serializers.DictField()
    why = ReasonSerializer()
    asks_for_missed = serializers.BooleanField()
    merge = MergeField()
    versions = VersionSerializer(many=True)
    conflicts = ConflictSerializer(many=True)
    decisions = RulingSerializer(many=True)
    reworked = ReworkedSerializer(many=True)


class ReviewNextReply(serializers.Serializer[Any]):
    """What I review, or why there is nothing."""

    tasks = ReviewTaskSerializer(many=True)
    reason = NoWorkSerializer(allow_null=True)
    left = serializers.IntegerField()


class FinalSerializer(serializers.Serializer[Any]):
    """A final answer, labels by name."""

    origin = serializers.ChoiceField(choices=Final.Origin.choices)
    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()


class DecisionsReply(serializers.Serializer[Any]):
    """Where the task stands after the decisions."""

    task = StandingSerializer()
    decisions = RecordedSerializer(many=True)
    final = FinalSerializer(allow_null=True)


class NamesSerializer(serializers.Serializer[Any]):
    """Who is behind the letters of a task."""

    names = serializers.DictField(child=serializers.CharField())


class GoldSerializer(serializers.Serializer[Any]):
    """Who vouched for a final answer, and when."""

    made_by = serializers.CharField(source="made_by.display_name")
    made_at = serializers.DateTimeField()
