"""Accounts, invitations and the first run over HTTP."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.annotators.models import Invitation, User
from tests.factories import browser_of, make_user

PASSWORD = "correct horse battery"


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def first_run_token() -> str:
    out = io.StringIO()
    call_command("first_run_link", stdout=out)
    return out.getvalue().strip().rpartition("token=")[2]


def test_an_admin_makes_accounts(admin: User) -> None:
    client = browser_of(admin)
    made = post(client, "/api/users/", {"email": "New@Example.org", "password": PASSWORD})
    assert made.status_code == 201
    assert made.json()["email"] == "new@example.org"
    assert "invite_url" not in made.json()
    again = post(client, "/api/users/", {"email": "new@example.org", "password": PASSWORD})
    assert (again.status_code, again.json()["code"]) == (409, "email_taken")
    listed = client.get("/api/users/").json()["results"]
    assert [row["email"] for row in listed] == ["ada@example.org", "new@example.org"]


@pytest.mark.parametrize("password", ["short", "password123", "12345678"])
def test_weak_passwords_are_refused(admin: User, password: str) -> None:
    body = {"email": "new@example.org", "password": password}
    reply = post(browser_of(admin), "/api/users/", body)
    assert reply.status_code == 400
    assert reply.json()["errors"]["password"]


def test_fields_beyond_the_form_are_refused(admin: User) -> None:
    body = {"email": "new@example.org", "password": PASSWORD, "is_staff": True}
    reply = post(browser_of(admin), "/api/users/", body)
    assert (reply.status_code, [*reply.json()["errors"]]) == (400, ["is_staff"])
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_last_admin_stays(admin: User) -> None:
    client = browser_of(admin)
    for change in ({"is_admin": False}, {"is_active": False}):
        reply = client.patch(f"/api/users/{admin.id}/", change, content_type="application/json")
        assert (reply.status_code, reply.json()["code"]) == (409, "last_admin")
    make_user("Alan", is_admin=True)
    change = {"is_admin": False}
    reply = client.patch(f"/api/users/{admin.id}/", change, content_type="application/json")
    assert reply.json()["is_admin"] is False


def test_an_account_without_password_waits_for_its_owner(admin: User) -> None:
    made = post(browser_of(admin), "/api/users/", {"email": "new@example.org", "name": "N"}).json()
    door = f"/api/invitations/{made['invite_url'].rpartition('/')[2]}/accept/"
    body = {"name": "Nina", "password": PASSWORD}
    assert post(Client(), door, body).status_code == 201
    user = User.objects.get(email="new@example.org")
    assert str(user.id) == made["id"]
    assert user.check_password(PASSWORD)
    assert user.name == "Nina"


def test_an_invitation_opens_once_and_only_while_it_lasts(admin: User) -> None:
    client = browser_of(admin)
    first, second = (
        post(client, "/api/invitations/", {"email": "new@example.org"}).json()["invite_url"]
        for _ in range(2)
    )
    body = {"name": "N", "password": PASSWORD}
    old = f"/api/invitations/{first.rpartition('/')[2]}/accept/"
    new = f"/api/invitations/{second.rpartition('/')[2]}/accept/"
    unknown = "/api/invitations/no-such-secret/accept/"
    assert post(Client(), old, body).status_code == 404
    assert Client().get(new).json() == {"email": "new@example.org", "datasets": []}
    assert post(Client(), new, body).json() == {"email": "new@example.org"}
    assert post(Client(), new, body).content == post(Client(), unknown, body).content
    assert client.get("/api/invitations/").json()["results"] == []

    late = post(client, "/api/invitations/", {"email": "late@example.org"}).json()["invite_url"]
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().get(f"/api/invitations/{late.rpartition('/')[2]}/accept/").status_code == 404


def test_guessing_invitations_is_slowed_down(db: None) -> None:
    statuses = [Client().get(f"/api/invitations/{n}/accept/").status_code for n in range(31)]
    assert statuses == [404] * 30 + [429]


def test_the_first_run_makes_one_admin(db: None) -> None:
    assert Client().get("/api/public/").json()["first_run"] is True
    stale, token = first_run_token(), first_run_token()
    body = {"email": "ada@example.org", "name": "Ada", "password": PASSWORD}
    assert post(Client(), "/api/first-run/", body | {"token": stale}).status_code == 404
    assert Client().get(f"/api/invitations/{token}/accept/").status_code == 404
    made = post(Client(), "/api/first-run/", body | {"token": token})
    assert (made.status_code, made.json()) == (201, {"email": "ada@example.org"})
    assert User.objects.get().is_admin
    again = body | {"token": token, "email": "eve@example.org"}
    assert post(Client(), "/api/first-run/", again).status_code == 404
    assert Client().get("/api/public/").json()["first_run"] is False
    with pytest.raises(CommandError):
        first_run_token()


def test_demo_accounts_are_offered_only_by_a_demo(db: None, settings: Any, tmp_path: Path) -> None:
    account = {"email": "a@x.org", "name": "A", "role": "admin", "password": "p"}
    (tmp_path / "demo.json").write_text(json.dumps([account]))
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    assert Client().get("/api/public/").json()["demo"] == [account]
    settings.DEMO = False
    assert Client().get("/api/public/").json()["demo"] == []


def test_createuser_reads_the_password_from_standard_input(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command(
        "createuser", "Ada@Example.org", "--password-stdin", "--admin", stdout=io.StringIO()
    )
    user = User.objects.get(email="ada@example.org")
    assert user.is_admin
    assert user.check_password(PASSWORD)
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        call_command("createuser", "bob@example.org", "--password-stdin")


def test_people_see_themselves_and_change_little(annotator: User) -> None:
    client = browser_of(annotator)
    me = client.get("/api/me/").json()
    (membership,) = me["memberships"]
    assert (membership["dataset"]["slug"], membership["role"]) == ("street-signs", "annotator")
    assert me["capabilities"] == {
        membership["dataset"]["id"]: ["see_dataset", "see_finals", "see_images", "label"]
    }
    reply = client.patch("/api/me/", {"is_admin": True}, content_type="application/json")
    assert reply.status_code == 400


def test_keys_follow_the_person_and_no_two_actions_share_one(annotator: User) -> None:
    client = browser_of(annotator)

    def change(keys: object) -> Any:
        body = {"preferences": {"keys": keys}}
        return client.patch("/api/me/", body, content_type="application/json")

    assert change({"accept": "j"}).status_code == 200
    elsewhere = browser_of(annotator).get("/api/me/").json()["preferences"]["keys"]
    assert (elsewhere["accept"], elsewhere["reject"]) == ("j", "x")
    reply = change({"accept": "x"})
    assert reply.status_code == 400
    told = reply.json()["errors"]["preferences"]["keys"]
    assert told == {"reject": ["This is the key of accept already."]}
    assert change({}).json()["preferences"]["keys"]["accept"] == "a"
    unknown = {"preferences": {"theme": "dark"}}
    reply = client.patch("/api/me/", unknown, content_type="application/json")
    assert reply.status_code == 400
