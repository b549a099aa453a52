"""The forms in which exports travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.exchange.models import Export
from concord.errors import Invalid
from concord.http.serializers import StrictSerializer


class ExportRequest(StrictSerializer):
    """Which answers, and as what."""

    format = serializers.ChoiceField(choices=Export.Format.choices)
    which = serializers.ChoiceField(choices=Export.Which.choices, default=Export.Which.FINAL)
    images = serializers.BooleanField(default=False)

    def validate_images(self, value: bool) -> bool:
        """Refuse what this version does not do."""
        if value:
            raise Invalid("not_supported_yet", "Exports hold no image files so far.")
        return value


class ExportSerializer(serializers.Serializer[Any]):
    """An export: of `chosen` tasks alone or of all. `done` and `total` count tasks, `url` is there
    once the file is."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Export.State.choices)
    format = serializers.ChoiceField(choices=Export.Format.choices)
    which = serializers.ChoiceField(choices=Export.Which.choices)
    chosen = serializers.BooleanField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    file_size = serializers.IntegerField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField()

    def get_url(self, export: Export) -> str | None:
        """Where the file can be had."""
        return f"/api/exports/{export.pk}/file/" if export.state == Export.State.DONE else None
