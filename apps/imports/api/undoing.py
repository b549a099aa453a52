"""Undoing an import over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.imports import queries
from apps.imports.access import get_import_for
from apps.imports.actions.undoing import undo_import
from apps.imports.api.serializers import ImportSerializer
from apps.imports.models import ImportState
from concord.http.pagination import refuse_unknown_parameters


class KeptSerializer(serializers.Serializer[Any]):
    """How many images stay. `answered`: they have answers. `begun`: somebody has them on the page,
    or left a draft. `noted`: somebody flagged them, or said why they skipped. `in_use`: they are
    in groups, or another import names them as well."""

    answered = serializers.IntegerField()
    begun = serializers.IntegerField()
    noted = serializers.IntegerField()
    in_use = serializers.IntegerField()


class UndoProgressSerializer(serializers.Serializer[Any]):
    """How many images have been gone through; `total` is null before the work has begun."""

    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)


class UndoForecastSerializer(serializers.Serializer[Any]):
    """How many images would go, or groups where people pick among images, and how many stay."""

    gone = serializers.IntegerField()
    kept = KeptSerializer(source="*")


class UndoSerializer(serializers.Serializer[Any]):
    """What undoing an import would do now, null while it is being undone. `progress` is that of the
    last undo, null if there was none."""

    forecast = UndoForecastSerializer(allow_null=True)
    progress = UndoProgressSerializer(allow_null=True)


class UndoView(APIView):
    """Taking out again what an import brought."""

    @extend_schema(responses=UndoSerializer)
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """Count what would go and what would stay; nothing is changed."""
        refuse_unknown_parameters(request, [])
        found = get_import_for(user=user_of(request), import_id=import_id)
        # Whoever asks how far it is asks often, and the forecast goes through all lines.
        under_way = found.state == ImportState.UNDOING
        told = {
            "forecast": None if under_way else queries.undo_forecast(found),
            "progress": queries.undo_progress(found),
        }
        return Response(UndoSerializer(told).data)

    @extend_schema(request=None, responses={202: ImportSerializer})
    def post(self, request: Request, import_id: uuid.UUID) -> Response:
        """Have a job take out the images that nobody has worked on, with their tasks; 409
        `import_running` for one that is not over. A paused one is cancelled."""
        user = user_of(request)
        found = get_import_for(user=user, import_id=import_id)
        undo_import(found=found, actor=user)
        shown = get_import_for(user=user, import_id=import_id)
        return Response(ImportSerializer(shown).data, status=202)
