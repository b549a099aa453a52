"""B: what people may not read, asked for under every address that there is.

Who may ask for what at all is the table in tests/api/matrix; here the answers are looked into.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction

from apps.datasets.models import Role
from apps.tasks.actions.talking import open_thread
from apps.tasks.models import Gold, Task
from concord.ids import uuid7
from tests.api.matrix.row import OF_INSTANCE
from tests.api.matrix.table import ROWS
from tests.api.matrix.test_matrix import tried
from tests.api.matrix.world import ids_of
from tests.factories import add_member, browser_of, make_user
from tests.team import Team, box

pytestmark = pytest.mark.django_db

SECRET = "what reviewers say among themselves"
INSTANT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
HERS = box(123.4375, 45.8125, 20.6875, 10.5625, "stop")
"""Of numbers that nothing else has."""
ACCEPTS = {"answer": "accept", "spans": [HERS]}
REJECTS = {"answer": "reject", "spans": []}

READS = [row for row in ROWS if row.verb == "GET"]
LEAKS = (
    "created_by__password__startswith=p",
    "ordering=created_by__password",
    "order=created_by__password",
    "fields=password",
    "expand=created_by",
    "format=api",
)


def body_of(reply: Any) -> bytes:
    """What somebody reads, without the instants in it."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    return INSTANT.sub(b"", body)


@pytest.fixture
def team() -> Team:
    """Ann, Ben and Rita at work; Vera may look at what is final."""
    team = Team()
    vera = make_user("Vera")
    add_member(team.dataset, vera, Role.VIEWER)
    team.people["Vera"], team.browsers["Vera"] = vera, browser_of(vera)
    return team


@pytest.fixture
def names(team: Team) -> dict[str, str]:
    """One of each thing that has an address; what belongs to no dataset leads to nothing."""
    found = ids_of(team.dataset, manager=team.people["Olga"], reviewer=team.people["Rita"])
    return dict.fromkeys(OF_INSTANCE, str(team.dataset.id)) | found


def read_all(team: Team, who: str, names: dict[str, str]) -> dict[str, tuple[int, str, bytes]]:
    """Status, ETag and body of every address, as `who` gets them; instants are left out."""
    found = {}
    for row in READS:
        reply = tried(team.browsers[who], row, names)
        found[row.route] = (reply.status_code, reply.get("ETag", ""), body_of(reply))
    return found


def answer(team: Team, who: str, body: dict[str, Any]) -> None:
    (task,) = team.next(who)["tasks"]
    key = {"Idempotency-Key": str(uuid7())}
    reply = team.post(who, f"tasks/{task['id']}/answer/", {**body, "lease": task["lease"]}, **key)
    assert reply.status_code == 200, reply.content


@pytest.mark.parametrize("who", ["Ann", "Vera"])
def test_b8_nothing_tells_what_another_annotator_said(
    team: Team, names: dict[str, str], who: str
) -> None:
    team.next("Ann")
    team.get(who, "sessions/")  # a browser is written down when the list is first looked at
    seen = []
    for said in (ACCEPTS, REJECTS):
        with transaction.atomic():
            answer(team, "Ben", said)
            seen.append(read_all(team, who, names))
            transaction.set_rollback(True)
    assert [route for route, reply in seen[0].items() if reply != seen[1][route]] == []
    assert [route for route, (_, _, body) in seen[0].items() if b"123.4375" in body] == []


def test_b8_a_reviewer_does_see_it(team: Team, names: dict[str, str]) -> None:
    answer(team, "Ben", ACCEPTS)
    (_, _, body) = read_all(team, "Rita", names)["tasks/<uuid:task>/"]
    assert b"123.4375" in body


@pytest.mark.parametrize("who", ["Ann", "Vera", "Zoe"])
def test_b9_nobody_but_who_leads_learns_an_address(
    team: Team, names: dict[str, str], who: str
) -> None:
    answer(team, "Ben", ACCEPTS)
    answer(team, "Ann", ACCEPTS)
    others = [person.email.encode() for name, person in team.people.items() if name != who]
    for route, (_, _, body) in read_all(team, who, names).items():
        assert [email for email in others if email in body] == [], route


def test_b10_an_annotator_finds_neither_gold_nor_what_reviewers_say(
    team: Team, names: dict[str, str]
) -> None:
    task = Task.objects.get(pk=names["task"])
    Gold.objects.create(
        task=task,
        dataset=team.dataset,
        truth={"answer": "accept", "spans": [HERS], "accept": [], "attributes": {}},
        made_by=team.people["Rita"],
    )
    team.next("Ann")
    open_thread(user=team.people["Rita"], task=task, text=SECRET, reviewing=True)
    for route, (_, _, body) in read_all(team, "Ann", names).items():
        assert b"123.4375" not in body, route
        assert SECRET.encode() not in body, route


def test_b12_no_parameter_reaches_into_other_tables(team: Team, names: dict[str, str]) -> None:
    olga = team.browsers["Olga"]
    for row in READS:
        plain = tried(olga, row, names)
        if plain.status_code != 200:
            continue
        text = body_of(plain)
        for leak in LEAKS:
            asked = tried(olga, row, names, query=f"?{leak}")
            if asked.status_code == 400:
                codes = {"unknown_parameter", "bad_order", "bad_format"}
                assert asked.json()["code"] in codes
            else:
                assert (asked.status_code, body_of(asked)) == (plain.status_code, text), (row, leak)
