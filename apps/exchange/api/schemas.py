"""The forms of files over HTTP, for everybody."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.exchange.domain.schemas import PUBLISHED, schema_of
from concord.errors import NotFound
from concord.http.pagination import refuse_unknown_parameters


class SchemaView(APIView):
    """What a task, a span, an option, an answer and a version is, as JSON Schema."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(responses={(200, "application/schema+json"): {"type": "object"}}, auth=[])
    def get(self, request: Request, name: str) -> Response:
        """Return a schema that needs no other; 404 for other names."""
        refuse_unknown_parameters(request, [])
        if name not in PUBLISHED:
            raise NotFound
        headers = {"Cache-Control": "public, max-age=3600"}
        return Response(schema_of(name), headers=headers, content_type="application/schema+json")
