"""Measured figures as they travel: labels and people by name, shares with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.reviews.domain.judging import option_key
from apps.reviews.domain.tallies import SIZES, key_of
from apps.reviews.models import Insights
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.domain.knowing import Share
from apps.tasks.spans import label_names

KINDS = ("label", "option", "answer")


class AnnotatorSerializer(serializers.Serializer[Any]):
    """A person by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class BehindShareSerializer(ShareSerializer):
    """A share, and what the tasks in which it was counted are asked for by; null of none."""

    behind = serializers.CharField(allow_null=True)


class EstimateSerializer(serializers.Serializer[Any]):
    """A figure from `n` items with its 95 % interval; null where it is not defined."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()


class PartSerializer(serializers.Serializer[Any]):
    """How much was measured: `tasks` of the `of` that have all their answers, a fixed random part
    where they are many; reviewers have `decided` so many of them."""

    of = serializers.IntegerField()
    tasks = serializers.IntegerField()
    answers = serializers.IntegerField()
    shapes = serializers.IntegerField()
    decided = serializers.IntegerField()


class ExampleSerializer(serializers.Serializer[Any]):
    """One case; `edges` are left, top, right and bottom in pixels of the image of this `size`."""

    task = serializers.UUIDField()
    image = serializers.UUIDField(allow_null=True)
    size = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    edges = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class ConfusionSerializer(serializers.Serializer[Any]):
    """What was said where something else holds: null where nothing was said, or nothing is there.

    Labels and options are by name, an answer by its word. It is `count` of the `of` times that it
    could have been.
    """

    kind = serializers.ChoiceField(choices=KINDS)
    said = serializers.CharField(allow_null=True)
    final = serializers.CharField(allow_null=True)
    share = BehindShareSerializer()
    examples = ExampleSerializer(many=True)


class OfSizeSerializer(serializers.Serializer[Any]):
    """What was missed among the objects of a size."""

    size = serializers.ChoiceField(choices=[name for name, _ in SIZES])
    missed = BehindShareSerializer()


class WeekSerializer(serializers.Serializer[Any]):
    """What of a week's answers a reviewer's final says too; the week by its Monday."""

    week = serializers.DateField()
    right = ShareSerializer()


class PaceSerializer(serializers.Serializer[Any]):
    """How many seconds somebody takes for a task: the median of `n`."""

    n = serializers.IntegerField()
    median = serializers.FloatField(allow_null=True)


class PersonFiguresSerializer(serializers.Serializer[Any]):
    """One person beside what reviewers decided.

    `overturned` counts the points on which a reviewer ruled against them, `missed` the objects that
    they did not draw, `extra` the shapes where nothing is, `returned` the answers that were sent
    back; `seconds` is the time in which they worked on an answer.
    """

    seconds = PaceSerializer()
    returned = BehindShareSerializer()

    overturned = BehindShareSerializer()
    missed = BehindShareSerializer()
    extra = BehindShareSerializer()
    sizes = OfSizeSerializer(many=True)
    weeks = WeekSerializer(many=True)
    confusions = ConfusionSerializer(many=True)


class Figures:
    """Renders what was measured of one dataset."""

    def __init__(self, dataset: Dataset, measured: Insights) -> None:
        self.measured = measured
        self.figures: dict[str, Any] = measured.figures
        self.labels = label_names(dataset)
        self.options = {
            option_key(option.id): option.text for option in DatasetConfig.of(dataset).options
        }

    def confusions(self, rows: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """The dataset's confusions, or `rows` that are somebody's."""
        return [
            {
                "kind": row["kind"],
                "said": self.name(row["kind"], row["said"]),
                "final": self.name(row["kind"], row["final"]),
                "share": {
                    **render_share(Share(row["count"], row.get("of", 0))),
                    "behind": row["behind"],
                },
                "examples": row["examples"],
            }
            for row in (self.figures["confusions"] if rows is None else rows)
        ]

    def person(self, user: str) -> dict[str, Any]:
        """What was measured of one person; zeros of somebody who was not."""
        row: Mapping[str, Any] = self.figures["people"].get(user, {})
        sizes: Mapping[str, list[int]] = row.get("sizes", {})
        work: Mapping[str, Any] = self.figures.get("work", {}).get(user, {})
        return {
            "seconds": work.get("seconds", {"n": 0, "median": None}),
            "returned": _behind(work.get("returned"), "returned", user),
            "overturned": _behind(row.get("ruled"), "overturned", user),
            "missed": _behind(row.get("missed"), "missed", user),
            "extra": _behind(row.get("extra"), "extra", user),
            "sizes": [
                {"size": name, "missed": _behind(sizes[name], f"missed_{name}", user)}
                for name, _ in SIZES
                if name in sizes
            ],
            "weeks": [
                {"week": week, "right": render_share(Share(*pair))}
                for week, pair in row.get("weeks", {}).items()
            ],
            "confusions": self.confusions(row.get("confusions", [])),
        }

    def name(self, kind: str, key: str | None) -> str | None:
        """What people call it: a label, an option, or the key itself."""
        if key is None:
            return None
        names = {"label": self.labels, "option": self.options}.get(kind, {})
        return names.get(key, key)


def render_person(user: User) -> dict[str, Any]:
    """A person as the pages about people name them."""
    return {"id": user.pk, "name": user.display_name}


def _behind(pair: list[int] | None, *parts: str) -> dict[str, Any]:
    share = Share(*(pair or (0, 0)))
    return {**render_share(share), "behind": key_of(*parts) if share.count else None}
