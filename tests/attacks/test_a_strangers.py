"""A3-A7, A19: what somebody without an account tries.

A5 and most of A6 stand in tests/api/annotators/test_password_reset.py (whom the request names as
host, the link used twice, after a change of the password or the address), A4 expired, used and
withdrawn in test_accounts.py and test_invitation_letters.py, A8 and A10 in test_a_addresses.py.
How long an answer takes is measured by `make bench`; here it is counted what takes long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.annotators.actions.accounts import create_user
from apps.annotators.actions.invitations import invite, withdraw
from apps.annotators.models import Invitation, User
from tests.api.annotators.test_login import LOGIN, PASSWORD
from tests.api.annotators.test_password_reset import REQUEST, RESET, key_mailed
from tests.factories import make_user

pytestmark = pytest.mark.django_db

TOKEN = "/api/auth/token/"


def post(path: str, body: Any, **headers: str) -> Any:
    return Client(headers=headers).post(path, body, content_type="application/json")


@pytest.fixture
def people() -> None:
    """One of each kind that a stranger must not tell apart."""
    create_user(email="known@example.org", password=PASSWORD)
    create_user(email="invited@example.org")
    idle = create_user(email="idle@example.org", password=PASSWORD)
    User.objects.filter(pk=idle.pk).update(is_active=False)


ADDRESSES = ("unknown@example.org", "known@example.org", "invited@example.org", "idle@example.org")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the password hasher was asked for, which is what takes long."""
    asked: list[str] = []

    def noting(name: str) -> Callable[..., Any]:
        original = getattr(Argon2PasswordHasher, name)

        def noted(self: Argon2PasswordHasher, *args: Any) -> Any:
            asked.append(name)
            return original(self, *args)

        return noted

    for name in ("verify", "encode"):
        monkeypatch.setattr(Argon2PasswordHasher, name, noting(name))
    return asked


@pytest.mark.parametrize("path", [LOGIN, TOKEN])
def test_a7_no_log_in_tells_who_has_an_account(people: None, hashed: list[str], path: str) -> None:
    told, costs = set(), {}
    for email in ADDRESSES:
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            reply = post(path, {"email": email, "password": "not it at all"})
        told.add((reply.status_code, reply.content))
        costs[email] = (len(hashed), len(asked))
    assert len(told) == 1
    assert {hashes for hashes, _ in costs.values()} == {1}, costs
    assert (
        max(queries for _, queries in costs.values())
        - min(queries for _, queries in costs.values())
        <= 1
    ), costs


def test_a7_asking_for_a_letter_tells_nobody_either(people: None, hashed: list[str]) -> None:
    told = set()
    for email in ADDRESSES:
        reply = post(REQUEST, {"email": email})
        told.add((reply.status_code, reply.content))
    assert len(told) == 1
    assert hashed == []


def test_a7_an_invitation_that_is_dead_looks_like_one_that_never_was() -> None:
    ada = make_user("Ada", is_admin=True)
    invitations = {}
    for what in ("used", "late", "withdrawn", "replaced"):
        invitations[what] = invite(email=f"{what}@example.org", actor=ada)
    invite(email="replaced@example.org", actor=ada)
    withdraw(invitation=invitations["withdrawn"][0], actor=ada)
    Invitation.objects.filter(email="late@example.org").update(expires_at="2026-01-01T00:00Z")
    body = {"name": "N", "password": PASSWORD}

    def answer(secret: str) -> tuple[int, bytes, int, bytes]:
        path = f"/api/invitations/{secret}/accept/"
        seen, taken = Client().get(path), post(path, body)
        return seen.status_code, seen.content, taken.status_code, taken.content

    secrets = {what: url.rpartition("/")[2] for what, (_, url) in invitations.items()}
    assert answer(secrets["used"])[2] == 201
    never = answer("a" * 43)
    assert never[0] == never[2] == 404
    assert {what: answer(secret) == never for what, secret in secrets.items()} == dict.fromkeys(
        secrets, True
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/_allauth/browser/v1/auth/signup"),
        ("POST", "/api/users/"),
        ("POST", "/api/invitations/"),
        ("POST", "/api/first-run/"),
        ("POST", "/_allauth/app/v1/auth/signup"),
    ],
)
def test_a3_nobody_signs_up(people: None, method: str, path: str) -> None:
    body = {"email": "eve@example.org", "password": PASSWORD, "name": "Eve", "token": "x"}
    reply = Client().generic(method, path, "", content_type="application/json")
    assert reply.status_code in {400, 401, 403, 404}
    assert post(path, body).status_code in {400, 401, 403, 404}
    assert not User.objects.filter(email="eve@example.org").exists()


