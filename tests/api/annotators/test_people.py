"""Finding people among many, and what is said before somebody is deactivated."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.datasets.models import Dataset
from tests.factories import browser_of, make_task, make_user
from tests.team import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(admin: User) -> Client:
    return browser_of(admin)


def found(client: Client, **search: Any) -> list[str]:
    reply = client.get("/api/users/", search)
    assert reply.status_code == 200, reply.content
    return [row["email"].partition("@")[0] for row in reply.json()["results"]]


@pytest.fixture
def crowd(client: Client) -> None:
    """Ada administers; Carl may make datasets; Dora was deactivated; Ina is invited; Finn has a
    second factor."""
    make_user("Carl", may_create_datasets=True)
    dora, finn = make_user("Dora"), make_user("Finn")
    User.objects.filter(pk=dora.pk).update(is_active=False, name="Theodora Percy % _")
    TOTP.activate(finn, generate_totp_secret())
    body = {"email": "ina@example.org", "name": "Ina"}
    assert client.post("/api/users/", body, content_type="application/json").status_code == 201


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({}, ["ada", "carl", "dora", "finn", "ina"]),
        ({"text": "THEO"}, ["dora"]),
        ({"text": "ina@"}, ["ina"]),
        ({"text": "%"}, ["dora"]),
        ({"text": "nobody at all"}, []),
        ({"state": "active"}, ["ada", "carl", "finn"]),
        ({"state": "invited"}, ["ina"]),
        ({"state": "deactivated"}, ["dora"]),
        ({"role": "admin"}, ["ada"]),
        ({"role": "creator"}, ["ada", "carl"]),
        ({"factor": "on"}, ["finn"]),
        ({"factor": "off", "state": "active"}, ["ada", "carl"]),
    ],
)
def test_people_are_found_by_what_they_are(
    client: Client, crowd: None, search: dict[str, str], expected: list[str]
) -> None:
    assert found(client, **search) == expected


@pytest.mark.parametrize(
    "search",
    [
        {"state": "asleep"},
        {"role": "owner"},
        {"factor": "yes"},
        {"text": "x" * 101},
        {"text": "\0"},
        {"password": "x"},
        {"text__startswith": "a"},
    ],
)
def test_what_is_no_search_is_refused(client: Client, search: dict[str, str]) -> None:
    assert client.get("/api/users/", search).status_code == 400


def test_pages_keep_to_the_search_and_cost_the_same_however_many_there_are(
    client: Client,
) -> None:
    User.objects.bulk_create(
        User(email=f"p{n:04}@example.org", name="Pat", password="!") for n in range(300)
    )
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/api/users/?text=pat&limit=100").json()
    assert len(asked) <= 6
    seen = [row["email"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["email"] for row in page["results"]]
    assert seen == [f"p{n:04}@example.org" for n in range(300)]


def test_a_row_says_what_an_admin_asks_about(
    client: Client, signs: Dataset, annotator: User
) -> None:
    (row,) = client.get("/api/users/?text=anna").json()["results"]
    assert (row["datasets"], row["has_second_factor"], row["is_invited"]) == (1, False, False)
    assert row["last_seen_at"] is None
    _, secret = create_token(user=annotator, name="robot", scope=ApiToken.Scope.READ, days=None)
    Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/me/")
    (row,) = client.get("/api/users/?text=anna").json()["results"]
    assert row["last_seen_at"] is not None
    signs.deleted_at = "2026-01-01T00:00Z"
    signs.save()
    (row,) = client.get("/api/users/?text=anna").json()["results"]
    assert row["datasets"] == 0


def test_what_a_deactivation_does_is_told_before_and_done_so() -> None:
    team = Team()
    for name in ("a", "b"):
        make_task(team.dataset, name=name)
    ann = team.people["Ann"]
    team.post("Ann", f"datasets/{team.dataset.slug}/next/", {"count": 2})
    team.browsers["Ann"].get("/api/sessions/")
    create_token(user=ann, name="robot", scope=ApiToken.Scope.WRITE, days=None)
    admin = browser_of(make_user("Ada", is_admin=True))
    path = f"/api/users/{ann.pk}/"
    told = admin.get(f"{path}leaving/").json()
    assert told == {"tasks": 2, "reviews": 0, "sessions": 1, "tokens": 1}
    change = {"is_active": False}
    gone = admin.patch(path, change, content_type="application/json").json()
    assert gone["is_active"] is False
    after = admin.get(f"{path}leaving/").json()
    assert (after["tasks"], after["sessions"]) == (0, 0)
    back = admin.patch(path, {"is_active": True}, content_type="application/json").json()
    assert (back["is_active"], back["datasets"]) == (True, 1)
