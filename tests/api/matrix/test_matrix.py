"""All of the table over HTTP: every route and verb of the API, tried by everybody.

The routes come from the URL configuration, so one that the table does not know fails here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver

from apps.datasets.models import Membership
from tests.api.matrix.row import (
    OF_DATASET,
    OF_INSTANCE,
    OPEN,
    PARAMETER,
    PEOPLE,
    PERSONAL,
    Row,
    Upload,
    by_person,
)
from tests.api.matrix.table import ROWS
from tests.api.matrix.world import World, make_world
from tests.factories import browser_of

PREFIX = "api/"
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
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


def send(client: Client, row: Row, ids: dict[str, str], *, verb: str = "", query: str = "") -> Any:
    """Send a row's request, to the things that `ids` name."""
    path = "/" + PREFIX + PARAMETER.sub(lambda found: ids[found[2]], row.route) + query
    verb = verb or row.verb
    headers = {} if verb in {"GET", "HEAD"} else {"Idempotency-Key": "a key", "If-Match": '"1"'}
    if isinstance(row.body, Upload):
        file = SimpleUploadedFile(row.body.name, b"the bytes of a file")
        body, kind = encode_multipart(BOUNDARY, {row.body.field: file}), MULTIPART_CONTENT
    else:
        body, kind = "" if row.body is None else json.dumps(row.body), "application/json"
    return client.generic(verb, path, body, content_type=kind, headers=headers)


def tried(client: Client, row: Row, ids: dict[str, str], *, verb: str = "", query: str = "") -> Any:
    """Send a row's request and take back what it did, so that the next finds the same world."""
    with transaction.atomic():
        reply = send(client, row, ids, verb=verb, query=query)
        transaction.set_rollback(True)
    return reply


def unknown_to(person: str, row: Row) -> int:
    """The status for what does not exist: 404, unless nobody but an admin, or nobody unknown, gets
    as far as asking for it."""
    status = row.statuses[person]
    early = status == 401 or (status == 403 and row.statuses["outsider"] == 403)
    return status if early else 404


def client_of(world: World, person: str) -> Client:
    """A browser of their own for each request; they log in once, since what would end their session
    is taken back."""
    client, user = Client(), world.people[person]
    if user is not None:
        if person not in world.cookies:
            browser = browser_of(user)
            browser.get("/api/sessions/")  # writes down from where it is used, once
            world.cookies[person] = browser.cookies
        client.cookies.update(world.cookies[person])
    return client


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all: `tried` takes back what each request does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def each(rows: Iterable[Row]) -> Any:
    """A test for each of some rows."""
    return pytest.mark.parametrize("row", list(rows), ids=lambda row: f"{row.verb} {row.route}")


def test_the_table_and_the_addresses_name_the_same() -> None:
    served = {
        (verb, route.removeprefix(PREFIX))
        for route, callback in ROUTES
        for verb in verbs_of(callback)
    }
    listed = [(row.verb, row.route) for row in ROWS]
    assert served == set(listed)
    assert len(listed) == len(set(listed))


def test_the_table_knows_what_every_address_names() -> None:
    named = {name for row in ROWS for _, name in row.parameters}
    assert named == OF_DATASET | OF_INSTANCE
    personal = [row for row in ROWS if PERSONAL & {name for _, name in row.parameters}]
    assert [row for row in ROWS if row.mine] == personal


@each(ROWS)
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


@each(row for row in ROWS if row.mine)
def test_what_is_their_own_is_theirs_as_far_as_their_role_goes(row: Row, world: World) -> None:
    got = {
        person: tried(client_of(world, person), row, world.ids | world.own.get(person, {}))
        for person in PEOPLE
    }
    assert {person: reply.status_code for person, reply in got.items()} == by_person(row.mine)


@each(row for row in ROWS if row.parameters)
def test_foreign_and_deleted_look_like_missing(row: Row, world: World) -> None:
    missing = {name: MISSING[kind] for kind, name in row.parameters}
    deleted = by_person(row.deleted) if row.deleted else {}
    for person, status in row.statuses.items():
        client = client_of(world, person)
        absent = tried(client, row, missing)
        assert absent.status_code == unknown_to(person, row), person
        if not row.of_dataset:
            if status == 404:
                assert tried(client, row, world.ids).content == absent.content, person
            continue
        foreign, gone = tried(client, row, world.elsewhere), tried(client, row, world.deleted)
        if person == "admin":
            assert foreign.status_code == status
        else:
            assert (foreign.status_code, foreign.content) == (
                absent.status_code,
                absent.content,
            ), person
        if deleted.get(person, 404) in {401, 404}:
            assert (gone.status_code, gone.content) == (absent.status_code, absent.content), person
        else:
            assert gone.status_code == deleted[person], person


# A number is no name of a thing: version 1 of a guideline is that of my dataset, whoever asks.
@each(row for row in ROWS if row.of_dataset and [k for k, _ in row.parameters if k != "int"][1:])
def test_a_foreign_thing_under_my_own_looks_like_missing(row: Row, world: World) -> None:
    _, above = row.parameters[0]
    mine = {above: world.ids[above]}
    missing = {name: MISSING[kind] for kind, name in row.parameters} | mine
    for person, status in row.statuses.items():
        client = client_of(world, person)
        foreign, absent = (tried(client, row, ids) for ids in (world.elsewhere | mine, missing))
        assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
        refused = 400 <= status < 404
        assert foreign.status_code == (status if refused else 404), person


@each(row for row in ROWS if row.of_dataset)
def test_who_loses_a_role_loses_it_with_the_next_request(row: Row, world: World) -> None:
    dataset = world.ids["dataset"]
    for person in ("viewer", "annotator", "reviewer", "manager"):
        client, user = client_of(world, person), world.people[person]
        with transaction.atomic():
            Membership.objects.filter(dataset=dataset, user=user).delete()
            assert tried(client, row, world.ids).status_code == row.statuses["outsider"], person
            transaction.set_rollback(True)


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
