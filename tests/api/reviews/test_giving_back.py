"""A reviewer gives a task back with a reason: others come first, and it is written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from apps.reviews.models import Decision, ReviewLease
from apps.tasks.models import Flag
from concord.events.models import Event
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [STOP], [YIELD])
    return team


def give_back(team: Team, **why: Any) -> Any:
    (task,) = team.review()["tasks"]
    return team.decide(task, {"action": "give_back", **why})


def an_hour_later() -> None:
    """Decisions cannot be changed, so the trigger that says so looks away for once."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    Decision.objects.update(created_at=Now() - timedelta(minutes=61))


def test_others_get_it_at_once_and_are_told_why(team: Team) -> None:
    assert give_back(team, why="unclear", reason="Snow on all of it.").status_code == 200
    assert not ReviewLease.objects.exists()
    mine = team.review()
    assert (mine["tasks"], mine["left"], mine["reason"]["code"]) == ([], 0, "not_allowed")
    (task,) = team.review("Olga")["tasks"]
    assert "Rita gave it back: it is unclear. Snow on all of it." in task["why"]["text"]
    told = Event.objects.get(kind="decision.made").data
    assert told["action"] == "give_back"
    assert not Flag.objects.exists()


def test_after_an_hour_it_may_come_again(team: Team) -> None:
    assert give_back(team, why="not_my_job").status_code == 200
    assert team.review()["tasks"] == []
    an_hour_later()
    assert len(team.review()["tasks"]) == 1


def test_what_was_decided_before_stays(team: Team) -> None:
    (task,) = team.review()["tasks"]
    (conflict,) = task["conflicts"]
    said = {"conflict": conflict["id"], "action": "label", "label": "stop"}
    assert team.decide(task, said).status_code == 200
    assert team.decide(task, {"action": "give_back", "why": "unclear"}).status_code == 200
    (olgas,) = team.review("Olga")["tasks"]
    assert [row["label"] for row in olgas["decisions"]] == ["stop"]


def test_a_broken_image_is_shown_to_a_manager(team: Team) -> None:
    assert give_back(team, why="broken_image").status_code == 200
    assert [(row.kind, row.user.display_name) for row in Flag.objects.all()] == [
        ("broken_image", "Rita")
    ]


def test_without_a_reason_it_stays_with_the_reviewer(team: Team) -> None:
    reply = give_back(team)
    assert (reply.status_code, reply.json()["code"]) == (400, "reason_required")
    assert ReviewLease.objects.exists()
    assert not Decision.objects.exists()
    assert give_back(team, reason="I know who drew this.").status_code == 200
