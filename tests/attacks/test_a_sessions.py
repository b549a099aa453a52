"""A12-A18, A21: what somebody tries with the session or the token of somebody else.

A13 after a new password and a deactivation stands in tests/api/annotators/test_login.py, A18 read
only and revoked in test_tokens.py, A21 in the browser in frontend/src/lib/nextPath.test.ts and at
the provider in test_a_single_sign_on.py, A22 in tests/e2e/test_offline.py (the page stays, its
author logs in over it, what waited is sent once, and nobody else sends it).
"""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings as product
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.datasets.actions.members import change_member, remove_member
from apps.datasets.models import Dataset, Membership, Role
from concord.events.models import Event
from tests.api.annotators.test_login import LOGIN, PASSWORD, SESSION, browser, log_in, send
from tests.api.matrix.row import Row
from tests.api.matrix.table import ROWS
from tests.api.matrix.test_matrix import tried
from tests.api.matrix.world import make_world
from tests.factories import browser_of

pytestmark = pytest.mark.django_db

EVIL = (
    "https://evil.example",
    "null",
    "https://sub.evil.example",
    "http://testserver.evil.example",
)


@pytest.fixture
def anna() -> User:
    return create_user(email="anna@example.org", name="Anna", password=PASSWORD)


def cookie_of(client: Client) -> str:
    return client.cookies[product.SESSION_COOKIE_NAME].value


def with_cookie(value: str) -> Client:
    client = Client()
    client.cookies[product.SESSION_COOKIE_NAME] = value
    return client


def status_of_me(client: Client) -> int:
    return client.get("/api/me/").status_code


def test_a12_a_session_that_was_put_into_a_browser_is_not_the_one_after_the_log_in(
    anna: User,
) -> None:
    attacker = browser()
    send(attacker, "POST", LOGIN, {"email": "anna@example.org", "password": "guess"})
    attacker.session["planted"] = True
    attacker.session.save()
    planted = attacker.cookies.get(product.SESSION_COOKIE_NAME)
    for value in ("chosen-by-somebody-else-0123456", planted.value if planted else "x"):
        victim = browser()
        victim.cookies[product.SESSION_COOKIE_NAME] = value
        assert log_in(victim).status_code == 200
        assert cookie_of(victim) != value
        assert status_of_me(with_cookie(value)) == 401


def test_a13_a_cookie_is_dead_once_its_owner_logged_out(anna: User) -> None:
    client = browser()
    log_in(client)
    kept = cookie_of(client)
    assert status_of_me(with_cookie(kept)) == 200
    send(client, "DELETE", SESSION)
    assert status_of_me(with_cookie(kept)) == 401


def test_a13_a_role_that_was_taken_is_gone_with_the_next_request(
    signs: Dataset, annotator: User, owner: User
) -> None:
    client = browser_of(annotator)
    path = f"/api/datasets/{signs.slug}/"
    member = Membership.objects.get(dataset=signs, user=annotator)
    following = f"{path}next/"
    change_member(member=member, actor=owner, role=Role.VIEWER)
    assert client.post(following, {}, content_type="application/json").status_code == 403
    remove_member(member=member, actor=owner)
    assert client.get(path).status_code == 404
    assert client.post(following, {}, content_type="application/json").status_code == 404


def test_a14_no_script_reads_the_cookie_of_the_session_and_no_other_site_sends_it(
    anna: User,
) -> None:
    client = browser()
    log_in(client)
    morsel = client.cookies[product.SESSION_COOKIE_NAME]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert morsel["domain"] == ""


WITHOUT_A_SESSION = {
    "auth/token/",
    "auth/sso/",
    "first-run/",
    "invitations/<str:secret>/accept/",
    "notifications/unsubscribe/<str:mails>/",
}
"""What one does without being logged in, so that another's cookie adds nothing."""
WRITES = [row for row in ROWS if row.verb != "GET" and row.route not in WITHOUT_A_SESSION]


def forged(world: Any, row: Row, **headers: str) -> Any:
    """A row's request by the admin's cookie, as another site's page would send it."""
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.cookies.update(world.cookies["admin"])
    return tried(client, row, world.ids)


def test_a15_no_write_is_done_by_a_cookie_alone() -> None:
    world = make_world()
    admin = world.people["admin"]
    assert admin is not None
    world.cookies["admin"] = browser_of(admin).cookies
    before = Event.objects.count()
    for row in WRITES:
        for origin in (None, "https://evil.example"):
            reply = forged(world, row, **({} if origin is None else {"Origin": origin}))
            assert (reply.status_code, reply.json()["code"]) == (403, "csrf_failed"), row
    assert len(WRITES) > 80
    assert Event.objects.count() == before


