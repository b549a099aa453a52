"""Logging in by the browser's page and by script, and what ends it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import ApiToken, User
from tests.factories import browser_of

PASSWORD = "correct horse battery"
LOGIN = "/_allauth/browser/v1/auth/login"
CHANGE = "/_allauth/browser/v1/account/password/change"
SESSION = "/_allauth/browser/v1/auth/session"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email="Anna@Example.org", name="Anna", password=PASSWORD)


def browser() -> Client:
    """A browser that has opened our page, so that it knows the CSRF token."""
    client = Client(enforce_csrf_checks=True)
    client.get("/login")
    return client


def send(client: Client, method: str, path: str, body: Any = None, *, csrf: bool = True) -> Any:
    token = client.cookies.get(settings.CSRF_COOKIE_NAME)
    headers = {"X-CSRFToken": token.value} if csrf and token else {}
    return client.generic(
        method,
        path,
        "" if body is None else json.dumps(body),
        content_type="application/json",
        headers=headers,
    )


def log_in(client: Client, *, password: str = PASSWORD, email: str = "anna@example.org") -> Any:
    return send(client, "POST", LOGIN, {"email": email, "password": password})


def test_a_browser_logs_in_and_out(anna: User) -> None:
    client = browser()
    assert client.get("/api/me/").status_code == 401
    reply = log_in(client, email="ANNA@example.org")
    assert reply.status_code == 200, reply.content
    me = client.get("/api/me/")
    assert me.status_code == 200
    assert me.json()["email"] == "anna@example.org"
    assert send(client, "DELETE", SESSION).status_code == 401
    assert client.get("/api/me/").status_code == 401


def test_login_needs_the_csrf_token(anna: User) -> None:
    client = browser()
    body = {"email": "anna@example.org", "password": PASSWORD}
    assert send(client, "POST", LOGIN, body, csrf=False).status_code == 403


def test_a_write_by_session_needs_the_csrf_token(anna: User) -> None:
    client = browser()
    log_in(client)
    refused = send(client, "PATCH", "/api/me/", {"name": "Eve"}, csrf=False)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert send(client, "PATCH", "/api/me/", {"name": "Anne"}).json()["name"] == "Anne"


def test_nobody_signs_up(db: None) -> None:
    client = browser()
    body = {"email": "eve@example.org", "password": PASSWORD}
    reply = send(client, "POST", "/_allauth/browser/v1/auth/signup", body)
    assert reply.status_code == 403
    assert not User.objects.exists()


def test_a_wrong_password_and_an_unknown_address_look_the_same(anna: User) -> None:
    wrong = log_in(browser(), password="not it at all")
    unknown = log_in(browser(), email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()


def test_a_new_password_keeps_this_session_and_ends_the_others(anna: User) -> None:
    here, elsewhere = browser(), browser()
    log_in(here)
    log_in(elsewhere)
    body = {"current_password": PASSWORD, "new_password": "another horse battery"}
    assert send(here, "POST", CHANGE, body).status_code == 200
    assert here.get("/api/me/").status_code == 200
    assert elsewhere.get("/api/me/").status_code == 401


def test_deactivation_acts_on_the_next_request_and_ends_sessions(anna: User, admin: User) -> None:
    client = browser()
    log_in(client)
    token = login_by_script().json()["token"]
    assert by_token(token).status_code == 200

    change_user(admin, anna, is_active=False)
    assert client.get("/api/me/").status_code == 401
    assert by_token(token).status_code == 401
    assert log_in(browser()).status_code != 200
    assert login_by_script().status_code == 401

    change_user(admin, anna, is_active=True)
    assert client.get("/api/me/").status_code == 401, "an old cookie must stay dead"
    assert log_in(browser()).status_code == 200


def change_user(admin: User, user: User, **changes: Any) -> None:
    reply = browser_of(admin).patch(
        f"/api/users/{user.id}/", changes, content_type="application/json"
    )
    assert reply.status_code == 200, reply.content


def login_by_script(
    *, email: str = "anna@example.org", password: str = PASSWORD, **more: str
) -> Any:
    body = {"email": email, "password": password, **more}
    return Client().post("/api/auth/token/", body, content_type="application/json")


def by_token(token: str, method: str = "GET", body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return Client(enforce_csrf_checks=True).generic(
        method, "/api/me/", json.dumps(body), content_type="application/json", headers=headers
    )


def test_a_script_logs_in_with_a_password(anna: User) -> None:
    reply = login_by_script()
    assert reply.status_code == 200
    token = ApiToken.objects.get()
    assert reply.json()["expires_at"] == token.expires_at.isoformat().replace("+00:00", "Z")
    assert by_token(reply.json()["token"]).json()["email"] == "anna@example.org"
    assert reply.json()["token"] not in (token.digest, str(token.id))


def test_a_script_learns_nothing_from_a_refusal(anna: User) -> None:
    idle = create_user(email="idle@example.org", password=PASSWORD)
    User.objects.filter(pk=idle.pk).update(is_active=False)
    refusals = [
        login_by_script(password="not it at all"),
        login_by_script(email="nobody@example.org"),
        login_by_script(email="idle@example.org"),
    ]
    assert {reply.status_code for reply in refusals} == {401}
    assert len({reply.content for reply in refusals}) == 1


def test_guessing_one_password_is_slowed_down(anna: User) -> None:
    replies = [login_by_script(password=f"guess number {n}") for n in range(7)]
    assert [reply.status_code for reply in replies[:5]] == [401] * 5
    assert replies[-1].status_code == 429
    assert int(replies[-1]["Retry-After"]) > 0
    assert replies[-1].json()["code"] == "too_many_attempts"


def test_a_forged_address_does_not_escape_the_limit(anna: User) -> None:
    body = {"email": "nobody@example.org", "password": "guess"}
    statuses = [
        Client()
        .post(
            "/api/auth/token/",
            body | {"email": f"nobody{n}@example.org"},
            content_type="application/json",
            headers={"X-Forwarded-For": f"203.0.113.{n}"},
        )
        .status_code
        for n in range(31)
    ]
    assert 429 in statuses


def test_a_script_needs_the_second_factor_too(anna: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(anna, secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    missing = login_by_script()
    assert (missing.status_code, missing.json()["code"]) == (403, "mfa_required")
    assert login_by_script(otp="000000" if code != "000000" else "111111").status_code == 401
    assert login_by_script(otp=code).status_code == 200
    assert login_by_script(otp=code).status_code == 401, "a code works once"
    wrong = [login_by_script(otp=f"{n:06}").status_code for n in range(6)]
    assert wrong[-1] == 429
