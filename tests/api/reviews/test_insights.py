"""What a lead sees at once: what waits for review, what was saved, who answered how much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils.timezone import now

from apps.datasets.models import Role
from apps.reviews.live_counts import SHOWN_DAYS, live_counts
from apps.reviews.models import TaskFacts
from apps.tasks.models import Answer, Task
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
QUERIES = 14
"""Of the request three, then what is kept of counts, states, answers, ages, kinds, what was
measured, what is kept of days, dataset, measured, days, and people."""


@pytest.fixture
def team() -> Team:
    """Of four tasks one is agreed on, two are in dispute about a label, and one is unanswered."""
    team = Team()
    for place in range(4):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [YIELD])
    both_answer(team, [STOP], [YIELD, box(100, 50, 20, 20, "stop")])
    return team


def insights(team: Team, who: str = "Rita") -> dict[str, Any]:
    reply = team.get(who, "datasets/street-signs/insights/")
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = reply.json()
    return found


def test_what_waits_for_review_and_why(team: Team) -> None:
    found = insights(team)
    assert found["tasks"] == {"total": 4, "open": 1, "answered": 0, "conflicted": 2, "final": 1}
    review = found["review"]
    assert review["waiting"] == 2
    assert review["kinds"] == [{"kind": "label", "tasks": 2}, {"kind": "existence", "tasks": 1}]
    needed = review["needed"]
    assert (needed["count"], needed["of"]) == (2, 3)
    assert found["answers"] == [{"answers": 2, "tasks": 3}]


def test_what_was_decided_needed_review_too_and_waits_no_more(team: Team) -> None:
    (task,) = team.review()["tasks"]
    reject = {"conflict": None, "action": "reject"}
    assert team.decide(task, reject, final=True).status_code == 200
    review = insights(team)["review"]
    assert review["waiting"] == 1
    assert (review["needed"]["count"], review["needed"]["of"]) == (2, 3)


def test_a_task_waits_since_its_last_answer(team: Team) -> None:
    noon = datetime(2026, 1, 9, 12, 0, tzinfo=UTC)
    facts = TaskFacts.objects.filter(state="conflicted").order_by("task")
    for row, hours in zip(facts, (1, 5), strict=True):
        facts.filter(pk=row.pk).update(updated_at=noon - timedelta(hours=hours))
    waiting = live_counts(dataset=team.dataset, now=noon, measured=None).waiting
    assert waiting.median_seconds == 3 * 3600
    assert insights(team)["review"]["oldest_at"] == "2026-01-09T07:00:00Z"


def test_what_was_taken_down_waits_for_nobody(team: Team) -> None:
    for task in Task.objects.filter(state="conflicted"):
        Task.objects.filter(pk=task.pk).update(withdrawn_at=now())
    found = insights(team)
    assert (found["review"]["waiting"], found["review"]["kinds"]) == (0, [])
    assert found["answers"] == [{"answers": 2, "tasks": 1}]


def test_nothing_waits_where_nothing_was_answered() -> None:
    team = Team()
    make_task(team.dataset)
    found = insights(team)
    assert found["review"]["oldest_at"] is None
    assert found["review"]["needed"]["value"] is None
    assert (found["answers"], found["saved"], found["throughput"]["people"]) == ([], None, [])


def test_answers_that_nobody_had_to_give() -> None:
    """Two agree on one task; on the other a third is asked, and agrees with one of them."""
    team = Team(overlap={"base": 2, "most": 3})
    for place in range(2):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    cleo = make_user("Cleo")
    add_member(team.dataset, cleo, Role.ANNOTATOR)
    team.browsers["Cleo"] = browser_of(cleo)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [YIELD])
    assert insights(team)["saved"] == {"base": 2, "most": 3, "given": 2, "fixed": 3, "saved": 1}
    (task,) = team.next("Cleo")["tasks"]
    assert team.answer("Cleo", task, STOP).status_code == 200
    found = insights(team)
    assert found["answers"] == [{"answers": 2, "tasks": 1}, {"answers": 3, "tasks": 1}]
    assert found["saved"] == {"base": 2, "most": 3, "given": 5, "fixed": 6, "saved": 1}


def test_answers_by_day_and_person_where_the_dataset_says_what_a_day_is(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.dataset.time_zone = "Pacific/Auckland"  # 13 hours ahead in January
    team.dataset.save()
    late, early = datetime(2026, 1, 9, 10, 59, tzinfo=UTC), datetime(2026, 1, 9, 11, 1, tzinfo=UTC)
    moments = (late, early, early - timedelta(days=SHOWN_DAYS))
    mine = Answer.objects.filter(user=team.people["Ann"]).order_by("id")
    for answer, moment in zip(mine, moments, strict=True):
        Answer.objects.filter(pk=answer.pk).update(created_at=moment)
    Answer.objects.filter(user=team.people["Ben"]).update(created_at=late)
    monkeypatch.setattr("apps.reviews.live_counts.timezone.now", lambda: early)
    counts = live_counts(dataset=team.dataset, now=early, measured=None)
    assert [day.isoformat() for day in counts.days[-2:]] == ["2026-01-09", "2026-01-10"]
    assert len(counts.days) == SHOWN_DAYS
    assert [(row.user.name, row.days[-2:]) for row in counts.people] == [
        ("Ben", [3, 0]),
        ("Ann", [1, 1]),
    ]


def test_an_edit_stays_on_the_day_of_the_first_answer(team: Team) -> None:
    Answer.objects.filter(user=team.people["Ann"]).update(
        created_at=F("created_at") - timedelta(days=40)
    )
    people = insights(team)["throughput"]["people"]
    assert [row["user"]["name"] for row in people] == ["Ben"]


def test_what_is_shown_takes_a_fixed_number_of_queries(
    team: Team, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(QUERIES):
        insights(team)
