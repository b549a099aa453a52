"""The forms of model servers and of their runs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.assist.actions.servers import Tried
from apps.assist.models import ModelServer, PredictionRun
from concord.http.serializers import StrictSerializer

MOST_LABELS = 1000
MOST_AT_ONCE = 64


class RunRequest(StrictSerializer):
    """In what a run is to differ from what is kept with its server."""

    threshold = serializers.FloatField(required=False, min_value=0, max_value=1)
    batch = serializers.IntegerField(required=False, min_value=1, max_value=MOST_AT_ONCE)
    version = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ServerRequest(RunRequest):
    """A server to ask. `token` is sent as a bearer token and never read back; left out in a change,
    it stays as it is, and empty it goes."""

    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=ModelServer.Kind.choices)
    url = serializers.CharField(max_length=2000)
    model = serializers.CharField(max_length=100, required=False, allow_blank=True)
    labels = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=MOST_LABELS
    )
    token = serializers.CharField(
        required=False, allow_blank=True, max_length=4000, write_only=True
    )


class ServerChange(ServerRequest):
    """What is to be different."""

    name = serializers.CharField(max_length=100, required=False)
    kind = serializers.ChoiceField(choices=ModelServer.Kind.choices, required=False)
    url = serializers.CharField(max_length=2000, required=False)


class RunErrorSerializer(serializers.Serializer[Any]):
    """Why a run waits or has failed, and what to do."""

    code = serializers.CharField()
    detail = serializers.CharField()


class RunSerializer(serializers.ModelSerializer[PredictionRun]):
    """How far a run is. `left_out` are those of which nothing could be kept, `reasons` a few of
    why; `error` says why it waits or has failed."""

    error = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = PredictionRun
        fields = (
            *("id", "server", "state", "threshold", "batch", "version", "total", "done"),
            *("predicted", "left_out", "reasons", "error", "created_at", "finished_at"),
        )
        read_only_fields = fields

    @extend_schema_field(RunErrorSerializer(allow_null=True))
    def get_error(self, run: PredictionRun) -> dict[str, str] | None:
        if not run.error_code:
            return None
        return {"code": run.error_code, "detail": run.error_detail}


class ServerSerializer(serializers.ModelSerializer[ModelServer]):
    """A server as it is kept, without its token, and its last run."""

    labels = serializers.ListField(child=serializers.CharField())
    has_token = serializers.SerializerMethodField()
    last_run = serializers.SerializerMethodField()

    class Meta:
        model = ModelServer
        fields = (
            *("id", "name", "kind", "url", "model", "version", "labels", "threshold", "batch"),
            *("has_token", "created_at", "last_run"),
        )

    def get_has_token(self, server: ModelServer) -> bool:
        return bool(server.token)

    @extend_schema_field(RunSerializer(allow_null=True))
    def get_last_run(self, server: ModelServer) -> dict[str, Any] | None:
        # Run ids rise with time; there are few runs of a server, and few servers.
        run = server.runs.order_by("-id").first()
        return None if run is None else dict(RunSerializer(run).data)


class TriedSerializer(serializers.Serializer[Any]):
    """Whether a server answers: what it is, or what is wrong and what to do."""

    works = serializers.BooleanField()
    model = serializers.CharField()
    version = serializers.CharField()
    labels = serializers.ListField(child=serializers.CharField())
    code = serializers.CharField()
    detail = serializers.CharField()


def render_tried(tried: Tried) -> dict[str, Any]:
    """Return what trying a server showed."""
    said = tried.described
    return {
        "works": said is not None,
        "model": said.model if said else "",
        "version": said.version if said else "",
        "labels": list(said.labels) if said else [],
        "code": tried.code,
        "detail": tried.detail,
    }
