"""The forms in which exports travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.exchange.domain.formats import NAMES
from apps.exchange.domain.options import are_splits
from apps.exchange.models import Export
from concord.http.serializers import StrictSerializer


class SplitsField(serializers.DictField):
    """Shares of the data by the names of its parts, together 1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.FloatField(), allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> dict[str, float]:
        """Refuse what makes no whole, or of which no training code knows."""
        splits: dict[str, float] = super().to_internal_value(data)
        if not are_splits(splits):
            raise serializers.ValidationError(
                "Splits are shares above 0 of train, val and test that add up to 1."
            )
        return splits


class ExportRequest(StrictSerializer):
    """Which answers, and as what: with the `images` themselves, told apart into `splits`, with
    people's e-mail addresses (`names`) in the place of pseudonyms; those of a `snapshot`, by its
    name or id, instead of those of now."""

    format = serializers.ChoiceField(choices=NAMES)
    which = serializers.ChoiceField(choices=Export.Which.choices, default=Export.Which.FINAL)
    images = serializers.BooleanField(default=False)
    splits = SplitsField(default=None)
    names = serializers.BooleanField(default=False)
    snapshot = serializers.CharField(default=None, allow_null=True, max_length=100)


class ExportSerializer(serializers.Serializer[Any]):
    """An export: of `chosen` tasks alone or of all; of the snapshot called `snapshot`, if that is
    not empty. `done` and `total` count tasks, and images that
    are packed; `url` is there once the file is. `error` is why there will be none, or, while it is
    `running`, what it waits for."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Export.State.choices)
    format = serializers.ChoiceField(choices=NAMES)
    which = serializers.ChoiceField(choices=Export.Which.choices)
    images = serializers.BooleanField()
    splits = SplitsField()
    names = serializers.BooleanField()
    chosen = serializers.BooleanField()
    snapshot = serializers.CharField(source="snapshot_name")
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    file_size = serializers.IntegerField()
    content_sha256 = serializers.CharField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField()

    def get_url(self, export: Export) -> str | None:
        """Where the file can be had."""
        return f"/api/exports/{export.pk}/file/" if export.state == Export.State.DONE else None
