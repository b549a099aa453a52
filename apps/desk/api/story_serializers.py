"""The form in which one task's page travels."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.datasets.api.serializers import DatasetNameSerializer
from apps.desk.api.serializers import NamedSerializer
from apps.exchange.models import Export
from apps.reviews.api.serializers import (
    AnswerChangeSerializer,
    CitedSerializer,
    ConflictSerializer,
    GoldSerializer,
    MergeField,
    RulingSerializer,
)
from apps.reviews.models import Conflict, ConflictKind, Final
from apps.tasks.api.serializers import (
    ImageSerializer,
    OptionField,
    OptionIdsField,
    ReasonSerializer,
    ReturnSerializer,
    SpanField,
)
from apps.tasks.models import TaskState, Verdict


class RevisionSerializer(serializers.Serializer[Any]):
    """One save of an answer, and what it `changed` in the one before; null in the first."""

    revision = serializers.IntegerField()
    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()
    late = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    changed = AnswerChangeSerializer(many=True, allow_null=True)


class AnswerSerializer(serializers.Serializer[Any]):
    """One person's answer; `user` is null where the reader judges versions, not people.

    `head` is the number of the revision in force, null when all came too late.
    """

    version = serializers.CharField()
    user = NamedSerializer(allow_null=True)
    head = serializers.IntegerField(allow_null=True)
    revisions = RevisionSerializer(many=True)


class DecisionSerializer(RulingSerializer):
    """A reviewer's word, with whose it is and why; `about` is the conflict in words, null where it
    is about the task as a whole."""

    about = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    guideline = CitedSerializer(allow_null=True)
    by = NamedSerializer()
    at = serializers.DateTimeField()


class FinalStorySerializer(serializers.Serializer[Any]):
    """The final answer. `objects` tells of every shape where it came from."""

    origin = serializers.ChoiceField(choices=Final.Origin.choices)
    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()
    at = serializers.DateTimeField()
    decided_by = NamedSerializer(allow_null=True)
    objects = serializers.ListField(child=serializers.DictField())


class ReturnedSerializer(ReturnSerializer):
    """A remark on an answer that went back, by whom, and what its author `changed` on that: null
    while they have not answered anew. `seen_at` is when they first got it."""

    version = serializers.CharField()
    by = NamedSerializer()
    at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    changed = AnswerChangeSerializer(many=True, allow_null=True)


class SecondLookSerializer(serializers.Serializer[Any]):
    """What a second reviewer came to who did not see the first one's decisions: `changes` lead from
    the final answer to theirs. Those who would have `sent_back` the answers came to none."""

    by = NamedSerializer()
    at = serializers.DateTimeField()
    same = serializers.BooleanField()
    sent_back = serializers.BooleanField()
    changes = AnswerChangeSerializer(many=True)


class HappeningSerializer(serializers.Serializer[Any]):
    """One line of the history."""

    at = serializers.DateTimeField()
    actor = NamedSerializer(allow_null=True)
    kind = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # the wire's word


class OriginalSerializer(serializers.Serializer[Any]):
    """An image of the dataset that people pick among others."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class BroughtBySerializer(serializers.Serializer[Any]):
    """The line of a list, or the file, that brought a task, and who ordered that import."""

    name = serializers.CharField()
    line = serializers.IntegerField()
    by = NamedSerializer()

    def get_fields(self) -> dict[str, Any]:
        """Add the field whose name is a word of Python."""
        return {"import": serializers.UUIDField(), **super().get_fields()}


class InHandSerializer(serializers.Serializer[Any]):
    """Somebody who has the task in hand; `by` is null where people are not named."""

    by = NamedSerializer(allow_null=True)
    at = serializers.DateTimeField()


class ConflictOnceSerializer(serializers.Serializer[Any]):
    """A point on which answers differ or differed, in words, and since when."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ConflictKind.choices)
    state = serializers.ChoiceField(choices=Conflict.State.choices)
    text = serializers.CharField()
    at = serializers.DateTimeField()


class ExportedSerializer(serializers.Serializer[Any]):
    """An export that tells of the task."""

    id = serializers.UUIDField()
    format = serializers.CharField()
    which = serializers.ChoiceField(choices=Export.Which.choices)
    by = NamedSerializer()
    at = serializers.DateTimeField()


class TaskStorySerializer(serializers.Serializer[Any]):
    """A task as far as my role sees it: without `see_answers` the lists are empty, and `gold` is
    null. `spans` are what the question is about; `originals` say, to managers alone, which images
    they are that people know by tiles, and theirs are `origin`, `exports` and `assigned`, too: the
    people to whom alone the task goes, null where the settings say who gets it."""

    id = serializers.UUIDField()
    dataset = DatasetNameSerializer()
    state = serializers.ChoiceField(choices=TaskState.choices)
    version = serializers.IntegerField()
    locked = serializers.BooleanField()
    reopened = serializers.BooleanField()
    sent_back = serializers.BooleanField()
    overlap = serializers.IntegerField()
    assigned = NamedSerializer(many=True, allow_null=True)
    why = ReasonSerializer()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    images = ImageSerializer(many=True)
    originals = OriginalSerializer(many=True)
    question = serializers.CharField()
    options = serializers.ListField(child=OptionField(), allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    meta = serializers.DictField()
    spans = serializers.ListField(child=SpanField())
    final = FinalStorySerializer(allow_null=True)
    answers = AnswerSerializer(many=True)
    merge = MergeField(allow_null=True)
    conflicts = ConflictSerializer(many=True)
    decisions = DecisionSerializer(many=True)
    history = HappeningSerializer(many=True)
    returns = ReturnedSerializer(many=True)
    second_look = SecondLookSerializer(allow_null=True)
    gold = GoldSerializer(allow_null=True)
    merged_at = serializers.DateTimeField(allow_null=True)
    disputes = ConflictOnceSerializer(many=True)
    origin = BroughtBySerializer(allow_null=True)
    held = InHandSerializer(many=True)
    exports = ExportedSerializer(many=True)
