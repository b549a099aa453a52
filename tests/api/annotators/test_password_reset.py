"""A forgotten password: the link goes to the owner's mailbox, leads to us, and works once."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User

OLD, NEW = "correct horse battery", "another horse battery"
REQUEST = "/_allauth/browser/v1/auth/password/request"
RESET = "/_allauth/browser/v1/auth/password/reset"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email="anna@example.org", name="Anna", password=OLD)


def post(path: str, body: Any, **headers: str) -> Any:
    return Client(headers=headers).post(path, body, content_type="application/json")


def key_mailed() -> str:
    (message,) = mail.outbox
    (link,) = [word for word in message.body.split() if "/password-reset/" in word]
    assert link.startswith(f"{settings.PUBLIC_URL}/password-reset/")
    return link.rpartition("/")[2]


def test_the_link_sets_a_new_password_once(anna: User) -> None:
    assert post(REQUEST, {"email": "anna@example.org"}).status_code == 200
    body = {"key": key_mailed(), "password": NEW}
    assert post(RESET, body).status_code in {200, 401}
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    again = post(RESET, body | {"password": OLD})
    assert again.status_code == 400
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_an_unknown_address_hears_the_same_and_gets_no_mail(anna: User) -> None:
    known = post(REQUEST, {"email": "anna@example.org"})
    mail.outbox.clear()
    unknown = post(REQUEST, {"email": "nobody@example.org"})
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    assert mail.outbox == []


def test_the_link_ignores_whom_the_request_names_as_host(anna: User) -> None:
    assert post(REQUEST, {"email": "anna@example.org"}, Host="evil.example").status_code == 400
    post(REQUEST, {"email": "anna@example.org"}, X_Forwarded_Host="evil.example")
    assert key_mailed()
