"""The forms in which it travels what lists say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.imports.summaries import Oddity


class ListWarningSerializer(serializers.Serializer[Any]):
    """Something to look at before starting.

    `count` is how many lines it concerns, 1 where it is the list as a whole. `names` are of the
    encoding (`read_as`), of labels, of buckets, of `folders` that the import will list, or
    of cells beyond the last column.
    """

    code = serializers.ChoiceField(choices=[oddity.value for oddity in Oddity])
    count = serializers.IntegerField()
    names = serializers.ListField(child=serializers.CharField())


class PersonFoundSerializer(serializers.Serializer[Any]):
    """Somebody whose answers a list brings. `member` is who has that e-mail address here; the
    answers become theirs if `matched`, else those of an imported person, who cannot log in."""

    name = serializers.CharField()
    answers = serializers.IntegerField()
    member = serializers.CharField(allow_blank=True)
    matched = serializers.BooleanField()


class LabelFoundSerializer(serializers.Serializer[Any]):
    """A label that shapes of a list have, how many, and whether the dataset has it as well."""

    name = serializers.CharField()
    shapes = serializers.IntegerField()
    known = serializers.BooleanField()


class RefusalsSerializer(serializers.Serializer[Any]):
    """One reason for which lines are refused, and the first of them."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    lines = serializers.ListField(child=serializers.IntegerField())
    reason = serializers.CharField()


class SummarySerializer(serializers.Serializer[Any]):
    """How much lines say beside naming images; the most frequent 200 labels."""

    shapes = serializers.IntegerField()
    answers = serializers.IntegerField()
    suggestions = serializers.IntegerField()
    labels = LabelFoundSerializer(many=True)
    people = PersonFoundSerializer(many=True)
    refusals = RefusalsSerializer(many=True)
