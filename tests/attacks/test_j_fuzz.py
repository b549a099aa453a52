"""J1: requests of every operation that the API describes, within its description and beside it, by
everybody: never a 5xx, and every answer is as described.

A request is made up once and sent by each person in turn; what it did is taken back, so that the
next finds the same world.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from requests import Request
from schemathesis import Case, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.matrix.world import World
from tests.attacks.described import cases_about
from tests.factories import browser_of
from tests.forms import LONG

CASES = 20_000 if LONG else 300
"""How many requests each person makes at least."""
IN_A_ROW = 50 if LONG else 1
"""How many of them are like one another: the first of them is always the plainest."""
AS_THEY_COME = settings(
    max_examples=IN_A_ROW,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PEOPLE = ("anonymous", "annotator", "reviewer", "manager", "admin")
SAFE = ("GET", "HEAD")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.timeout(7200 if LONG else 600)
def test_j1_no_request_breaks_the_server(world: World) -> None:
    browsers = {person: browser(world, person) for person in PEOPLE}
    tried: Counter[tuple[str, int]] = Counter()
    found: dict[str, str] = {}
    strategies = cases_about(world.ids | {"name": "task"})
    for place, cases in enumerate(itertools.cycle(strategies)):
        if place % len(strategies) == 0 and sum(tried.values()) >= CASES * len(PEOPLE):
            break

        @seed(place)
        @AS_THEY_COME
        @given(case=cases)
        def send(case: Case) -> None:
            for person, client in browsers.items():
                response = answer_to(case, client, own_ids(world, person))
                tried[person, response.status_code] += 1
                found.update(faults(case, response))

        send()
    print(sorted(tried.items()))
    assert not found, "\n\n".join(found.values())


def browser(world: World, person: str) -> Client:
    """Somebody's; what the server fails of is an answer here."""
    user = world.people[person]
    client = Client() if user is None else browser_of(user)
    client.raise_request_exception = False
    return client


def own_ids(world: World, person: str) -> dict[str, str]:
    """What stands in addresses for what is somebody's own, by what does for another's.

    A session has a number, which may stand for a version elsewhere.
    """
    own = world.own.get(person, {})
    return {world.ids[name]: mine for name, mine in own.items() if name != "session"}


def answer_to(case: Case, client: Client, own: dict[str, str]) -> Response:
    """What the server says to it, about the sender's own things; what it did is taken back."""
    request = Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    headers = dict(request.headers)
    path = "/".join(own.get(part, part) for part in request.path_url.split("/"))
    with transaction.atomic():
        reply = client.generic(
            case.method,
            path,
            request.body or b"",
            content_type=headers.pop("Content-Type", ""),
            headers=headers,
        )
        content = b"".join(reply.streaming_content) if reply.streaming else reply.content
        if case.method not in SAFE:
            connection.check_constraints()  # what a commit would find
        transaction.set_rollback(True)
    return Response(
        status_code=reply.status_code,
        headers={name.lower(): [value] for name, value in reply.items()},
        content=content,
        request=request,
        elapsed=0.0,
        verify=False,
    )


def faults(case: Case, response: Response) -> Iterator[tuple[str, str]]:
    """What is wrong with an answer: once by kind, with the request to send again."""
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        for fault in group.exceptions:
            kind = f"{case.operation.label} {response.status_code} {type(fault).__name__}"
            yield kind, f"{kind}: {fault}\n{case.as_curl_command()}"
