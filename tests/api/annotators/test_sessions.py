"""Where somebody is logged in: listed, ended one by one or all others at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User
from concord.events.models import Event
from tests.api.annotators.test_login import PASSWORD, log_in, login_by_script, send
from tests.factories import browser_of

SESSIONS = "/api/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email="anna@example.org", name="Anna", password=PASSWORD)


def logged_in(**where: Any) -> Client:
    client = Client(enforce_csrf_checks=True, **where)
    client.get("/login")
    assert log_in(client).status_code == 200
    return client


def test_each_says_where_from_and_which_is_this(anna: User) -> None:
    here = logged_in()
    logged_in(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    rows = here.get(SESSIONS).json()["results"]
    assert [row["current"] for row in rows] == [False, True]
    assert (rows[0]["user_agent"], rows[0]["address"]) == (FIREFOX, "203.0.113.9")
    assert "session_key" not in rows[0]


def test_one_is_ended_and_notices_with_its_next_request(anna: User) -> None:
    here, there = logged_in(), logged_in()
    (other,) = [row["id"] for row in here.get(SESSIONS).json()["results"] if not row["current"]]
    assert send(here, "DELETE", f"{SESSIONS}{other}/").status_code == 204
    assert there.get("/api/me/").status_code == 401
    assert [row["current"] for row in here.get(SESSIONS).json()["results"]] == [True]
    assert Event.objects.filter(kind="user.session_ended", actor=anna).count() == 1


def test_all_others_are_ended_those_that_no_row_tells_of_too(anna: User) -> None:
    here, there, unlisted = logged_in(), logged_in(), browser_of(anna)
    assert send(here, "DELETE", SESSIONS).status_code == 204
    assert here.get("/api/me/").status_code == 200
    assert there.get("/api/me/").status_code == 401
    assert unlisted.get("/api/me/").status_code == 401
    assert Event.objects.get(kind="user.sessions_ended").data == {"count": 2}


def test_others_sessions_are_as_if_they_were_not(anna: User, admin: User) -> None:
    here = logged_in()
    [mine] = here.get(SESSIONS).json()["results"]
    assert browser_of(admin).delete(f"{SESSIONS}{mine['id']}/").status_code == 404
    assert [row["id"] for row in browser_of(admin).get(SESSIONS).json()["results"]] != [mine["id"]]
    assert here.get("/api/me/").status_code == 200


def test_a_token_neither_sees_nor_ends_them(anna: User) -> None:
    logged_in()
    headers = {"Authorization": f"Bearer {login_by_script().json()['token']}"}
    assert Client(headers=headers).get(SESSIONS).json()["code"] == "not_with_a_token"
    assert Client(headers=headers).delete(SESSIONS).status_code == 403


def test_the_use_is_noted_every_few_minutes_only(anna: User) -> None:
    here = logged_in()
    here.get("/api/me/")
    with CaptureQueriesContext(connection) as soon_after:
        here.get("/api/me/")
    assert not [query for query in soon_after if "usersessions" in query["sql"][:40]]
    long_ago = timezone.now() - timedelta(hours=2)
    UserSession.objects.update(last_seen_at=long_ago)
    here.get("/api/me/", REMOTE_ADDR="203.0.113.7")
    row = UserSession.objects.get()
    assert row.last_seen_at > long_ago + timedelta(hours=1)
    assert row.ip == "203.0.113.7"


def test_a_new_password_leaves_this_one_in_the_list_alone(anna: User) -> None:
    here = logged_in()
    logged_in()
    body = {"current_password": PASSWORD, "new_password": "another horse battery"}
    send(here, "POST", "/_allauth/browser/v1/account/password/change", body)
    rows = here.get(SESSIONS).json()["results"]
    assert [row["current"] for row in rows if row["current"]] == [True]
