"""All of the table over HTTP: every route and verb of the API, tried by everybody.

The routes come from the URL configuration, so one that the table does not know fails here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver

from tests.api.matrix.table import OPEN, PEOPLE, ROWS, Row, Upload
from tests.api.matrix.world import World, make_world
from tests.factories import browser_of

PREFIX = "api/"
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
MISSING = {"uuid": "0190b7b0-c0de-7000-8000-00000000cafe", "str": "no-such-thing", "int": "404"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route below a resolver with its callback."""
    for item in resolver.url_patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield route, item.callback
        else:
            yield from routes(item, route)


ROUTES = [
    (route, callback)
    for route, callback in routes(get_resolver())
    if route.lstrip("^").startswith(PREFIX) and route not in OPEN
]


def verbs_of(callback: Any) -> list[str]:
    """The verbs that a view answers; a bare function is no view of the API."""
    view = callback.view_class
    return [verb for verb in VERBS if hasattr(view, verb.lower())]


def send(client: Client, row: Row, ids: dict[str, str], *, verb: str = "") -> Any:
    """Send a row's request, to the things that `ids` name."""
    path = "/" + PREFIX + PARAMETER.sub(lambda found: ids[found[2]], row.route)
    verb = verb or row.verb
    headers = {} if verb in {"GET", "HEAD"} else {"Idempotency-Key": "a key", "If-Match": '"1"'}
    if isinstance(row.body, Upload):
        file = SimpleUploadedFile(row.body.name, b"the bytes of a file")
        body, kind = encode_multipart(BOUNDARY, {row.body.field: file}), MULTIPART_CONTENT
    else:
        body, kind = "" if row.body is None else json.dumps(row.body), "application/json"
    return client.generic(verb, path, body, content_type=kind, headers=headers)


def tried(client: Client, row: Row, ids: dict[str, str], *, verb: str = "") -> Any:
    """Send a row's request and take back what it did, so that the next finds the same world."""
    with transaction.atomic():
        reply = send(client, row, ids, verb=verb)
        transaction.set_rollback(True)
    return reply


def client_of(world: World, person: str) -> Client:
    """A browser of their own for each request; they log in once, since what would end their session
    is taken back."""
    client, user = Client(), world.people[person]
    if user is not None:
        if person not in world.cookies:
            world.cookies[person] = browser_of(user).cookies
        client.cookies.update(world.cookies[person])
    return client


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_the_table_and_the_addresses_name_the_same() -> None:
    served = {
        (verb, route.removeprefix(PREFIX))
        for route, callback in ROUTES
        for verb in verbs_of(callback)
    }
    listed = [(row.verb, row.route) for row in ROWS]
    assert served == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.verb} {row.route}")
def test_everybody_gets_what_the_table_says(row: Row, world: World) -> None:
    got = {person: tried(client_of(world, person), row, world.ids) for person in PEOPLE}
    statuses = {person: reply.status_code for person, reply in got.items()}
    assert statuses == row.statuses, got["admin"].content
    for reply in got.values():
        assert reply.status_code < 400 or reply["Content-Type"] == "application/problem+json"
    gone = tried(client_of(world, "deactivated"), row, world.ids)
    assert gone.status_code == row.statuses["anonymous"]
    if row.verb == "GET":
        for person, status in row.statuses.items():
            reply = tried(client_of(world, person), row, world.ids, verb="HEAD")
            assert reply.status_code == status, person


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if PARAMETER.search(row.route)],
    ids=lambda row: f"{row.verb} {row.route}",
)
def test_foreign_looks_like_missing(row: Row, world: World) -> None:
    missing = {name: MISSING[kind or "str"] for kind, name in PARAMETER.findall(row.route)}
    for person, status in row.statuses.items():
        if status == 404:
            client = client_of(world, person)
            foreign, absent = tried(client, row, world.ids), tried(client, row, missing)
            assert (foreign.status_code, foreign.content) == (404, absent.content), person


def test_other_verbs_do_nothing(world: World) -> None:
    admin = client_of(world, "admin")
    for route, callback in ROUTES:
        for verb in set(VERBS) - set(verbs_of(callback)):
            row = Row(verb, route.removeprefix(PREFIX), "")
            assert tried(admin, row, world.ids).status_code == 405, (verb, route)


def test_a_verb_cannot_be_smuggled_in(world: World) -> None:
    row = Row("POST", "datasets/<str:dataset>/", "")
    client = client_of(world, "manager")
    path = f"/api/datasets/{world.ids['dataset']}/"
    reply = client.post(path, headers={"X-HTTP-Method-Override": "DELETE"})
    assert reply.status_code == 405
    assert tried(client, row, world.ids).status_code == 405
    assert client.get(path).status_code == 200
