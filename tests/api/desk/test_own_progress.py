"""How one person gets on, and that it is about nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from apps.datasets.models import Role
from apps.desk.queries.own_progress import own_progress
from apps.tasks.models import Answer
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    """Ann answers three images in 30, 60 and no seconds that anybody knows of; Ben one."""
    team = Team(interface="classification")
    for place in range(3):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    said: tuple[dict[str, Any], ...] = (
        {"answer": "accept", "seconds": 30.0},
        {"answer": "reject", "seconds": 60.0},
        {"answer": "accept"},
    )
    for answer in said:
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, **answer).status_code == 200
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, answer="ignore", seconds=7.0).status_code == 200
    return team


def mine(team: Team, who: str) -> dict[str, Any]:
    found: dict[str, Any] = team.get(who, "datasets/street-signs/progress/mine/").json()
    return found


def test_answers_and_the_time_that_they_took(team: Team) -> None:
    progress = mine(team, "Ann")
    assert progress["total"] == 3
    assert progress["answers"] == {"accept": 2, "reject": 1, "ignore": 0}
    assert progress["seconds"] == 90.0
    assert progress["per_hour"] == 80.0  # two answers in a minute and a half
    assert progress["today"] == progress["days"][-1]
    assert (progress["today"]["answers"], progress["today"]["seconds"]) == (3, 90.0)


def test_it_is_about_nobody_else_not_even_for_who_manages(team: Team) -> None:
    assert mine(team, "Ben")["answers"] == {"accept": 0, "reject": 0, "ignore": 1}
    olga = mine(team, "Olga")
    assert (olga["total"], olga["seconds"], olga["per_hour"]) == (0, 0.0, None)
    assert [day["answers"] for day in olga["days"]] == [0] * 14
    assert set(olga) == {*("time_zone", "today", "total", "answers", "seconds", "per_hour", "days")}


def test_an_edit_stays_on_the_day_of_the_first_answer(team: Team) -> None:
    Answer.objects.filter(user=team.people["Ann"]).update(
        created_at=F("created_at") - timedelta(days=2)
    )
    days = [day["answers"] for day in mine(team, "Ann")["days"]]
    assert days == [*[0] * 11, 3, 0, 0]


def test_a_day_begins_where_the_dataset_says(team: Team) -> None:
    team.dataset.time_zone = "Pacific/Auckland"  # 13 hours ahead in January
    team.dataset.save()
    late, early = datetime(2026, 1, 9, 10, 59, tzinfo=UTC), datetime(2026, 1, 9, 11, 1, tzinfo=UTC)
    first, second, third = Answer.objects.filter(user=team.people["Ann"]).order_by("id")
    for answer, moment in ((first, late), (second, early), (third, early)):
        Answer.objects.filter(pk=answer.pk).update(created_at=moment)
    progress = own_progress(user=team.people["Ann"], dataset=team.dataset, now=early)
    assert progress.today.day.isoformat() == "2026-01-10"
    assert [day.answers for day in progress.days[-2:]] == [1, 2]


def test_what_is_older_than_the_days_shown_counts_in_the_total(team: Team) -> None:
    Answer.objects.filter(user=team.people["Ann"]).update(
        created_at=timezone.now() - timedelta(days=40)
    )
    progress = mine(team, "Ann")
    assert (progress["total"], progress["today"]["answers"]) == (3, 0)


def test_viewers_have_no_part(team: Team) -> None:
    viewer = make_user("Vic")
    add_member(team.dataset, viewer, Role.VIEWER)
    reply = browser_of(viewer).get("/api/datasets/street-signs/progress/mine/")
    assert reply.status_code == 403
