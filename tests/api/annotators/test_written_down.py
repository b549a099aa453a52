"""Who came in, who tried, and what became of accounts: each is written down once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import ApiToken, User
from concord.events.models import Event
from tests.api.annotators.test_login import (
    CHANGE,
    PASSWORD,
    SESSION,
    browser,
    log_in,
    login_by_script,
    send,
)
from tests.api.annotators.test_second_factor import EMAIL, SECOND, set_up
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return create_user(email=EMAIL, name="Anna", password=PASSWORD)


def news(since: int = 0) -> list[Event]:
    """What was written down after the event with this id."""
    return list(Event.objects.filter(id__gt=since).order_by("id"))


def newest() -> int:
    last = Event.objects.order_by("-id").first()
    return 0 if last is None else last.id


def test_coming_in_and_leaving(anna: User) -> None:
    since, client = newest(), browser()
    log_in(client)
    client.get("/api/me/")
    send(client, "DELETE", SESSION)
    send(client, "DELETE", SESSION)  # nobody is there any more
    came, left = news(since)
    assert (came.kind, came.actor, came.object_id) == ("user.signed_in", anna, str(anna.pk))
    assert came.data == {"address": "127.0.0.1", "by": ["password"]}
    assert (left.kind, left.actor, left.object_id) == ("user.signed_out", anna, str(anna.pk))


@pytest.mark.parametrize("by", ["page", "script"])
def test_a_failed_try_names_the_account_and_nobody_who_did_it(anna: User, by: str) -> None:
    since = newest()
    if by == "page":
        log_in(browser(), password="not her password")
    else:
        login_by_script(password="not her password")
    (failed,) = news(since)
    assert (failed.kind, failed.actor) == ("user.sign_in_failed", None)
    assert (failed.object_type, failed.object_id) == ("user", str(anna.pk))
    assert failed.data == {"address": "127.0.0.1", "step": "password"}


def test_a_try_with_an_address_that_nobody_has_keeps_no_address(anna: User) -> None:
    since = newest()
    for email in ("nobody@example.org", "NOBODY@example.org", "other@example.org"):
        log_in(browser(), email=email)
    first, again, other = news(since)
    assert (first.actor, first.object_id) == (None, "")
    assert first.data["digest"] == again.data["digest"] != other.data["digest"]
    assert "nobody" not in str([event.data for event in news(since)])


def test_known_and_unknown_addresses_cost_the_same(anna: User) -> None:
    counts = []
    for email in (EMAIL, "nobody@example.org"):
        client = browser()
        with CaptureQueriesContext(connection) as asked:
            log_in(client, email=email, password="wrong")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_wrong_code_and_a_used_recovery_code(anna: User) -> None:
    client = browser()
    log_in(client)
    _, codes = set_up(client)
    since, other = newest(), browser()
    log_in(other)
    send(other, "POST", SECOND, {"code": "000000"})
    send(other, "POST", SECOND, {"code": codes[0]})
    login_by_script(otp="000000")
    login_by_script(otp=codes[1])
    told = [(event.kind, event.actor) for event in news(since)]
    assert told == [
        ("user.sign_in_failed", None),
        ("user.recovery_code_used", anna),
        ("user.signed_in", anna),
        ("user.sign_in_failed", None),
        ("user.recovery_code_used", anna),
        ("token.created", anna),
    ]
    assert news(since)[1].data == {"left": 9}
    assert not any(code in str([event.data for event in news()]) for code in codes)


def test_a_new_password_is_told_once_and_one_that_is_refused_is_not(anna: User) -> None:
    client = browser()
    log_in(client)
    since, new = newest(), {"current_password": PASSWORD, "new_password": "other quiet words here"}
    assert send(client, "POST", CHANGE, {**new, "new_password": "short"}).status_code == 400
    assert send(client, "POST", CHANGE, new).status_code == 200
    (event,) = news(since)
    assert (event.kind, event.actor, event.object_id) == (
        "user.password_changed",
        anna,
        str(anna.pk),
    )
    assert event.data == {}


def test_a_password_that_cannot_be_written_down_is_not_changed(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()
    log_in(client)
    monkeypatch.setattr("apps.annotators.adapter.record", _refuse)
    with pytest.raises(OSError, match="full"):
        new = {"current_password": PASSWORD, "new_password": "other quiet words here"}
        send(client, "POST", CHANGE, new)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def _refuse(**_: Any) -> None:
    raise OSError("full")


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"name": "Anne"}, "user.changed"),
    ({"is_admin": True}, "user.made_admin"),
    ({"is_admin": False}, "user.admin_ended"),
    ({"may_create_datasets": True}, "user.changed"),
    ({"is_active": False}, "user.deactivated"),
    ({"is_active": True, "is_admin": True}, "user.reactivated"),
]


def test_each_change_of_an_account_is_told_once_with_what_it_was(anna: User, admin: User) -> None:
    client = browser_of(admin)
    for body, kind in CHANGES:
        was = {name: getattr(User.objects.get(pk=anna.pk), name) for name in body}
        since = newest()
        for _ in range(2):  # the second time nothing changes
            path = f"/api/users/{anna.pk}/"
            assert client.patch(path, body, content_type="application/json").status_code == 200
        (event,) = news(since)
        assert (event.kind, event.actor, event.object_id) == (kind, admin, str(anna.pk))
        assert event.data["changes"] == {
            name: {"was": was[name], "is": value} for name, value in body.items()
        }


def test_who_renames_themselves_is_told_of_and_who_picks_a_theme_is_not(anna: User) -> None:
    client, since = browser_of(anna), newest()
    for body in ({"name": "Anne"}, {"name": "Anne"}, {"preferences": {"keys": {}}}):
        assert _patch(client, "/api/me/", body) == 200
    (event,) = news(since)
    assert (event.kind, event.actor) == ("user.changed", anna)
    assert event.data == {"changes": {"name": {"was": "Anna", "is": "Anne"}}}


def test_tokens_are_told_of_by_name(anna: User) -> None:
    client, since = browser_of(anna), newest()
    body = {"name": "robot", "scope": ApiToken.Scope.READ}
    made = client.post("/api/tokens/", body, content_type="application/json").json()
    for status in (204, 404):
        assert client.delete(f"/api/tokens/{made['id']}/").status_code == status
    told = [(event.kind, event.actor, event.object_id, event.data) for event in news(since)]
    assert told == [
        ("token.created", anna, made["id"], {"name": "robot", "scope": "read"}),
        ("token.revoked", anna, made["id"], {"name": "robot"}),
    ]
    assert made["token"] not in str(told)


def _patch(client: Client, path: str, body: dict[str, Any]) -> int:
    return client.patch(path, body, content_type="application/json").status_code
