"""A forgotten password: the link goes to the owner's mailbox, leads to us, and works once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User
from concord.jobs.models import Job
from tests.factories import browser_of
from tests.jobs_of import work_off

OLD, NEW = "correct horse battery", "another horse battery"
REQUEST = "/_allauth/browser/v1/auth/password/request"
RESET = "/_allauth/browser/v1/auth/password/reset"


@pytest.fixture
def anna(db: None) -> User:
    return create_user(email="anna@example.org", name="Anna", password=OLD)


def post(path: str, body: Any, **headers: str) -> Any:
    return Client(headers=headers).post(path, body, content_type="application/json")


def key_mailed() -> str:
    work_off("annotators.password_reset")
    (message,) = mail.outbox
    assert message.to == ["anna@example.org"]
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
    post(REQUEST, {"email": "anna@example.org"})
    with CaptureQueriesContext(connection) as for_known:
        known = post(REQUEST, {"email": "anna@example.org"})
    with CaptureQueriesContext(connection) as for_unknown:
        unknown = post(REQUEST, {"email": "nobody@example.org"})
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    assert kinds_of(for_unknown) == kinds_of(for_known), "the same work, so the same time"
    assert "concord_job" in kinds_of(for_unknown)
    assert work_off("annotators.password_reset") == 3
    assert {to for message in mail.outbox for to in message.to} == {"anna@example.org"}


def kinds_of(queries: CaptureQueriesContext) -> list[str]:
    """What was written, which is what takes time, whoever it was about."""
    writes = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
    found = [writes.match(query["sql"]) for query in queries.captured_queries]
    return [match[1] for match in found if match]


def test_who_has_no_password_and_who_was_deactivated_gets_no_mail(anna: User) -> None:
    create_user(email="invited@example.org")
    User.objects.filter(pk=anna.pk).update(is_active=False)
    for email in ("invited@example.org", "anna@example.org"):
        assert post(REQUEST, {"email": email}).status_code == 200
    assert work_off("annotators.password_reset") == 2
    assert mail.outbox == []


def test_nothing_at_rest_opens_the_door(anna: User) -> None:
    post(REQUEST, {"email": "Anna@Example.org"})
    assert Job.objects.get().args == {"email": "anna@example.org"}


@pytest.mark.parametrize("what", ["password changed", "address changed", "an hour passed"])
def test_the_link_dies_with_what_it_was_for(
    anna: User, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(REQUEST, {"email": "anna@example.org"})
    key = key_mailed()
    check = partial(Client(headers={"X-Password-Reset-Key": key}).get, RESET)
    assert check().status_code == 200
    match what:
        case "password changed":
            anna.set_password(NEW)
            anna.save()
        case "address changed":
            User.objects.filter(pk=anna.pk).update(email="ann@example.org")
        case _:
            later = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)
            monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: later)
    assert check().status_code == 400
    assert post(RESET, {"key": key, "password": "one more long password"}).status_code == 400


def test_a_weak_password_is_refused_in_words_and_the_link_lives_on(anna: User) -> None:
    post(REQUEST, {"email": "anna@example.org"})
    key = key_mailed()
    weak = post(RESET, {"key": key, "password": "password"})
    assert weak.status_code == 400
    assert {error["param"] for error in weak.json()["errors"]} == {"password"}
    assert post(RESET, {"key": key, "password": NEW}).status_code == 401


def test_a_new_password_ends_every_session(anna: User) -> None:
    here = browser_of(anna)
    assert here.get("/api/me/").status_code == 200
    post(REQUEST, {"email": "anna@example.org"})
    post(RESET, {"key": key_mailed(), "password": NEW})
    assert here.get("/api/me/").status_code == 401


def test_the_link_ignores_whom_the_request_names_as_host(anna: User) -> None:
    assert post(REQUEST, {"email": "anna@example.org"}, Host="evil.example").status_code == 400
    post(REQUEST, {"email": "anna@example.org"}, X_Forwarded_Host="evil.example")
    assert key_mailed()
