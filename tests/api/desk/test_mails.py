"""Mails about what happened: together, not too often, ended by a link, and not lost."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from apps.annotators.models import Notification, NotificationSettings
from apps.datasets.models import Membership
from apps.desk.actions.mailing import ATTEMPTS, KIND, order_mails
from apps.desk.actions.telling import tell_people
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.tasks.talking import answered_team, say, thread_by
from tests.team import Team

pytestmark = pytest.mark.django_db

SECRET_WORDS = "What I think of it"


@pytest.fixture
def called() -> tuple[Team, dict[str, Any]]:
    """Rita calls Ann into a thread, a moment ago."""
    team, task = answered_team()
    thread = thread_by(team, "Rita", task, f"@A {SECRET_WORDS}", mentions=["A"])
    tell_people()
    return team, thread


def now(*, minutes: float = 0) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def send_due(*, minutes: float = 3) -> list[EmailMessage]:
    """Order what is due by then, do the jobs, and return the mails that went out by that."""
    before = len(mail.outbox)
    order_mails(now=now(minutes=minutes))
    do_jobs()
    return mail.outbox[before:]


def do_jobs() -> None:
    for job in Job.objects.filter(kind=KIND, state=Job.State.QUEUED):
        Job.objects.filter(pk=job.pk).update(run_after=Now())
        run_job(job.pk)


def call_again(team: Team, thread: dict[str, Any]) -> None:
    assert say(team, "Rita", thread, "@A again?", mentions=["A"]).status_code == 201
    tell_people()


def test_what_happens_within_two_minutes_comes_in_one_mail(called: tuple[Team, Any]) -> None:
    team, thread = called
    call_again(team, thread)
    assert send_due(minutes=1) == []
    (message,) = send_due()
    assert message.to == [team.people["Ann"].email]
    assert message.subject == "Street signs: You were called into a thread"
    assert f"/threads/{thread['id']}" in message.body
    for hidden in (SECRET_WORDS, "Rita", "<img", "stop"):
        assert hidden not in message.body, hidden
    assert send_due() == []
    assert Notification.objects.filter(mailed_at=None).count() == 0


def test_no_second_mail_within_two_minutes_of_the_last(called: tuple[Team, Any]) -> None:
    team, thread = called
    assert len(send_due()) == 1
    call_again(team, thread)
    # As if the first thing had waited long for a worker.
    Notification.objects.filter(mail=None).update(created_at=now(minutes=-5))
    assert send_due(minutes=1.9) == []
    assert len(send_due(minutes=2.1)) == 1


def test_a_mail_that_is_on_its_way_is_alone(called: tuple[Team, Any]) -> None:
    team, thread = called
    assert order_mails(now=now(minutes=3)) == 1
    call_again(team, thread)
    assert order_mails(now=now(minutes=60)) == 0


def test_what_was_seen_on_the_page_is_not_mailed(called: tuple[Team, Any]) -> None:
    team, _ = called
    (row,) = team.get("Ann", "notifications/").json()["results"]
    team.post("Ann", "notifications/seen/", {"ids": [row["id"]]})
    assert send_due() == []


def test_who_left_meanwhile_is_mailed_nothing(called: tuple[Team, Any]) -> None:
    team, _ = called
    order_mails(now=now(minutes=3))
    Membership.objects.filter(user=team.people["Ann"]).delete()
    do_jobs()
    assert mail.outbox == []


def test_a_daily_mail_waits_for_the_morning(called: tuple[Team, Any]) -> None:
    team, _ = called
    NotificationSettings.objects.create(user=team.people["Ann"], daily=True)
    Notification.objects.update(created_at=datetime.fromisoformat("2026-03-04T09:00Z"))
    assert order_mails(now=datetime.fromisoformat("2026-03-05T07:59Z")) == 0
    assert order_mails(now=datetime.fromisoformat("2026-03-05T08:00Z")) == 1


def links_of(message: EmailMessage) -> tuple[str, str]:
    """The path of the mail's header, and that of the page in its text."""
    (page,) = [word for word in message.body.split() if "/unsubscribe/" in word]
    header = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return header[header.index("/api/") :], page[page.index("/unsubscribe/") :]


def test_one_click_in_the_mail_program_ends_mails_of_that_kind_alone(
    called: tuple[Team, Any],
) -> None:
    team, thread = called
    (message,) = send_due()
    address, page = links_of(message)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(address).json() == {"kinds": ["mentioned"]}
    led = stranger.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (led.status_code, led.headers["Location"][:13]) == (302, "/unsubscribe/")
    assert not NotificationSettings.objects.exists(), "looking changes nothing"
    form = stranger.post(
        address,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert form.status_code == 204
    call_again(team, thread)
    assert send_due() == []
    wishes = team.get("Ann", "notifications/settings/").json()
    assert set(wishes["kinds"]) - set(wishes["mail"]) == {"mentioned"}
    assert wishes["page"] == wishes["kinds"]
    assert stranger.post(f"/api/notifications{page}/").status_code == 204, "again is no harm"


def test_a_link_that_was_changed_opens_nothing(called: tuple[Team, Any]) -> None:
    (message,) = send_due()
    address, _ = links_of(message)
    forged = address.replace("/unsubscribe/", "/unsubscribe/x")
    assert Client().get(forged).status_code == 404
    assert Client().post(forged).status_code == 404


class Refusing:
    """A mail server that says no until it is told otherwise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.up = False
        original = EmailMessage.send

        def send(message: EmailMessage, fail_silently: bool = False) -> int:
            if not self.up:
                raise smtplib.SMTPServerDisconnected("gone")
            return original(message, fail_silently)

        monkeypatch.setattr(EmailMessage, "send", send)


def test_a_mail_that_could_not_be_sent_is_sent_later_with_what_it_was_to_tell(
    called: tuple[Team, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    team, thread = called
    server = Refusing(monkeypatch)
    assert send_due() == []
    (job,) = Job.objects.filter(kind=KIND)
    assert (job.state, job.error_code) == (Job.State.QUEUED, "mail_refused")
    call_again(team, thread)
    server.up = True
    do_jobs()
    (message,) = mail.outbox
    assert str(job.id) in message.extra_headers["Message-ID"]
    assert Notification.objects.filter(mailed_at=None).count() == 1
    assert not Event.objects.filter(kind="mail.failed").exists()


def test_a_mail_that_is_given_up_is_told_to_admins(
    called: tuple[Team, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    Refusing(monkeypatch)
    order_mails(now=now(minutes=3))
    for _ in range(ATTEMPTS):
        do_jobs()
    assert Job.objects.get(kind=KIND).state == Job.State.FAILED
    (event,) = Event.objects.filter(kind="mail.failed")
    assert event.object_id == str(called[0].people["Ann"].pk)


def test_a_run_that_broke_off_after_sending_repeats_the_same_mail(
    called: tuple[Team, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    team, thread = called
    (first,) = send_due()
    Notification.objects.update(mailed_at=None)
    Job.objects.filter(kind=KIND).update(state="queued", finished_at=None)
    call_again(team, thread)
    do_jobs()
    second = mail.outbox[1]
    assert second.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
    assert second.body.split("--")[0] == first.body.split("--")[0]
