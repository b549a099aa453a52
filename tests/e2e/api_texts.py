"""Which fields of the API take a text of somebody's own, by its description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.generators import SchemaGenerator

Json = dict[str, Any]

PARSED = {"uuid", "date-time", "date", "binary", "uri"}
LOOKED_UP = {
    # Names of what has to be there already, or of values that the server knows; refused otherwise.
    *("accept", "base", "dataset", "into", "label", "lease", "mentions", "option", "filter"),
    *("required_labels", "remove", "time_zone", "to", "overlap", "code", "snapshot", "tie_breaker"),
    *("take", "list"),
    # Of letters and hyphens, or a bucket's name.
    *("slug", "bucket", "buckets"),
    # Somebody with a hostile one is among the people; it may not have all characters of the mark.
    "email",
    # Where a login goes on: an address of this site (tests/attacks/test_a_single_sign_on.py).
    "next",
}
UNSHOWN = {
    # Secrets, which nobody is shown again.
    *("access_key", "secret_key", "session_token", "password", "otp", "token"),
    # What is read in a list, once, and an unfinished answer, which only its author's canvas reads.
    *("url_field", "body"),
    # One character each.
    *("key", "keys"),
}


def texts() -> set[str]:
    """The names of fields of JSON bodies that take a free text, which somebody may be shown."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    found = {
        name
        for operations in document["paths"].values()
        for operation in operations.values()
        for name in _of_operation(document["components"]["schemas"], operation)
    }
    return found - LOOKED_UP


def _of_operation(schemas: Json, operation: Json) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        yield from _of(schemas, content["application/json"]["schema"], "", frozenset())


def _of(schemas: Json, schema: Json, name: str, within: frozenset[str]) -> Iterator[str]:
    """Of a schema that stands below a field of this name, inside of schemas `within`."""
    if "$ref" in schema:
        target = schema["$ref"].rpartition("/")[2]
        if target not in within:
            yield from _of(schemas, schemas[target], name, within | {target})
        return
    for choice in schema.get("oneOf", []) + schema.get("allOf", []):
        yield from _of(schemas, choice, name, within)
    for field, inner in schema.get("properties", {}).items():
        if field not in UNSHOWN:
            yield from _of(schemas, inner, field, within)
    if _is_free(schema):
        yield name
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from _of(schemas, inner, name, within)


def _is_free(schema: Json) -> bool:
    if "string" not in schema.get("type", "") and schema != {}:
        return False
    named = {"enum", "const", "pattern"} & set(schema)
    return not named and schema.get("format") not in PARSED and schema.get("maxLength") != 0


def written(body: Any, mark: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of fields of a body, and of those around them, in which `mark` stands."""
    if isinstance(body, dict):
        for name, inner in body.items():
            yield from written(inner, mark, (*above, name))
            yield from written(name, mark, above)
    elif isinstance(body, list):
        for inner in body:
            yield from written(inner, mark, above)
    elif isinstance(body, str) and mark in body:
        yield from above
