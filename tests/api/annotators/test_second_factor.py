"""The second factor: set up, used at the log-in, and taken away; never without the password."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User
from concord.events.models import Event
from tests.api.annotators.test_login import (
    PASSWORD,
    browser,
    by_token,
    log_in,
    login_by_script,
    send,
)
from tests.factories import browser_of

FACTORS = "/_allauth/browser/v1/account/authenticators"
TOTP, CODES = f"{FACTORS}/totp", f"{FACTORS}/recovery-codes"
AGAIN = "/_allauth/browser/v1/auth/reauthenticate"
SECOND = "/_allauth/browser/v1/auth/2fa/authenticate"
EMAIL = "anna@example.org"
NEW = "/api/second-factor/new/"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email=EMAIL, name="Anna", password=PASSWORD)


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Turn it on in a browser that is logged in; the key, and the recovery codes."""
    assert send(client, "POST", AGAIN, {"password": PASSWORD}).status_code == 200
    secret: str = send(client, "POST", NEW).json()["secret"]
    assert send(client, "POST", TOTP, {"code": code_of(secret)}).status_code == 200
    codes: list[str] = client.get(CODES).json()["data"]["unused_codes"]
    return secret, codes


@pytest.fixture
def client(anna: User) -> Client:
    logged_in = browser()
    assert log_in(logged_in).status_code == 200
    return logged_in


def test_the_log_in_asks_for_a_code_and_takes_a_recovery_code_once(client: Client) -> None:
    secret, codes = set_up(client)
    assert len(codes) == 10
    elsewhere = browser()
    halfway = log_in(elsewhere)
    assert halfway.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True}.items() <= pending(halfway).items()
    assert elsewhere.get("/api/me/").status_code == 401
    assert send(elsewhere, "POST", SECOND, {"code": "000000"}).status_code == 400
    assert send(elsewhere, "POST", SECOND, {"code": code_of(secret, steps=1)}).status_code == 200
    assert elsewhere.get("/api/me/").status_code == 200
    for status in (200, 400):
        lost = browser()
        log_in(lost)
        assert send(lost, "POST", SECOND, {"code": codes[0]}).status_code == status
    (left,) = [row for row in client.get(FACTORS).json()["data"] if row["type"] != "totp"]
    assert (left["unused_code_count"], left["total_code_count"]) == (9, 10)


def pending(reply: Any) -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        flow for flow in reply.json()["data"]["flows"] if flow.get("is_pending")
    ]
    return found[0]


def test_whoever_once_forgot_their_password_sets_it_up_all_the_same(client: Client) -> None:
    send(client, "POST", "/_allauth/browser/v1/auth/password/request", {"email": EMAIL})
    set_up(client)


def test_recovery_codes_are_shown_once(client: Client) -> None:
    _, codes = set_up(client)
    assert "unused_codes" not in client.get(CODES).json()["data"]
    fresh = send(client, "POST", CODES).json()["data"]["unused_codes"]
    assert not set(fresh) & set(codes)
    assert "unused_codes" not in client.get(CODES).json()["data"]


def test_nothing_about_it_is_done_without_the_password(client: Client, anna: User) -> None:
    assert send(client, "POST", NEW).json()["code"] == "password_needed"
    assert send(client, "POST", AGAIN, {"password": "not it at all"}).status_code == 400
    assert send(client, "POST", NEW).status_code == 403
    set_up(client)
    later = browser_of(anna)
    for method, path in (("DELETE", TOTP), ("POST", CODES), ("GET", CODES)):
        assert later.generic(method, path).status_code == 401, (method, path)
    assert Authenticator.objects.count() == 2
    assert send(client, "DELETE", TOTP).status_code == 200
    assert Authenticator.objects.count() == 0, "codes to recover nothing go, too"


def test_a_script_makes_no_key(client: Client, anna: User) -> None:
    token = login_by_script().json()["token"]
    assert by_token(token).status_code == 200
    headers = {"Authorization": f"Bearer {token}"}
    assert Client(headers=headers).post(NEW).json()["code"] == "not_with_a_token"


def test_the_picture_holds_its_own_lines_and_asks_nobody(client: Client) -> None:
    send(client, "POST", AGAIN, {"password": PASSWORD})
    picture = send(client, "POST", NEW).json()["picture"]
    assert picture.startswith("data:image/svg+xml,%3C%3Fxml")
    assert "href" not in picture


def test_an_admin_takes_it_away_and_that_is_written_down(
    client: Client, anna: User, admin: User
) -> None:
    set_up(client)
    path = f"/api/users/{anna.pk}/second-factor/"
    listed = browser_of(admin).get("/api/users/").json()["results"]
    assert {row["email"]: row["has_second_factor"] for row in listed} == {
        anna.email: True,
        admin.email: False,
    }
    assert client.delete(path, headers={"X-CSRFToken": "x"}).status_code == 403
    assert browser_of(admin).delete(path).status_code == 204
    assert log_in(browser()).status_code == 200
    told = Event.objects.filter(object_id=str(anna.pk), kind__contains="second_factor").order_by(
        "id"
    )
    assert [(event.kind, event.actor_id) for event in told][-1] == (
        "user.second_factor_reset",
        admin.pk,
    )
    assert browser_of(admin).delete(path).status_code == 204, "and again is nothing"
    assert told.filter(kind="user.second_factor_reset").count() == 1


def test_every_change_of_it_is_written_down_without_secrets(
    client: Client,
    anna: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = set_up(client)
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "POST", CODES)
    send(client, "DELETE", TOTP)
    told = Event.objects.filter(actor=anna, kind__startswith="user.").order_by("id")
    assert [event.kind for event in told] == [
        "user.signed_in",
        "user.second_factor_set",
        "user.recovery_codes_made",
        "user.second_factor_removed",
    ]
    said = " ".join(f"{event.kind} {event.data}" for event in Event.objects.all())
    assert secret not in said
    assert not any(code in said for code in codes)
