"""The API as its document describes it, narrowed down to the things of one world.

What is made up from the bare document ends at the first unknown id. So the addresses name things
that are there, and so do half of the ids in queries and bodies, and of most bodies one field alone
is made up. Addresses that name nothing are `test_j_requests.py`'s.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode

from tests.api.matrix.row import PARAMETER as ROUTE_PARAMETER
from tests.api.matrix.table import ROWS

Json = dict[str, Any]
Operation = APIOperation[Any, Any, Any, Any]

PARAMETER = re.compile(r"\{(\w+)\}")
HEADERS = {
    "If-Match": {"enum": ['"1"', '"2"', "1"]},
    "Idempotency-Key": {"type": "string", "format": "uuid"},
}
"""Such as get past the floor, whose tests (tests/unit/concord) send the others."""
# The people are logged in already: tokens are the concern of tests/api/annotators/test_tokens.py.
CONFIG = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})


def cases_about(ids: dict[str, str]) -> list[st.SearchStrategy[Case]]:
    """Requests of every operation with these ids in its address, as described and, if anything but
    its address can be wrong, otherwise."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    _let_ids_be_known(document, ids)
    document["paths"] = {
        PARAMETER.sub(lambda found: ids.get(found[1], found[0]), path): _about(operations, ids)
        for path, operations in document["paths"].items()
    }
    working = _working_bodies(ids)
    return [
        _nearly(operation.as_strategy(generation_mode=mode), working.get(operation.label))
        for operation, mode in _with_modes(document)
    ]


def _with_modes(document: Json) -> Iterator[tuple[Operation, GenerationMode]]:
    for operation in _operations(document):
        yield operation, GenerationMode.POSITIVE
    for operation in _operations(_without_files(document)):
        demanded = any(parameter.is_required for parameter in operation.headers)
        if len(operation.query) or len(operation.body) or demanded:
            yield operation, GenerationMode.NEGATIVE


def _operations(document: Json) -> Iterator[Operation]:
    loaded = schemathesis.openapi.from_dict(document, config=CONFIG)
    return (one.ok() for one in loaded.get_all_operations())


def _without_files(document: Json) -> Json:
    """Without bodies that have files: the generator cannot tell what would be none."""
    bare = copy.deepcopy(document)
    for operations in bare["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            if content.pop("multipart/form-data", None) and not content:
                del operation["requestBody"]
    return bare


def _working_bodies(ids: dict[str, str]) -> dict[str, Json]:
    """The bodies of the authorization table, by verb and address."""
    return {
        f"{row.verb} /api/{ROUTE_PARAMETER.sub(lambda found: ids[found[2]], row.route)}": row.body
        for row in ROWS
        if isinstance(row.body, dict)
    }


@st.composite
def _nearly(draw: st.DrawFn, made_up: st.SearchStrategy[Case], working: Json | None) -> Case:
    """A case as it was made up, or with the body that works but for at most one field of it."""
    case = draw(made_up)
    if working is None or not isinstance(case.body, dict):
        return case
    fields = draw(st.sampled_from([[], *([name] for name in sorted(case.body)), sorted(case.body)]))
    whole = len(fields) > 1
    case.body = ({} if whole else working) | {name: case.body[name] for name in fields}
    return case


def _about(operations: Json, ids: dict[str, str]) -> Json:
    """The operations of one address without the parameters that now stand in it."""
    for operation in operations.values():
        given = operation.get("parameters", [])
        operation["parameters"] = [
            parameter | {"schema": HEADERS.get(parameter["name"], parameter["schema"])}
            for parameter in given
            if not (parameter["in"] == "path" and parameter["name"] in ids)
        ]
    return operations


def _let_ids_be_known(node: Any, ids: dict[str, str], name: str = "") -> None:
    """Wherever an id is asked for by the name of something that is there, let it be that one."""
    if isinstance(node, list):
        for item in node:
            _let_ids_be_known(item, ids, name)
    elif isinstance(node, dict):
        known = ids.get(name.removesuffix("s"))
        if node.get("format") == "uuid" and known:
            node["anyOf"] = [{"const": known}, {"type": node.pop("type"), "format": "uuid"}]
            del node["format"]
            return
        for key, item in node.items():
            _let_ids_be_known(item, ids, node.get("name", name) if key == "schema" else name)
        for key, item in node.get("properties", {}).items():
            _let_ids_be_known(item, ids, key)