def test_a4_an_invitation_is_for_the_address_that_it_was_sent_to() -> None:
    _, url = invite(email="new@example.org", actor=make_user("Ada", is_admin=True))
    path = f"/api/invitations/{url.rpartition('/')[2]}/accept/"
    body = {"name": "N", "password": PASSWORD}
    assert post(path, {**body, "email": "eve@example.org"}).status_code == 400
    assert post(path, body).json() == {"email": "new@example.org"}
    assert post(path, body).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "ok:x@evil.example", "evil.example:8000"])
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a5_no_header_leads_a_letter_elsewhere(people: None, host: str, header: str) -> None:
    value = f"host={host}" if header == "Forwarded" else host
    reply = post(REQUEST, {"email": "known@example.org"}, **{header.replace("-", "_"): value})
    if header == "Host":
        assert reply.status_code == 400
    else:
        assert reply.status_code == 200


@pytest.mark.parametrize(
    "key", ["", "x", "1-x", "-", "zzzzzzzzzzzzz-set-password", "0-" + "a" * 39]
)
def test_a6_a_key_that_nobody_was_sent_sets_no_password(people: None, key: str) -> None:
    assert post(RESET, {"key": key, "password": "another horse battery"}).status_code == 400


def test_a6_a_key_is_of_one_person() -> None:
    create_user(email="anna@example.org", password=PASSWORD)
    other = create_user(email="other@example.org", password=PASSWORD)
    post(REQUEST, {"email": "anna@example.org"})
    _, _, mark = key_mailed().partition("-")
    forged = f"{other.pk.hex}-{mark}"
    assert post(RESET, {"key": forged, "password": "another horse battery"}).status_code == 400
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "status"),
    [
        ("x", 400),
        ("1234567", 400),
        ("password123", 400),
        ("qwertyuiop", 400),
        ("iloveyou", 400),
        ("a long one of four words", 201),
        ("ü" * 64, 201),
        ("y" * 1025, 400),
        ("z" * 10_000, 400),
        ("nul \0 within it", 400),
    ],
)
def test_a19_which_passwords_will_do(password: str, status: int) -> None:
    _, url = invite(email="new@example.org", actor=make_user("Ada", is_admin=True))
    path = f"/api/invitations/{url.rpartition('/')[2]}/accept/"
    assert post(path, {"name": "N", "password": password}).status_code == status


@pytest.mark.parametrize("length", [1025, 10_000])
def test_a19_no_other_way_sets_a_longer_one(length: int) -> None:
    create_user(email="anna@example.org", password=PASSWORD)
    post(REQUEST, {"email": "anna@example.org"})
    reply = post(RESET, {"key": key_mailed(), "password": "p" * length})
    assert reply.status_code == 400


@pytest.mark.parametrize("password", ["x" * 10_000, "x" * 1_000_000, "\0", "\ud800", 7, None, {}])
@pytest.mark.parametrize("path", [LOGIN, TOKEN])
def test_a19_any_password_may_be_guessed_and_costs_one_hash(
    people: None, hashed: list[str], path: str, password: object
) -> None:
    reply = post(path, {"email": "known@example.org", "password": password})
    assert reply.status_code in {400, 401, 413}
    assert len(hashed) <= 1