@pytest.mark.parametrize("origin", EVIL)
def test_a15_another_sites_page_does_nothing_even_with_the_token(anna: User, origin: str) -> None:
    client = browser()
    log_in(client)
    token = client.cookies[product.CSRF_COOKIE_NAME].value
    headers = {"X-CSRFToken": token, "Origin": origin}
    for method, path in (("PATCH", "/api/me/"), ("DELETE", SESSION)):
        reply = client.generic(
            method, path, '{"name": "Eve"}', content_type="application/json", headers=headers
        )
        assert reply.status_code == 403, path
    anna.refresh_from_db()
    assert anna.name == "Anna"
    assert status_of_me(client) == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("path", ["/api/tokens/", LOGIN, "/api/auth/token/"])
def test_a15_what_a_form_of_another_site_can_send_is_not_read(
    anna: User, path: str, kind: str
) -> None:
    client = browser_of(anna) if path == "/api/tokens/" else Client()
    body = f'{{"name": "robot", "email": "anna@example.org", "password": "{PASSWORD}"}}'
    reply = client.generic("POST", path, body, content_type=kind)
    assert reply.status_code in {400, 415}
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("verb", ["DELETE", "PATCH", "PUT"])
def test_a15_no_header_and_no_field_makes_one_verb_another(anna: User, verb: str) -> None:
    client = browser_of(anna)
    token, _ = create_token(user=anna, name="robot", scope=ApiToken.Scope.READ, days=None)
    path = f"/api/tokens/{token.pk}/"
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        headers = {header: verb}
        assert client.post(path, {}, "application/json", headers=headers).status_code == 405
        assert client.get(f"{path}?_method={verb}", headers=headers).status_code == 405
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a15_reading_changes_nothing() -> None:
    world = make_world()
    admin = world.people["admin"]
    assert admin is not None
    client = browser_of(admin)
    before = Event.objects.count()
    for row in (row for row in ROWS if row.verb == "GET"):
        tried(client, row, world.ids)
        assert client.get("/api/me/").status_code == 200, row
    assert Event.objects.count() == before
    for path in ("/logout", "/_allauth/browser/v1/auth/session", SESSION):
        client.get(path)
        assert client.get("/api/me/").status_code == 200, path


@pytest.mark.parametrize("origin", EVIL)
@pytest.mark.parametrize("path", ["/api/me/", "/api/public/", SESSION, "/login", "/api/schema/"])
def test_a16_no_other_site_reads_an_answer(anna: User, path: str, origin: str) -> None:
    client = browser_of(anna)
    asked = client.get(path, headers={"Origin": origin})
    preflight = client.options(
        path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    for reply in (asked, preflight):
        assert [name for name in reply.headers if name.lower().startswith("access-control")] == []
        assert reply["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/api/me/", "/api/nothing/", "/sso/callback/", SESSION]
)
def test_a17_no_page_shows_in_a_frame(anna: User, path: str) -> None:
    reply = browser_of(anna).get(path)
    assert "frame-ancestors 'none'" in reply["Content-Security-Policy"]
    assert reply["X-Frame-Options"] == "DENY"


def test_a18_a_token_is_read_from_its_header_only(anna: User) -> None:
    _, secret = create_token(user=anna, name="robot", scope=ApiToken.Scope.WRITE, days=None)
    for name in ("token", "access_token", "key", "api_key", "Authorization"):
        assert Client().get(f"/api/me/?{name}={secret}").status_code in {400, 401}, name
        client = Client()
        client.cookies[name] = secret
        assert status_of_me(client) == 401, name
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/me/").status_code == 200


def test_a18_no_secret_gets_into_the_log(
    anna: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, secret = create_token(user=anna, name="robot", scope=ApiToken.Scope.WRITE, days=None)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("apps.annotators.api.views.tokens.create_token", fail)
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/me/", headers={"Authorization": f"Bearer {secret}x"}).status_code == 401
    assert client.get("/api/nothing/", headers=headers).status_code == 404
    body = {"email": anna.email, "password": PASSWORD}
    assert (
        client.post("/api/auth/token/", body, "application/json", headers=headers).status_code
        == 500
    )
    assert "a fault of ours" in caplog.text
    assert secret not in caplog.text
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/%2f%2fevil.example",
        "/login?next=//evil.example",
    ],
)
def test_a21_no_address_of_ours_leads_away(path: str) -> None:
    reply = Client().get(path)
    assert "evil.example" not in reply.headers.get("Location", "")
    assert reply.status_code in {200, 301, 302, 404, 503}
