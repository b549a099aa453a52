"""The forms in which labels travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.datasets.api import forms
from apps.datasets.label_rules import LONGEST_NAME
from apps.datasets.models import Label
from concord.http.serializers import JsonOf, StrictSerializer

LONGEST_LIST = 2_000_000


class LabelRequest(StrictSerializer):
    """A label to add; `apps.datasets.label_rules` checks it."""

    name = JsonOf(forms.LABEL_NAME)
    colour = JsonOf(forms.COLOUR, required=False)
    key = JsonOf(forms.DIGIT, required=False)
    shapes = JsonOf(forms.LABEL_SHAPES, required=False)
    attributes = JsonOf(forms.ATTRIBUTES, required=False)


class ChangeLabelRequest(LabelRequest):
    """What to change of a label."""

    name = JsonOf(forms.LABEL_NAME, required=False)
    retired = serializers.BooleanField(required=False)


class MergeLabelRequest(StrictSerializer):
    """Into which label of the dataset to merge one, by its name."""

    into = serializers.CharField(max_length=LONGEST_NAME)


class LabelSerializer(serializers.ModelSerializer[Label]):
    """A label."""

    shapes = JsonOf(forms.LABEL_SHAPES)
    attributes = JsonOf(forms.ATTRIBUTES)
    retired = serializers.SerializerMethodField()

    class Meta:
        model = Label
        fields = ["id", "name", "colour", "key", "shapes", "attributes", "retired", "merged_into"]
        read_only_fields = fields

    def get_retired(self, label: Label) -> bool:
        """Whether it can no longer be given to new shapes, retired or merged into another."""
        return label.retired_at is not None or label.merged_into_id is not None


class LabelListRequest(StrictSerializer):
    """A list of labels as text: lines, CSV or JSON (`domain/label_lists.py`)."""

    text = serializers.CharField(max_length=LONGEST_LIST, trim_whitespace=False)
    preview = serializers.BooleanField(default=False)


class ListedLabelSerializer(serializers.Serializer[Any]):
    """A line of a list: what becomes of its label, and of a refused one why."""

    line = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=["new", "known", "repeated", "refused"])
    detail = serializers.CharField()


class LabelListReply(serializers.Serializer[Any]):
    """All lines that say something."""

    rows = ListedLabelSerializer(many=True)


class LabelOrderRequest(StrictSerializer):
    """All labels of the dataset, in their order."""

    labels = serializers.ListField(child=serializers.UUIDField(), max_length=10_000)
