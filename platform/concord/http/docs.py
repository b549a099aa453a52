"""The description of the API as a page of its own: no script of another machine runs in our pages,
and none is needed to read it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of Concord</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif }}
body {{ margin: 2rem auto; max-width: 60rem; padding: 0 1rem }}
:root {{ color-scheme: light dark }}
code {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<h1>API of Concord</h1>
<p>For programs: <a href="/api/schema/">the OpenAPI document</a>, which has every field.</p>
{}
</body>
</html>
"""


@require_safe
def docs(_request: HttpRequest) -> HttpResponse:
    """Serve the page; what it says is public, as the document is."""
    return HttpResponse(_page())


@functools.cache
def _page() -> str:
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # untyped there
    operations = [
        (operation["tags"][0], f"{verb.upper()} {path}", operation)
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
    ]
    operations.sort(key=lambda one: one[0])  # within an app as the addresses come
    apps = groupby(operations, key=lambda one: one[0])
    return format_html(PAGE, format_html_join("", "{}", ((_app(*app),) for app in apps)))


def _app(name: str, operations: Iterable[tuple[str, str, dict[str, Any]]]) -> SafeString:
    rows = format_html_join(
        "",
        "<h3><code>{}</code></h3><p>{}</p><p>Takes {}. Answers {}.</p>",
        (
            (called, said.get("description", ""), _takes(said), _answers(said))
            for _, called, said in operations
        ),
    )
    return format_html("<h2>{}</h2>{}", name.capitalize(), rows)


def _takes(operation: dict[str, Any]) -> str:
    named = [f"{one['name']} ({one['in']})" for one in operation.get("parameters", [])]
    bodies = operation.get("requestBody", {}).get("content", {})
    named += [f"{_form(body)} as {kind}" for kind, body in bodies.items()]
    return ", ".join(named) or "nothing"


def _answers(operation: dict[str, Any]) -> str:
    return ", ".join(
        " ".join([status, *map(_form, answer.get("content", {}).values())])
        for status, answer in operation["responses"].items()
        if status != "default"
    )


def _form(body: dict[str, Any]) -> str:
    """What a body is called in the document."""
    return str(body.get("schema", {}).get("$ref", "a body")).rpartition("/")[2]
