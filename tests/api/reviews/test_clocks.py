"""Servers whose clocks differ by hours from the database's and from one another's (X11): who holds
what until when, and what was said last, goes by the database's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from apps.reviews.models import Decision, Final, ReviewLease
from apps.tasks.models import Revision, Slot
from concord.jobs import actions
from concord.jobs.models import Job
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

FAST, SLOW = 2, -2
KEY = {"Idempotency-Key": "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a"}
Server = Callable[[float], None]

true_now, true_time, true_time_ns = timezone.now, time.time, time.time_ns


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """What follows is done by a server whose clock is ahead by so many hours."""

    def by(hours: float) -> None:
        def now() -> datetime:
            return true_now() + timedelta(hours=hours)

        seconds = int(hours * 3600)
        monkeypatch.setattr(timezone, "now", now)
        monkeypatch.setattr(time, "time", lambda: true_time() + seconds)
        monkeypatch.setattr(time, "time_ns", lambda: true_time_ns() + seconds * 10**9)

    return by


@pytest.mark.parametrize("hours", [FAST, SLOW])
def test_a_lease_holds_for_its_time_whoever_gave_it(server: Server, hours: int) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    server(hours)
    (task,) = team.next("Ann")["tasks"]
    server(-hours)
    assert team.next("Ben")["tasks"] == []
    assert [again["id"] for again in team.next("Ann")["tasks"]] == [task["id"]]
    left = Slot.objects.filter(
        lease_expires_at__gt=Now() + timedelta(minutes=14),
        lease_expires_at__lt=Now() + timedelta(minutes=16),
    )
    assert left.exists()
    assert team.answer("Ann", task).json()["late"] is False


@pytest.mark.parametrize("hours", [FAST, SLOW])
def test_a_retry_at_another_server_is_the_same_request(server: Server, hours: int) -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    body = {"answer": "accept", "spans": [], "lease": task["lease"]}
    replies = []
    for clock in (hours, -hours):
        server(clock)
        replies.append(team.post("Ann", f"tasks/{task['id']}/answer/", body, **KEY).json())
    assert replies[0] == replies[1]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("hours", [FAST, SLOW])
def test_a_job_that_beats_is_alive_whatever_the_time_elsewhere(server: Server, hours: int) -> None:
    server(hours)
    job = actions.enqueue(kind="reviews.learn", args={})
    context = actions.claim(job_id=job.pk)
    assert context is not None
    context.beat()
    server(-hours)
    assert actions.reap() == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.RUNNING, 1)


@pytest.mark.parametrize("hours", [FAST, SLOW])
def test_a_review_is_one_persons_for_its_time(server: Server, hours: int) -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    server(hours)
    assert len(team.review("Rita")["tasks"]) == 1
    server(-hours)
    assert team.review("Olga")["tasks"] == []
    assert ReviewLease.objects.filter(expires_at__lt=Now() + timedelta(minutes=16)).exists()


def test_the_last_decision_holds_though_its_server_is_slow(server: Server) -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review("Rita")["tasks"]
    conflict = task["conflicts"][0]["id"]
    server(FAST)
    assert team.decide(task, {"conflict": conflict, "action": "accept"}).status_code == 200
    server(SLOW)
    last = team.decide(task, {"conflict": conflict, "action": "delete"}, final=True)
    assert last.status_code == 200
    assert Final.objects.get().spans == []
    assert [row.action for row in Decision.objects.order_by("created_at")] == ["accept", "delete"]


def test_what_was_given_back_is_away_for_its_time(server: Server) -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    (task,) = team.review("Rita")["tasks"]
    server(SLOW)
    assert team.decide(task, {"action": "give_back", "why": "unclear"}).status_code == 200
    server(FAST)
    assert team.review("Rita")["tasks"] == []


def guess(client: Client) -> Any:
    path = "/_allauth/browser/v1/auth/login"
    body = {"email": "ann@example.org", "password": "a wrong guess at it"}
    return client.post(path, body, content_type="application/json")


def test_who_guesses_waits_at_every_server(server: Server) -> None:
    Team()
    client = Client()
    for clock in (SLOW, FAST, SLOW, FAST, SLOW):
        server(clock)
        assert guess(client).status_code == 400
    for clock in (FAST, SLOW):
        server(clock)
        assert guess(client).status_code == 429
