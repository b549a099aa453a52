"""API tokens over HTTP: made, recognised, used, and what they do not open."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.annotators.actions.invitations import invite
from apps.annotators.models import ApiToken, User
from apps.annotators.secrets import digest_of
from concord.events.models import Event
from tests.factories import browser_of

PASSWORD = "correct horse battery"


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def make_token(user: User, **body: Any) -> Any:
    return post(browser_of(user), "/api/tokens/", {"name": "robot", **body}).json()


def with_token(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


def test_a_token_does_what_its_scope_says_until_it_is_revoked(annotator: User) -> None:
    client = browser_of(annotator)
    read = post(client, "/api/tokens/", {"name": "report", "scope": "read", "days": 1}).json()
    write = post(client, "/api/tokens/", {"name": "robot", "scope": "write"}).json()
    change = {"name": "Anna B."}

    assert with_token(read["token"]).get("/api/me/").json()["email"] == annotator.email
    refused = with_token(read["token"]).patch(
        "/api/me/", json.dumps(change), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only_token")
    allowed = with_token(write["token"]).patch(
        "/api/me/", json.dumps(change), content_type="application/json"
    )
    assert allowed.json()["name"] == "Anna B."

    assert client.delete(f"/api/tokens/{write['id']}/").status_code == 204
    assert with_token(write["token"]).get("/api/me/").status_code == 401
    ApiToken.objects.filter(id=read["id"]).update(expires_at=timezone.now())
    late = with_token(read["token"]).get("/api/me/")
    assert (late.status_code, late.json()["code"]) == (401, "token_expired")
    assert late["WWW-Authenticate"].startswith("Bearer")


def test_a_secret_is_shown_once_and_never_in_a_list(annotator: User) -> None:
    client = browser_of(annotator)
    secret = post(client, "/api/tokens/", {"name": "robot"}).json()["token"]
    listed = client.get("/api/tokens/").json()["results"]
    assert [row["name"] for row in listed] == ["robot"]
    assert "token" not in listed[0]
    assert not ApiToken.objects.filter(digest=secret).exists()
    assert Client().get(f"/api/me/?token={secret}").status_code == 401


def test_use_of_a_token_is_noted_once_a_minute(annotator: User) -> None:
    secret = post(browser_of(annotator), "/api/tokens/", {"name": "robot"}).json()["token"]
    with_token(secret).get("/api/me/")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    with_token(secret).get("/api/me/")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    with_token(secret).get("/api/me/")
    assert (ApiToken.objects.get().last_used_at or first) > first


def test_tokens_of_others_are_out_of_reach(annotator: User, reviewer: User) -> None:
    token = post(browser_of(annotator), "/api/tokens/", {"name": "robot"}).json()
    assert browser_of(reviewer).delete(f"/api/tokens/{token['id']}/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_token_is_recognised_by_how_it_begins(annotator: User) -> None:
    made = make_token(annotator, days=30)
    [listed] = browser_of(annotator).get("/api/tokens/").json()["results"]
    assert made["token"].startswith("concord_")
    assert listed["prefix"] == made["prefix"] == made["token"][:12]
    stored = ApiToken.objects.get()
    assert stored.digest == digest_of(made["token"])
    assert made["token"] not in repr(vars(stored))


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_makes_and_revokes_no_tokens(annotator: User, scope: str) -> None:
    made = make_token(annotator, scope=scope)
    client = with_token(made["token"])
    refused = [
        post(client, "/api/tokens/", {"name": "heir"}),
        client.delete(f"/api/tokens/{made['id']}/"),
    ]
    code = "not_with_a_token" if scope == "write" else "read_only_token"
    assert [(reply.status_code, reply.json()["code"]) for reply in refused] == [(403, code)] * 2
    token = ApiToken.objects.get()
    assert token.revoked_at is None
    assert len(client.get("/api/tokens/").json()["results"]) == 1


def test_a_token_is_no_session(annotator: User) -> None:
    annotator.set_password(PASSWORD)
    annotator.save()
    client = with_token(make_token(annotator)["token"])
    auth = "/_allauth/browser/v1"
    assert client.get(f"{auth}/auth/session").status_code == 401
    change = {"current_password": PASSWORD, "new_password": "another horse battery"}
    client.get("/login")
    headers = {"X-CSRFToken": client.cookies["concord-csrf"].value}
    reply = client.post(
        f"{auth}/account/password/change", change, "application/json", headers=headers
    )
    assert reply.status_code == 401, reply.content
    annotator.refresh_from_db()
    assert annotator.check_password(PASSWORD)


def test_an_invitation_is_accepted_by_whom_it_names_whoever_sends_a_token(
    annotator: User, admin: User
) -> None:
    secret = make_token(annotator)["token"]
    _, url = invite(email="new@example.org", actor=admin)
    path = f"/api/invitations/{url.rpartition('/')[2]}/accept/"
    body = {"name": "Nina", "password": PASSWORD}
    made = post(with_token(secret), path, body)
    assert made.status_code == 201
    assert User.objects.get(email="new@example.org").name == "Nina"
    annotator.refresh_from_db()
    assert annotator.name == "Anna"


def test_who_holds_what_was_a_token_hears_why_it_opens_nothing(annotator: User) -> None:
    gone, late, idle = (make_token(annotator)["token"] for _ in range(3))
    tokens = [ApiToken.objects.get(digest=digest_of(secret)) for secret in (gone, late)]
    browser_of(annotator).delete(f"/api/tokens/{tokens[0].id}/")
    ApiToken.objects.filter(pk=tokens[1].pk).update(expires_at=timezone.now())
    codes = {
        secret: with_token(secret).get("/api/me/").json()["code"] for secret in (gone, late, "x")
    }
    assert codes == {gone: "token_revoked", late: "token_expired", "x": "invalid_token"}
    User.objects.filter(pk=annotator.pk).update(is_active=False)
    for secret in (gone, late, idle):
        reply = with_token(secret).get("/api/me/")
        assert (reply.status_code, reply.json()["code"]) == (401, "invalid_token")
        assert reply["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("secret", ["", "a b", "\u00e9", "concord_" + "x" * 5000, "\ud800"])
def test_what_is_no_token_is_refused(annotator: User, secret: str) -> None:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    reply = Client().get("/api/me/", **headers)  # type: ignore[arg-type]  # a header as WSGI gives it
    assert (reply.status_code, reply.json()["code"]) == (401, "invalid_token")


def test_making_and_revoking_are_on_record(annotator: User) -> None:
    made = make_token(annotator)
    browser_of(annotator).delete(f"/api/tokens/{made['id']}/")
    events = Event.objects.filter(kind__startswith="token.").order_by("id")
    assert [(event.kind, event.actor_id) for event in events] == [
        ("token.created", annotator.pk),
        ("token.revoked", annotator.pk),
    ]
    assert made["token"] not in repr([vars(event) for event in events])
