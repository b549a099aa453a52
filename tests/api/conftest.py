"""Every answer that a test of the API gets, and every request that succeeds, is held against the
OpenAPI document: what it says is true."""

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from jsonschema import Draft202012Validator

Json = dict[str, Any]
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def true_document(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check what goes through the test client on its way."""
    generic = Client.generic

    def checked(client: Client, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        response = generic(client, method, path, *args, **kwargs)
        operation = _operation(response, method)
        if operation is not None:
            _check_response(operation, response)
            if 200 <= response.status_code < 300:
                _check_request(operation, *args, **kwargs)
        return response

    monkeypatch.setattr(Client, "generic", checked)
    yield


@functools.cache
def _document() -> Json:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    found: Json = json.loads(OpenApiJsonRenderer().render(schema, renderer_context={}))
    return found


def _operation(response: Any, method: str) -> Json | None:
    """The operation that answered; None where no view of the API did."""
    match = getattr(response, "resolver_match", None)
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route) if match else ""
    found: Json | None = _document()["paths"].get(path, {}).get(method.lower())
    return found


def _check_response(operation: Json, response: HttpResponse) -> None:
    name, status = operation["operationId"], str(response.status_code)
    told = operation["responses"].get(status)
    if told is None:
        assert response.status_code >= 400, f"{name} answers {status}, which it does not tell"
        assert response["Content-Type"] == PROBLEM, name
        _check(f"{name} {status}", _body({"$ref": "#/components/schemas/Problem"}), response)
        return
    content = told.get("content", {})
    if response.streaming:
        assert response["Content-Type"] in content or "image/*" in content, name
    elif "application/json" in content and response["Content-Type"].startswith("application/json"):
        _check(f"{name} {status}", _body(content["application/json"]["schema"]), response)
    elif not content and "$ref" not in told:
        assert not response.content, f"{name} {status} has a body, which it does not tell"


def _check_request(operation: Json, data: Any = b"", content_type: str = "", **_: Any) -> None:
    content = operation.get("requestBody", {}).get("content", {})
    if data and "application/json" in content and content_type.startswith("application/json"):
        schema = _body(content["application/json"]["schema"])
        _complain(operation["operationId"], schema.iter_errors(json.loads(data)))


def _check(where: str, schema: Draft202012Validator, response: HttpResponse) -> None:
    _complain(where, schema.iter_errors(json.loads(response.content)))


def _complain(where: str, errors: Any) -> None:
    found = [f"{error.json_path}: {error.message[:300]}" for error in errors]
    assert not found, f"{where} differs from the OpenAPI document:\n" + "\n".join(found)


def _body(schema: Json) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": _document()["components"]})
