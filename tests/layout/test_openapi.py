"""The OpenAPI document is whole: built without a warning, and no route of the API is missing."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
NOT_DESCRIBED = {"schema", "docs", "no_such_route"}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The document as `make api` builds it; a warning fails."""
    file = tmp_path_factory.mktemp("openapi") / "openapi.json"
    command = [sys.executable, "manage.py", "spectacular", "--format", "openapi-json"]
    built = subprocess.run(
        [*command, "--file", file, "--validate", "--fail-on-warn"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern


def test_every_route_and_verb_of_the_api_is_described(document: dict[str, Any]) -> None:
    served = {
        ("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), method)
        for route, pattern in routes(get_resolver().url_patterns)
        if route.startswith("api/") and pattern.name not in NOT_DESCRIBED
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
    }
    assert {(path, method) for path, method, _ in operations(document)} == served


def test_every_operation_answers_its_errors_with_a_problem(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        answer = operation["responses"]["default"]
        assert answer == {"$ref": "#/components/responses/Problem"}, (method, path)
    problem = document["components"]["responses"]["Problem"]
    assert list(problem["content"]) == ["application/problem+json"]


def test_what_is_sent_once_and_what_is_sent_on_a_version_say_so(document: dict[str, Any]) -> None:
    required = {
        (operation["operationId"], given["name"])
        for _, _, operation in operations(document)
        for given in operation.get("parameters", [])
        if given["in"] == "header" and given.get("required")
    }
    assert required == {
        ("post_task_answer", "Idempotency-Key"),
        ("post_imports", "Idempotency-Key"),
        ("post_task_threads", "Idempotency-Key"),
        ("post_comments", "Idempotency-Key"),
        ("post_disagree", "Idempotency-Key"),
        ("post_image_files", "Idempotency-Key"),
        ("post_image_replacement", "Idempotency-Key"),
        ("post_review_bulk", "Idempotency-Key"),
        ("post_acts", "Idempotency-Key"),
        ("patch_dataset", "If-Match"),
        ("post_guidelines", "If-Match"),
        ("post_task_decisions", "If-Match"),
    }


def test_every_list_is_a_page(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            for body in answer.get("content", {}).values():
                assert body["schema"].get("type") != "array", (method, path, status)
    pages = {name for name in schemas if name.endswith("Page")}
    assert "DatasetPage" in pages
    for name in pages:
        assert {"next", "previous", "results"} <= set(schemas[name]["required"]), name
