"""B: what people may not write: things of other datasets, fields that are not theirs, roles above
their own.

Whether somebody may write at all is the table in tests/api/matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from apps.annotators.actions.invitations import invite
from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership, Role
from apps.imports.models import Connection
from apps.tasks.models import Answer, Task
from tests.api.matrix.row import PARAMETER, Row
from tests.api.matrix.table import ROWS
from tests.api.matrix.test_matrix import client_of, tried
from tests.api.matrix.world import make_world
from tests.factories import browser_of, make_dataset, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

THEIRS = {
    "id": "0190b7b0-c0de-7000-8000-00000000cafe",
    "is_staff": True,
    "is_admin": True,
    "is_active": True,
    "user": "0190b7b0-c0de-7000-8000-00000000cafe",
    "created_by": "0190b7b0-c0de-7000-8000-00000000cafe",
    "dataset": "0190b7b0-c0de-7000-8000-00000000cafe",
    "role": "manager",
    "version": 99,
    "config_version": 99,
    "lease_token": "0190b7b0-c0de-7000-8000-00000000cafe",
    "state": "final",
    "score": 1e9,
    "merged_into": "0190b7b0-c0de-7000-8000-00000000cafe",
    "password": "let me in by this",
}
"""What rows have and no request may set, but where its form names it."""


def test_b7_a_form_takes_nothing_that_it_does_not_name() -> None:
    world, forms = make_world(), 0
    for row in ROWS:
        if isinstance(row.body, Mapping) and row.body:
            extra = {name: value for name, value in THEIRS.items() if name not in fields_of(row)}
            reply = tried(client_of(world, sender(row)), with_body(row, extra), world.ids)
            assert reply.status_code in {400, 404}, (row, reply.content)
            if reply.status_code == 400:
                assert extra.keys() <= reply.json()["errors"].keys(), row
                forms += 1
    assert forms > 40


def with_body(row: Row, extra: Mapping[str, Any]) -> Row:
    return Row(row.verb, row.route, "", {**row.body, **extra})


def sender(row: Row) -> str:
    """Somebody who may do it."""
    return max(row.statuses, key=lambda person: row.statuses[person] not in {401, 403, 404})


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def fields_of(row: Row) -> set[str]:
    """What a form names, by the OpenAPI document."""
    path = "/api/" + PARAMETER.sub(lambda found: "{" + found[2] + "}", row.route)
    content = document()["paths"][path][row.verb.lower()]["requestBody"]["content"]
    form = content["application/json"]["schema"]
    if "$ref" in form:
        form = document()["components"]["schemas"][form["$ref"].rpartition("/")[2]]
    return set(form["properties"])


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    return team


@pytest.fixture
def elsewhere() -> Dataset:
    """A dataset of a stranger, with a label of its own and one task."""
    dataset = make_dataset(owner=make_user("Sam"), name="Elsewhere", labels=("secret",))
    make_task(dataset)
    return dataset


def test_b4_a_label_of_another_dataset_is_none_here(team: Team, elsewhere: Dataset) -> None:
    (task,) = team.next("Ann")["tasks"]
    for label in ("secret", str(elsewhere.labels.get().id)):
        reply = team.post(
            "Ann",
            f"tasks/{task['id']}/answer/",
            {"answer": "accept", "spans": [box(1, 1, 9, 9, label)], "lease": task["lease"]},
            **{"Idempotency-Key": label},
        )
        assert (reply.status_code, reply.json()["code"]) == (400, "invalid_spans")
    assert not Answer.objects.filter(head__isnull=False).exists()


def test_b4_a_connection_that_was_not_granted_is_none(team: Team) -> None:
    connection = Connection.objects.create(
        name="theirs", endpoint="http://127.0.0.1:1", buckets=["b"], created_by=make_user("Ada")
    )
    for named in ("theirs", str(connection.id)):
        reply = team.post(
            "Olga",
            f"datasets/{team.dataset.slug}/imports/",
            {"urls": ["s3://b/a.jpg"], "connection": named},
            **{"Idempotency-Key": named},
        )
        assert reply.status_code == 400, reply.content


def test_b4_a_decision_about_a_foreign_conflict_is_none(team: Team) -> None:
    both_answer(team, [box(1, 1, 9, 9, "stop")], [box(1, 1, 9, 9, "yield")])
    (task,) = team.review()["tasks"]
    reply = team.decide(task, {"conflict": THEIRS["id"], "action": "accept"})
    assert reply.status_code == 400, reply.content


def test_b4_a_foreign_task_gets_no_prediction(team: Team, elsewhere: Dataset) -> None:
    theirs = Task.objects.get(dataset=elsewhere)
    reply = team.post(
        "Olga",
        f"datasets/{team.dataset.slug}/predictions/",
        {"model": "m", "predictions": [{"task": str(theirs.pk), "spans": []}]},
    )
    assert reply.status_code == 400 or reply.json()["accepted"] == 0, reply.content
    assert not theirs.suggestions.exists()


def test_b11_nobody_reviews_their_own_answer(team: Team) -> None:
    (task,) = team.next("Rita")["tasks"]
    assert team.answer("Rita", task, box(1, 1, 9, 9, "stop")).status_code == 200
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, box(1, 1, 9, 9, "yield")).status_code == 200
    assert team.review("Rita")["tasks"] == []
    assert len(team.review("Olga")["tasks"]) == 1


def test_b17_the_last_admin_and_the_last_manager_stay(team: Team) -> None:
    ada = make_user("Ada", is_admin=True)
    browser = browser_of(ada)
    for change in ({"is_admin": False}, {"is_active": False}):
        reply = browser.patch(f"/api/users/{ada.pk}/", change, content_type="application/json")
        assert (reply.status_code, reply.json()["code"]) == (409, "last_admin")
    path = f"/api/datasets/{team.dataset.slug}/members/{team.people['Olga'].pk}/"
    left = team.browsers["Olga"].delete(path)
    lowered = team.browsers["Olga"].patch(path, {"role": "viewer"}, content_type="application/json")
    assert [left.json()["code"], lowered.json()["code"]] == ["last_manager", "last_manager"]
    ada.refresh_from_db()
    assert (ada.is_admin, ada.is_active) == (True, True)


def test_b19_an_invitation_gives_what_it_was_made_for(team: Team) -> None:
    team.post(
        "Olga",
        f"datasets/{team.dataset.slug}/members/",
        {"email": "new@example.org", "role": "viewer"},
    )
    _, url = invite(email="new@example.org", actor=team.people["Olga"])
    path = f"/api/invitations/{url.rpartition('/')[2]}/accept/"
    person = {"name": "New", "password": "correct horse battery"}
    for more in ({"role": "manager"}, {"is_admin": True}, {"email": "olga@example.org"}):
        reply = Client().post(path, {**person, **more}, content_type="application/json")
        assert reply.status_code == 400, more
    assert Client().post(path, person, content_type="application/json").status_code == 201
    user = User.objects.get(email="new@example.org")
    assert (user.is_admin, user.memberships.get().role) == (False, Role.VIEWER)


def test_b19_who_belongs_to_a_dataset_cannot_be_invited_to_more(team: Team) -> None:
    body = {"email": "ann@example.org", "role": "manager"}
    for who, status in (("Ann", 403), ("Rita", 403), ("Olga", 409)):
        reply = team.post(who, f"datasets/{team.dataset.slug}/members/", body)
        assert reply.status_code == status
    assert Membership.objects.get(user=team.people["Ann"]).role == Role.ANNOTATOR


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/api/admin/",
        "/api/datasets/..;/users/",
        "/api/datasets/%2e%2e/users/",
        "/api//users/",
        "//api/users/",
        "/api/users/.",
        "/api/users/..",
        "/static/../manage.py",
        "/static/..%2fmanage.py",
        "/assets/../../manage.py",
        "/assets../../../manage.py",
        "/media../settings.py",
        "/.env",
        "/.git/config",
    ],
)
def test_b16_b21_no_way_around_the_addresses(team: Team, path: str) -> None:
    reply = browser_of(make_user("Ada", is_admin=True)).get(path)
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    assert b"DJANGO_SETTINGS_MODULE" not in body
    assert b"olga@example.org" not in body
    if reply.status_code == 200:  # the page, which looks up the address and finds none
        assert b'<div id="root"' in body
