"""Nothing but the right answer opens a door: what compares nothing shortens no wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.views import View

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User
from tests.api.annotators.test_doors import TOKEN, in_a_browser, refused, wait
from tests.api.annotators.test_login import CHANGE, LOGIN, PASSWORD, browser, send
from tests.api.annotators.test_password_reset import REQUEST, RESET
from tests.api.annotators.test_second_factor import AGAIN, SECOND, set_up

EMAIL = "anna@example.org"
CODE_AGAIN = "/_allauth/browser/v1/auth/2fa/reauthenticate"
WRONG = {"email": EMAIL, "password": "wrong"}

DOORS: dict[str, tuple[str, dict[str, str], int]] = {
    "log-in by script": (TOKEN, WRONG, 5),
    "log-in": (LOGIN, WRONG, 5),
    "password again": (AGAIN, {"password": "wrong"}, 5),
    "new password": (CHANGE, {"current_password": "wrong", "new_password": "another horse"}, 5),
    "code": (SECOND, {"code": "x"}, 5),
    "code again": (CODE_AGAIN, {"code": "x"}, 5),
    "letter": (REQUEST, {"email": EMAIL}, 3),
    "letter's link": (RESET, {"key": "1-x", "password": PASSWORD}, 30),
    "first run": ("/api/first-run/", {"token": "x", "email": EMAIL, "password": PASSWORD}, 30),
    "invitation": ("/api/invitations/x/accept/", {"name": "Eve", "password": PASSWORD}, 30),
    "mails": ("/api/notifications/unsubscribe/x/", {}, 30),
}
"""Where, a wrong guess, and how many of them are free."""


def send_raw(client: Client, path: str, body: bytes, kind: str) -> Any:
    token = client.cookies.get("csrftoken")
    headers = {"X-CSRFToken": token.value} if token else {}
    return client.generic("POST", path, body, content_type=kind, headers=headers)


def at_fault(client: Client, path: str, body: Any) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the database went away")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(View, "setup", fail)
        reply = send(client, "POST", path, body)
    assert reply.status_code == 500
    return reply


NOISE: dict[str, Callable[[Client, str, Any], Any]] = {
    **{
        method: lambda client, path, body, method=method: send(client, method, path, body)
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
    },
    "text": lambda client, path, _: send_raw(client, path, b"x", "text/plain"),
    "broken": lambda client, path, _: send_raw(client, path, b'{"email":', "application/json"),
    "deep": lambda client, path, _: send_raw(client, path, b"[" * 60_000, "application/json"),
    "own fault": at_fault,
}


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email=EMAIL, name="Anna", password=PASSWORD)


def stranger(door: str) -> Client:
    """A browser that may try this door; whoever has it does not know the secret."""
    client = browser()
    if door in {"password again", "new password"}:
        in_a_browser(client)
    if door in {"code", "code again"}:
        set_up(in_a_browser(client))
    if door == "code":
        client = in_a_browser(browser())
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_right_answer_shortens_no_wait(anna: User, door: str) -> None:
    path, body, free = DOORS[door]
    client = stranger(door)
    wait(3601)
    statuses = [send(client, "POST", path, body).status_code for _ in range(free)]
    assert 429 not in statuses
    seconds = refused(send(client, "POST", path, body))
    for name, noise in NOISE.items():
        wait(seconds)
        assert noise(client, path, body).status_code != 429, name
        replies = [send(client, "POST", path, body) for _ in range(2)]
        assert replies[1].status_code == 429, name
        before, seconds = seconds, refused(replies[1])
        assert seconds >= before, name


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_a_password_that_is_compared_by_another_method_counts(anna: User, method: str) -> None:
    statuses = [send(browser(), method, LOGIN, WRONG).status_code for _ in range(5)]
    assert 429 not in statuses
    assert refused(send(browser(), "POST", LOGIN, {**WRONG, "password": PASSWORD})) == 2


@pytest.mark.parametrize("path", [TOKEN, LOGIN, REQUEST])
@pytest.mark.parametrize("opening", [b"[", b'{"email":'])
def test_deeply_nested_bodies_are_refused(db: None, path: str, opening: bytes) -> None:
    client = Client(raise_request_exception=False)
    reply = client.post(path, opening * (100_000 // len(opening)), content_type="application/json")
    assert 400 <= reply.status_code < 500


def test_the_right_password_opens_though_a_code_is_asked_for_next(anna: User) -> None:
    set_up(in_a_browser(browser()))
    wait(3601)
    right = {**WRONG, "password": PASSWORD}
    for path, status in ((TOKEN, 403), (LOGIN, 401)):
        for _ in range(2):
            assert [send(browser(), "POST", path, WRONG).status_code for _ in range(4)] == [
                400 if path == LOGIN else 401
            ] * 4
            assert send(browser(), "POST", path, right).status_code == status
