"""The report of an import: how its list was read, and what came of it."""

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
from apps.imports.api.serializers import EncodingField, FormatField, ImportSerializer
from apps.imports.api.summaries import ListWarningSerializer, SummarySerializer
from apps.imports.models import Import
from apps.imports.options import Options
from concord.http.pagination import refuse_unknown_parameters


class ReadReportSerializer(serializers.Serializer[Any]):
    """How a list was read: its `columns` or keys, of which `url_field` held the address, what its
    lines said and who, and what was odd. Whoever it named was matched or not when it was read."""

    format = FormatField()
    encoding = EncodingField()
    columns = serializers.ListField(child=serializers.CharField())
    url_field = serializers.CharField(allow_blank=True)
    lines = serializers.IntegerField()
    summary = SummarySerializer()
    warnings = ListWarningSerializer(many=True)


class RefusedSerializer(serializers.Serializer[Any]):
    """One reason for which lines failed, whether in reading or later, and the first of them."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    line = serializers.IntegerField()
    reason = serializers.CharField()


class ImportReportSerializer(serializers.Serializer[Any]):
    """What was done with a list. `read` is null while it is being read, where there was none, and
    for imports of versions that kept no report; `options` are those that were chosen."""

    options = serializers.DictField()
    read = ReadReportSerializer(allow_null=True)
    refused = RefusedSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `import`, which cannot be written as the others: it is a word of the language."""
        return {"import": ImportSerializer(), **super().get_fields()}


class ReportView(APIView):
    """What was read, mapped, warned of and refused."""

    @extend_schema(responses=ImportReportSerializer)
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """Tell how the list of an import was read and what came of it; a browser saves it."""
        refuse_unknown_parameters(request, [])
        found = get_import_for(user=user_of(request), import_id=import_id)
        name = f'attachment; filename="import-{found.pk}.json"'
        data = ImportReportSerializer(_facts(found)).data
        return Response(data, headers={"Content-Disposition": name})


def _facts(found: Import) -> dict[str, Any]:
    return {
        "import": found,
        "options": Options.of(found).told(),
        "read": found.report,
        "refused": queries.failures_of(found),
    }
