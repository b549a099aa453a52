"""J2, J3, J6, J11: requests that no client of ours sends. Each is refused by a problem with a code,
breaks nothing, and what it is answered tells nothing of the inside."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client

from apps.annotators.models import ApiToken
from apps.datasets.models import Dataset
from concord.events.models import Event
from tests.api.matrix.row import Row
from tests.api.matrix.table import ROWS
from tests.api.matrix.test_matrix import ROUTES, client_of, tried
from tests.api.matrix.world import World

BODY = json.dumps({"name": "robot", "scope": "read"})
PACKED = gzip.compress(BODY.encode(), mtime=0)


def code_of(reply: Any) -> tuple[int, str]:
    """Status and code of what must be a problem."""
    assert reply["Content-Type"] == "application/problem+json", reply.content
    return reply.status_code, reply.json()["code"]


@pytest.mark.parametrize(
    ("kind", "encoding", "body", "expected"),
    [
        ("", "", BODY, (415, "unsupported_media_type")),
        ("nonsense", "", BODY, (415, "unsupported_media_type")),
        ("text/plain", "", BODY, (415, "unsupported_media_type")),
        ("application/xml", "", "<name>robot</name>", (415, "unsupported_media_type")),
        ("application/json; charset=utf-7", "", BODY, (400, "malformed_json")),
        ("application/json; charset=utf-16", "", BODY.encode("utf-16"), (400, "malformed_json")),
        ("application/json", "", BODY.encode("utf-16"), (400, "malformed_json")),
        ("application/json; charset=no-such", "", BODY, (400, "malformed_json")),
        ("application/json", "gzip", PACKED, (400, "malformed_json")),
        ("application/json", "", "", (400, "invalid")),
        ("multipart/form-data", "", BODY, (415, "unsupported_media_type")),
    ],
)
def test_j2_a_body_that_is_no_json_is_not_read(
    kind: str, encoding: str, body: str | bytes, expected: tuple[int, str], world: World
) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    admin = client_of(world, "admin")
    before = ApiToken.objects.count()
    reply = admin.generic("POST", "/api/tokens/", body, content_type=kind, headers=headers)
    assert code_of(reply) == expected
    assert ApiToken.objects.count() == before


IDS = [
    *("0", "-1", "2147483648", "9223372036854775808", "1e3", "1%20", "0x1", "1.0", "+1", "00"),
    *("%D9%A1", "%EF%BC%91", "null", "undefined", "NaN", "*", "%00", "%ED%A0%80", "%FF", "a" * 300),
    *("..", "%2e%2e", "%2F", "1;2", "%27", "{{7*7}}", "00000000-0000-0000-0000-000000000000"),
]
NO_NAMES = {"ticket"}
"""What stands in an address and names nothing: a kept list is handed round sealed, and asking for
one that is no longer there is a 400 (tests/api/imports/test_line_thumbnails.py)."""


PLACES = {
    part: row
    for row in reversed(ROWS)
    for part in row.parameters
    if row.verb in {"GET", "DELETE"} and part[1] not in NO_NAMES
}
"""Where a thing is named, by the form and the name of that part of an address: the first route
that has it, since one function reads it for all."""


def test_j3_an_id_of_no_form_is_missing(world: World) -> None:
    """By an admin, who may see everything that there is."""
    admin = client_of(world, "admin")
    got = {
        (row.route, name, bad): code_of(tried(admin, row, world.ids | {name: bad}))
        for (_, name), row in PLACES.items()
        for bad in IDS
    }
    assert len(PLACES) > 25
    assert {place: code for place, code in got.items() if code != (404, "not_found")} == {}


def test_j3_an_id_in_capitals_is_no_second_name(world: World) -> None:
    """What holds for an address, of caches, logs and limits, holds for its only form."""
    admin = client_of(world, "admin")
    for (kind, name), row in PLACES.items():
        if kind == "uuid":
            reply = tried(admin, row, world.ids | {name: world.ids[name].upper()})
            assert reply.status_code == 404, row


@pytest.mark.parametrize("verb", ["TRACE", "PROPFIND", "G\u00c9T"])
def test_j6_a_verb_that_is_none_does_nothing(verb: str, world: World) -> None:
    admin = client_of(world, "admin")
    before = Event.objects.count(), Dataset.objects.count()
    for route, _ in ROUTES:
        reply = tried(admin, Row(verb, route.removeprefix("api/"), ""), world.ids)
        assert code_of(reply) == (405, "method_not_allowed"), route
    for path in ("/", "/login", "/healthz", "/readyz", "/api/schema/", "/api/docs/"):
        assert admin.generic(verb, path).status_code == 405, path
    assert (Event.objects.count(), Dataset.objects.count()) == before


def test_j6_asking_what_may_be_done_tells_nothing_of_what_is_there(world: World) -> None:
    clients = [client_of(world, person) for person in ("admin", "outsider")]
    for route, _ in ROUTES:
        row = Row("OPTIONS", route.removeprefix("api/"), "")
        replies = [tried(who, row, ids) for who in clients for ids in (world.ids, world.elsewhere)]
        assert len({reply.content for reply in replies}) == 1, route
        assert "Access-Control-Allow-Origin" not in replies[0]


@pytest.mark.parametrize(
    "error",
    [RuntimeError("/srv/concord/secret.py"), KeyError("SELECT password FROM annotators_user")],
)
def test_j11_what_breaks_inside_is_not_told(
    error: Exception, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("apps.datasets.api.members.MeView.get", broken)
    admin = client_of(world, "admin")
    admin.raise_request_exception = False
    reply = admin.get("/api/me/")
    assert code_of(reply) == (500, "server_error")
    for word in ("srv", "SELECT", "KeyError", "Traceback", "django", "python"):
        assert word.lower() not in reply.content.decode().lower()
        assert word.lower() not in str(reply.headers).lower()


def test_j11_no_answer_says_what_runs_here(world: World) -> None:
    client = Client()
    for path in ("/", "/api/me/", "/api/none/", "/static/none", "/_allauth/none", "/healthz"):
        reply = client.get(path)
        assert not {"Server", "X-Powered-By", "X-AspNet-Version"} & set(reply.headers), path
        assert b"Django" not in reply.getvalue()


def test_j14_the_page_about_the_api_asks_no_other_machine() -> None:
    text = Client().get("/api/docs/").content.decode()
    assert not re.search(r"https?:|<script|<img|<link", text)
    assert "POST /api/datasets/" in text
    assert text.count("<h3>") > 150
