"""Exports over HTTP."""

from __future__ import annotations

import uuid
from typing import Any, BinaryIO, cast

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.exchange.access import get_export_for, named_snapshot
from apps.exchange.actions import create_export, note_download
from apps.exchange.api import serializers
from apps.exchange.domain.formats import FORMATS, ZIP, ending_of, media_type_of
from apps.exchange.domain.naming import safe_name
from apps.exchange.domain.options import ExportOptions
from apps.exchange.models import Export
from concord.errors import Conflict
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.schema import LOCATION
from concord.storage.files import store

MEDIA_TYPES = sorted({ZIP, *(form.media_type for form in FORMATS.values())})


class ExportsView(APIView):
    """The exports of a dataset."""

    @extend_schema(responses=serializers.ExportSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List exports, newest first."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.EXPORT
        )
        rows = Export.objects.filter(dataset=found)
        return page_response(request, rows, order=("-created_at", "-id"), render=_render)

    @extend_schema(
        parameters=[LOCATION],
        request=serializers.ExportRequest,
        responses={202: serializers.ExportSerializer},
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Order a file; a job writes it."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.EXPORT)
        body = serializers.ExportRequest.parse(request.data)
        name = body.pop("snapshot")
        frozen = None if name is None else named_snapshot(dataset=found, name=name)
        options = ExportOptions(**body)
        made = create_export(user=user, dataset=found, options=options, frozen=frozen)
        headers = {"Location": f"/api/exports/{made.pk}/"}
        return Response(_render(made), status=202, headers=headers)


class ExportView(APIView):
    """One export."""

    @extend_schema(responses=serializers.ExportSerializer)
    def get(self, request: Request, export_id: uuid.UUID) -> Response:
        """Show how far it is."""
        refuse_unknown_parameters(request, [])
        return Response(_render(get_export_for(user=user_of(request), export_id=export_id)))


class ExportFileView(APIView):
    """The file of an export."""

    @extend_schema(responses={(200, *MEDIA_TYPES): OpenApiTypes.BINARY})
    def get(self, request: Request, export_id: uuid.UUID) -> FileResponse:
        """Send the file; 409 `not_ready` while there is none."""
        user = user_of(request)
        export = get_export_for(user=user, export_id=export_id)
        options = export.options
        response = FileResponse(
            _open(export),
            as_attachment=True,
            filename=f"{export.dataset.slug}-{_held_by(export)}.{ending_of(options)}",
            content_type=media_type_of(options),
            headers={"Content-Length": str(export.file_size), "Cache-Control": "private, no-store"},
        )
        response["X-Content-Type-Options"] = "nosniff"
        if request.method == "GET":
            note_download(export=export, user=user)
        return response


def _held_by(export: Export) -> str:
    return safe_name(export.snapshot_name) if export.snapshot_name else export.which


def _open(export: Export) -> BinaryIO:
    if export.state != Export.State.DONE:
        raise Conflict("not_ready", "The file is not written yet.", state=export.state)
    try:
        return store().open(export.file_sha256)
    except FileNotFoundError as error:
        raise Conflict("not_ready", "The file is not kept any more; export again.") from error


def _render(export: Export) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.ExportSerializer(export).data)
