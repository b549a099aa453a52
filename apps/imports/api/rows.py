"""The rows of an import over HTTP: page by page, by reason, and as lists to correct."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.imports import queries
from apps.imports.access import get_import_for
from apps.imports.api import serializers
from apps.imports.domain.corrections import table_of, tasks_of
from apps.imports.models import Import, ImportRow, RowState
from concord.errors import Conflict, Invalid
from concord.http.pagination import page_response, refuse_unknown_parameters

ORDERS = {"line": ("line", "item"), "-line": ("-line", "-item")}
FILTERS = ("state", "code", "search", "order")
LONGEST_TEXT = 200


class RowsView(APIView):
    """The rows of an import."""

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, enum=RowState.values),
            OpenApiParameter("code", str, description="Only rows that ended with this code."),
            OpenApiParameter("search", str, description="Part of an address or of a reason."),
            OpenApiParameter("order", str, enum=[*ORDERS]),
        ],
        responses=serializers.ImportRowSerializer(many=True),
    )
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """List rows by line, all or some."""
        found = get_import_for(user=user_of(request), import_id=import_id)
        state = _choice(request, "state", RowState.values)
        rows = queries.rows_of(
            found,
            state=RowState(state) if state else None,
            code=_text(request, "code"),
            search=_text(request, "search"),
        )
        order = _choice(request, "order", [*ORDERS]) or "line"
        return page_response(request, rows, order=ORDERS[order], render=_render, filters=FILTERS)


class FailuresView(APIView):
    """Why rows of an import failed."""

    @extend_schema(responses=serializers.FailuresSerializer)
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """Count failed rows by reason."""
        refuse_unknown_parameters(request, [])
        found = get_import_for(user=user_of(request), import_id=import_id)
        files = ["csv", "jsonl"] if queries.fits_a_table(found) else ["jsonl"]
        results = queries.failures_of(found)
        shown = serializers.FailuresSerializer({"results": results, "files": files})
        return Response(shown.data)


class FailedTableView(APIView):
    """The failed rows of an import as a table."""

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, import_id: uuid.UUID) -> StreamingHttpResponse:
        """Send the rows as CSV, to be corrected and imported again; 409 `not_a_table` where that
        would lose something."""
        found = get_import_for(user=user_of(request), import_id=import_id)
        if not queries.fits_a_table(found):
            reason = "The list said more of these lines than a table can hold; take the JSON lines."
            raise Conflict("not_a_table", reason)
        table = table_of(queries.failed_lines(found), columns=queries.meta_columns(found))
        return _file(found, table, ending="csv", media_type="text/csv")


class FailedTasksView(APIView):
    """The failed rows of an import as tasks."""

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY})
    def get(self, request: Request, import_id: uuid.UUID) -> StreamingHttpResponse:
        """Send the rows as JSON lines, to be corrected and imported again."""
        found = get_import_for(user=user_of(request), import_id=import_id)
        tasks = tasks_of(queries.failed_lines(found))
        return _file(found, tasks, ending="jsonl", media_type="application/x-ndjson")


def _file(
    found: Import, parts: Iterable[str], *, ending: str, media_type: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse((part.encode() for part in parts), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="failed-{found.pk}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _choice(request: Request, name: str, known: Sequence[str]) -> str:
    text = request.query_params.get(name, "")
    if text and text not in known:
        raise Invalid(f"bad_{name}", f"{name} must be one of {', '.join(known)}.")
    return text


def _text(request: Request, name: str) -> str:
    text = request.query_params.get(name, "").strip()
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise Invalid(f"bad_{name}", f"{name} must be a text of at most {LONGEST_TEXT} characters.")
    return text


def _render(row: ImportRow) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.ImportRowSerializer(row).data)
