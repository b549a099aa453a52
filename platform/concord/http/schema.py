"""The OpenAPI document: what all operations have in common, said once.

Every list is a page and every error a problem; an operation is named after its verb and the name
of its address (`post_task_answer`) and filed under its app.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.urls import resolve
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from concord.http.pagination import DEFAULT_LIMIT, MAX_LIMIT
from concord.http.problem import CONTENT_TYPE
from concord.http.serializers import StrictSerializer

Json = dict[str, Any]

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='The version that the change is based on, in quotes: `"3"`. Without it 428.',
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what the caller has; 304 if it is still the same.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="A new UUID for every deed: the same key and body gets the first answer again, "
    "another body 422, and 409 while the first request is still being served.",
)
OPTIONAL_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="With one, the same key and body gets the first answer again, another body 422.",
)
ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The version, as If-Match or If-None-Match take it.",
)
LOCATION = OpenApiParameter(
    "Location",
    str,
    OpenApiParameter.HEADER,
    response=[201, 202],
    description="Where it can be followed.",
)
PAGE_PARAMETERS = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        OpenApiParameter.QUERY,
    ),
    OpenApiParameter("cursor", {"type": "string"}, OpenApiParameter.QUERY),
]

PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457); `code` is stable, and codes may carry more.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "description": "By field, what is wrong with it."},
    },
    "required": ["type", "title", "status", "code", "detail"],
    "additionalProperties": True,
}
STALE: Json = {
    "description": "The object changed since it was read; nothing was written.",
    "allOf": [
        {"$ref": "#/components/schemas/Problem"},
        {
            "type": "object",
            "properties": {
                "current": {"type": "object", "description": "The object as it now is."},
                "diff": {"type": "object", "description": "Per field, what was and what is."},
            },
            "required": ["current", "diff"],
        },
    ],
}


class ApiSchema(AutoSchema):
    """Describes one operation from its view."""

    def get_operation_id(self) -> str:
        """The verb and the name of the address, which is unique in all URL configurations."""
        somewhere = re.sub(r"\{\w+\}", str(UUID(int=0)), self.path)
        return f"{self.method.lower()}_{resolve(somewhere).url_name}"

    def get_tags(self) -> list[str]:
        """The app that the view belongs to."""
        return [type(self.view).__module__.split(".")[1]]

    def get_paginated_name(self, serializer_name: str) -> str:
        """What a page of something is called."""
        return f"{serializer_name}Page"

    def _get_paginator(self) -> Pages:
        return Pages()

    def _get_serializer_name(
        self, serializer: Any, direction: str, bypass_extensions: bool = False
    ) -> str:
        name: str = super()._get_serializer_name(serializer, direction, bypass_extensions)
        return name.removesuffix("Request") if name.endswith("RequestRequest") else name

    def _map_serializer(
        self, serializer: Any, direction: str, bypass_extensions: bool = False
    ) -> Json:
        schema: Json = super()._map_serializer(  # type: ignore[no-untyped-call]  # untyped there
            serializer, direction, bypass_extensions
        )
        if isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
        return schema


class Pages:
    """What drf-spectacular asks of a paginator, for `concord.http.pagination`."""

    def get_schema_operation_parameters(self, _view: object) -> list[Json]:
        """The parameters of every list."""
        return [
            {"name": part.name, "in": part.location, "schema": part.type}
            for part in PAGE_PARAMETERS
        ]

    def get_paginated_response_schema(self, rows: Json) -> Json:
        """The envelope of every list."""
        link = {"type": ["string", "null"], "description": "Path and query of that page."}
        return {
            "type": "object",
            "properties": {"next": link, "previous": link, "results": rows},
            "required": ["next", "previous", "results"],
        }


def add_problems(result: Json, generator: object, **_: object) -> Json:  # noqa: ARG001 (the hook's signature)
    """drf-spectacular's hook: give every operation its error answers."""
    components = result["components"]
    components["schemas"] |= {"Problem": PROBLEM, "StaleProblem": STALE}
    components["responses"] = {
        "Problem": _answer("The error, by its code.", "Problem"),
        "StaleProblem": _answer("Out of date.", "StaleProblem"),
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            answers["default"] = {"$ref": "#/components/responses/Problem"}
            if any(given["name"] == "If-Match" for given in operation.get("parameters", [])):
                answers["412"] = {"$ref": "#/components/responses/StaleProblem"}
    return result


def _answer(description: str, schema: str) -> Json:
    content = {CONTENT_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
