"""What is measured of a small dataset, by hand: Ann and Ben, four tasks, three of them decided."""

from __future__ import annotations

import uuid

import pytest
from django.db.models import F

from apps.datasets.models import Label
from apps.reviews.actions import learning
from apps.reviews.actions.measuring import KIND, measure
from apps.reviews.live_counts import live_counts
from apps.reviews.models import Behind, Insights
from apps.tasks.models import Answer, Task
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.reviews.decided import STOP, YIELD, decided_team
from tests.factories import make_task
from tests.team import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return decided_team()


def measured(team: Team) -> Insights:
    return measure(dataset=team.dataset, beat=lambda: None)


def tasks_behind(team: Team, *parts: str) -> set[int]:
    """The places of the tasks behind a number; empty where there is none."""
    rows = Behind.objects.filter(dataset=team.dataset, key=":".join(parts))
    found = Task.objects.filter(pk__in=[task for row in rows for task in row.tasks])
    return set(found.values_list("order_key", flat=True))


def test_what_people_said_beside_what_was_decided(team: Team) -> None:
    figures = measured(team).figures
    assert figures["part"] == {"of": 4, "tasks": 4, "answers": 8, "shapes": 8, "decided": 3}
    ann, ben = (figures["people"][str(team.people[name].pk)] for name in ("Ann", "Ben"))
    # Of three points that were ruled on: her box too many; his yield and the sign he missed.
    assert (ann["ruled"], ben["ruled"]) == ([1, 3], [2, 3])
    assert (ann["missed"], ben["missed"]) == ([0, 3], [1, 3])
    assert (ann["extra"], ben["extra"]) == ([1, 4], [0, 2])
    assert ben["sizes"] == {"small": [1, 3]}  # 40 x 20 is less than a square of 32
    assert [list(row["weeks"].values()) for row in (ann, ben)] == [[[3, 4]], [[2, 4]]]


def test_what_is_taken_for_what_and_where(team: Team) -> None:
    stop, give_way = (str(label.pk) for label in Label.objects.order_by("position"))
    rows = measured(team).figures["confusions"]
    found = {(row["said"], row["final"]): (row["count"], row["of"]) for row in rows}
    # Six times somebody could say stop where it holds; of five boxes called stop one was none.
    assert found == {(give_way, stop): (1, 6), (None, stop): (1, 6), (stop, None): (1, 5)}
    (example,) = next(row["examples"] for row in rows if row["said"] == give_way)
    assert example["edges"] == [10, 10, 50, 30]
    assert example["size"] == [200, 100]
    assert Task.objects.get(pk=example["task"]).order_key == 1
    assert tasks_behind(team, "said", "label", give_way, stop) == {1}


def test_the_tasks_behind_a_number_are_kept(team: Team) -> None:
    measured(team)
    ann, ben = (str(team.people[name].pk) for name in ("Ann", "Ben"))
    assert tasks_behind(team, "overturned", ann) == {3}
    assert tasks_behind(team, "overturned", ben) == {1, 2}
    assert tasks_behind(team, "missed", ben) == tasks_behind(team, "missed_small", ben) == {2}
    assert tasks_behind(team, "extra", ann) == {3}
    assert tasks_behind(team, "missed", ann) == set()


def test_how_long_an_answer_takes_and_how_many_were_sent_back() -> None:
    team = Team()
    for place, seconds in enumerate((2.0, 4.0, 90.0)):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, STOP, seconds=seconds).status_code == 200
        (task,) = team.next("Ben")["tasks"]
        assert team.answer("Ben", task, YIELD).status_code == 200
    (task,) = team.review(sort="oldest")["tasks"]
    (bens,) = [each["key"] for each in task["versions"] if each["spans"][0]["label"] == "yield"]
    back = {"action": "send_back", "version": bens, "fault": "label"}
    assert team.decide(task, {"conflict": task["conflicts"][0]["id"], **back}).status_code == 200
    ann, ben = (team.people[name].pk for name in ("Ann", "Ben"))
    work = measured(team).figures["work"]
    assert work[str(ann)] == {"seconds": {"n": 3, "median": 4.0}, "returned": [0, 3]}
    assert work[str(ben)] == {"seconds": {"n": 0, "median": None}, "returned": [1, 3]}
    assert tasks_behind(team, "returned", str(ben)) == {0}


def test_measuring_again_replaces_what_was_measured(team: Team) -> None:
    first = measured(team)
    second = measured(team)
    assert Insights.objects.get().measured_at == second.measured_at > first.measured_at
    assert second.event == first.event > 0
    assert second.figures == first.figures
    assert Behind.objects.count() == len(set(Behind.objects.values_list("key", flat=True)))


def test_who_takes_the_work_away_ends_it(team: Team) -> None:
    def gone() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        measure(dataset=team.dataset, beat=gone)
    assert not Insights.objects.exists()


def test_past_days_are_not_counted_again(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    now = measured(team).measured_at
    insights = Insights.objects.get()
    by_day = insights.figures["days"]["people"][str(team.people["Ann"].pk)]
    (today,) = by_day
    insights.figures["days"]["people"][str(uuid.UUID(int=0))] = {}
    by_day["2026-01-01"] = 5
    insights.measured_at = now.replace(year=2026, month=1, day=2)
    Answer.objects.filter(user=team.people["Ben"]).update(
        created_at=F("created_at") - (now - insights.measured_at)
    )
    insights.save()
    monkeypatch.setattr("apps.reviews.live_counts.timezone.now", lambda: insights.measured_at)
    counts = live_counts(dataset=team.dataset, now=insights.measured_at, measured=insights)
    assert today == now.date().isoformat()
    assert [(row.user.name, row.days[-2:]) for row in counts.people] == [
        ("Ann", [5, 0]),
        ("Ben", [0, 4]),
    ]


def test_what_was_decided_is_measured_some_minutes_later(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    learning.learn(dataset=team.dataset, beat=lambda: None)
    Event.objects.create(kind="decision.made", dataset_id=team.dataset.id)
    assert learning.order_learning() == 0  # a minute ago: there may be more
    monkeypatch.setattr(learning, "PATIENCE_SECONDS", -60)
    assert learning.order_learning() == 1
    for kind in (learning.KIND, KIND):
        job = Job.objects.get(kind=kind)
        assert run_job(job.id)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error_detail
    assert Insights.objects.get().figures["part"]["decided"] == 3
