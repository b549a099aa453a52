"""Invitations by mail: the link of the page, sent after the commit, resent and withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from apps.annotators.models import Invitation, User
from apps.datasets.models import Dataset
from concord.events.models import Event
from concord.jobs.models import Job
from tests.factories import browser_of
from tests.jobs_of import work_off

KIND = "annotators.invitation"
NEW = "new@example.org"


def invite(admin: User, email: str = NEW) -> dict[str, Any]:
    reply = browser_of(admin).post(
        "/api/invitations/", {"email": email}, content_type="application/json"
    )
    assert reply.status_code == 201, reply.content
    made: dict[str, Any] = reply.json()
    return made


def opens(url: str) -> bool:
    secret = url.rpartition("/")[2]
    return Client().get(f"/api/invitations/{secret}/accept/").status_code == 200


def test_the_letter_holds_the_link_that_the_page_showed_once(admin: User) -> None:
    made = invite(admin)
    assert mail.outbox == [], "not while the request runs"
    assert work_off(KIND) == 1
    (letter,) = mail.outbox
    assert letter.to == [NEW]
    assert letter.subject == "You are invited to Concord"
    assert made["invite_url"] in letter.body.split()
    assert made["invite_url"].startswith(f"{settings.PUBLIC_URL}/invitations/")
    assert "Ada invites you." in letter.body
    assert opens(made["invite_url"])


def test_the_secret_lies_in_no_table(admin: User) -> None:
    secret = invite(admin)["invite_url"].rpartition("/")[2]
    assert secret not in str(list(Job.objects.values()))
    assert secret not in str(list(Invitation.objects.values()))
    assert secret not in str(list(Event.objects.values()))


def test_a_member_added_by_address_hears_of_the_dataset(signs: Dataset, owner: User) -> None:
    browser_of(owner).post(
        f"/api/datasets/{signs.slug}/members/",
        {"email": NEW, "role": "annotator"},
        content_type="application/json",
    )
    work_off(KIND)
    assert "Olga invites you to help with “Street signs”." in mail.outbox[0].body


def test_names_in_a_letter_are_text_on_one_line_and_make_no_link(admin: User) -> None:
    admin.name = "Ada\r\nBcc: all@example.org\n\nhttp://evil.example/ <b>"
    admin.save()
    invite(admin)
    work_off(KIND)
    (letter,) = mail.outbox
    said = "Ada Bcc: all@example.org http evil.example/ <b> invites you."
    assert said in letter.body
    assert letter.recipients() == [NEW]


def test_sending_again_lets_the_older_link_die(admin: User) -> None:
    first = invite(admin)
    path = f"/api/invitations/{first['id']}/send-again/"
    again = browser_of(admin).post(path)
    assert again.status_code == 201
    assert not opens(first["invite_url"])
    assert opens(again.json()["invite_url"])
    assert work_off(KIND) == 2
    assert len(mail.outbox) == 1, "a link that opens nothing is not sent"
    assert browser_of(admin).post(path).status_code == 404


def test_a_withdrawn_invitation_opens_nothing(admin: User) -> None:
    made = invite(admin)
    path = f"/api/invitations/{made['id']}/"
    assert browser_of(admin).delete(path).status_code == 204
    assert not opens(made["invite_url"])
    assert browser_of(admin).get("/api/invitations/").json()["results"] == []
    assert Event.objects.filter(kind="invitation.withdrawn", actor=admin).count() == 1
    work_off(KIND)
    assert mail.outbox == []


def test_the_list_says_who_invited_whom_until_when(admin: User) -> None:
    made = invite(admin)
    (row,) = browser_of(admin).get("/api/invitations/").json()["results"]
    assert (row["email"], row["invited_by"], row["is_admin"]) == (NEW, "Ada", False)
    assert row["expires_at"] == made["expires_at"]
    assert "invite_url" not in row


@pytest.mark.parametrize("later", ["accepted", "another key"])
def test_a_job_that_runs_late_sends_no_dead_link(admin: User, later: str) -> None:
    made = invite(admin)
    if later == "accepted":
        secret = made["invite_url"].rpartition("/")[2]
        body = {"name": "New", "password": "correct horse battery"}
        Client().post(f"/api/invitations/{secret}/accept/", body, content_type="application/json")
        work_off(KIND)
    else:
        with override_settings(SECRET_KEY="another key, of which nobody was told"):
            work_off(KIND)
    assert mail.outbox == []
