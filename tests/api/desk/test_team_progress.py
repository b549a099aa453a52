"""The progress of a dataset, day by day and person by person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.datasets.models import Dataset, Membership, Role
from apps.desk.actions.day_counting import count_days
from apps.desk.models import DayCount
from apps.reviews.actions.measuring import measure
from apps.tasks.models import Answer, Place, Slot, Task
from concord.events.actions import record
from tests.factories import add_member, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

QUERIES_OF_PROGRESS = 23  # two of them for counts that are kept
STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    """Three tasks: one agreed, one in conflict, one open."""
    team = Team()
    for place, name in enumerate(("a.jpg", "b.jpg", "c.jpg")):
        make_task(team.dataset, name=name, order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [])
    return team


def progress(team: Team, who: str = "Olga") -> dict[str, Any]:
    reply = team.get(who, f"datasets/{team.dataset.slug}/progress/team/")
    assert reply.status_code == 200, reply.content
    data: dict[str, Any] = reply.json()
    return data


def person(team: Team, name: str, who: str = "Olga") -> dict[str, Any]:
    (row,) = [row for row in progress(team, who)["people"] if row["user"]["name"] == name]
    return dict(row)


def today() -> date:
    return timezone.now().date()


def counted(team: Team, ago: int, **states: int) -> None:
    whole = {"open": 0, "answered": 0, "conflicted": 0, "final": 0, **states}
    day = today() - timedelta(days=ago)
    DayCount.objects.create(dataset=team.dataset, day=day, **whole)


def test_the_last_day_is_as_things_stand_and_people_by_what_they_answered(team: Team) -> None:
    found = progress(team)
    assert found["days"][-1] == str(today())
    assert len(found["days"]) == 30
    states = {"total": 3, "open": 1, "answered": 0, "conflicted": 1, "final": 1}
    assert found["tasks"] == states
    assert found["ends"] == [{"day": str(today()), "tasks": states, "rebuilt": False}]
    assert [row["user"]["name"] for row in found["people"]] == ["Ann", "Ben", "Olga", "Rita"]
    assert found["people"][0]["answers"] == [0] * 29 + [2]


def test_a_day_without_a_count_is_as_the_one_before(team: Team) -> None:
    counted(team, 40, open=3)
    counted(team, 2, open=2, final=1)
    ends = progress(team)["ends"]
    assert len(ends) == 30
    assert [end["tasks"]["open"] for end in ends] == [3] * 27 + [2, 2, 1]


def test_counting_a_day_again_replaces_it_and_counts_only_what_changed(team: Team) -> None:
    now = timezone.now()
    assert count_days(now=now) == 1
    assert count_days(now=now) == 0
    row = DayCount.objects.get(dataset=team.dataset, day=now.date())
    assert (row.open, row.conflicted, row.final, row.rebuilt) == (1, 1, 1, False)
    make_task(team.dataset, name="d.jpg", order_key=9)
    record(kind="import.done", actor=None, dataset_id=team.dataset.pk)
    assert count_days(now=now) == 1
    assert DayCount.objects.get(dataset=team.dataset, day=now.date()).open == 2


def test_the_days_before_the_first_count_are_rebuilt_and_say_so(team: Team) -> None:
    Task.objects.update(created_at=timezone.now() - timedelta(days=3))
    count_days(now=timezone.now())
    rows = DayCount.objects.filter(dataset=team.dataset).order_by("day")
    assert [(row.open, row.final, row.rebuilt) for row in rows] == [
        (3, 0, True),
        (3, 0, True),
        (3, 0, True),
        (1, 1, False),
    ]


def test_the_time_zone_of_the_dataset_says_which_day_it_is(team: Team) -> None:
    Dataset.objects.filter(pk=team.dataset.pk).update(time_zone="Pacific/Kiritimati")
    count_days(now=datetime.fromisoformat("2026-03-04T12:00Z"))
    assert DayCount.objects.filter(rebuilt=False).get().day == date(2026, 3, 5)


def test_time_left_is_told_from_three_days_of_work_and_to_those_who_see_answers(
    team: Team,
) -> None:
    assert progress(team)["left"] is None
    for ago, done in ((5, 0), (4, 2), (3, 4), (2, 4), (1, 6)):
        counted(team, ago, open=6 - done, final=done)
    left = progress(team, "Rita")["left"]
    # 2, 2 and 2 in the last four days: one open task takes 0.67 days.
    assert (left["active"], left["per_day"]) == (3, 2.0)
    assert left["until"] == left["soonest"] == left["latest"] == str(today() + timedelta(days=1))
    assert progress(team, "Ann")["left"] is None


def test_an_annotator_sees_their_own_part_alone(team: Team) -> None:
    (row,) = progress(team, "Ann")["people"]
    assert row["user"]["name"] == "Ann"
    assert team.get("Zoe", f"datasets/{team.dataset.slug}/progress/team/").status_code == 404


def test_how_fast_and_how_well_somebody_works_is_for_them_and_for_managers(team: Team) -> None:
    measure(dataset=team.dataset, beat=lambda: None)
    assert person(team, "Ann")["returned"]["of"] == 2
    assert person(team, "Ann", who="Ann")["returned"]["of"] == 2
    assert person(team, "Ann", who="Rita")["returned"] is None
    assert person(team, "Ann", who="Rita")["seconds_median"] is None


def test_who_has_no_work_and_why(team: Team) -> None:
    assert person(team, "Ann")["no_work"] is None
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).status_code == 200
    assert person(team, "Ann")["no_work"] == {"why": "done", "until": None}
    assert person(team, "Ben")["no_work"] is None
    (held,) = team.next("Ben")["tasks"]
    assert person(team, "Ben")["no_work"] is None, "what they hold is work"
    lent = person(team, "Rita")["no_work"]
    assert (lent["why"], lent["until"] is not None) == ("lent", True)
    Slot.objects.filter(task=held["id"], state="leased").update(
        state="withheld", user=None, lease_token=None, lease_expires_at=None
    )
    assert person(team, "Rita")["no_work"]["why"] == "withheld"
    Dataset.objects.filter(pk=team.dataset.pk).update(archived_at=timezone.now())
    assert person(team, "Rita")["no_work"]["why"] == "archived"


def test_work_that_is_meant_for_others_is_told_apart(team: Team) -> None:
    routing = [{"meta": "author", "to": "others"}]
    Dataset.objects.filter(pk=team.dataset.pk).update(config={"overlap": 2, "routing": routing})
    Slot.objects.filter(state="free").update(only=[team.people["Ben"].pk])
    assert person(team, "Ann")["no_work"]["why"] == "routed"
    assert person(team, "Ben")["no_work"] is None


def test_work_that_came_back_behind_somebodys_place_is_work(team: Team) -> None:
    far = Task.objects.order_by("order_key").last()
    assert far is not None
    Place.objects.filter(user=team.people["Ann"]).update(turn=2**62)
    assert person(team, "Ann")["no_work"]["why"] == "done"
    Slot.objects.filter(task=far, state="free").update(returned=True)
    assert person(team, "Ann")["no_work"] is None


def test_who_leaves_work_lying_is_idle_and_who_has_none_is_not(team: Team) -> None:
    long_ago = timezone.now() - timedelta(days=5)
    Answer.objects.filter(user=team.people["Ann"]).update(updated_at=long_ago)
    Place.objects.filter(user=team.people["Ann"]).update(asked_at=long_ago)
    assert person(team, "Ann")["idle_days"] == 5
    assert person(team, "Ben")["idle_days"] is None
    assert person(team, "Rita")["seen_at"] is None
    Slot.objects.filter(state="free").delete()
    assert person(team, "Ann")["idle_days"] is None


def test_who_left_is_shown_with_what_they_did(team: Team) -> None:
    Membership.objects.filter(user=team.people["Ben"]).delete()
    row = person(team, "Ben")
    assert (row["role"], row["answers"][-1], row["no_work"]) == (None, 2, None)


@pytest.mark.parametrize("more", [0, 8])
def test_more_people_take_no_more_queries(
    team: Team, more: int, django_assert_num_queries: Any
) -> None:
    for n in range(more):
        add_member(team.dataset, make_user(f"More{n}"), Role.ANNOTATOR)
    Slot.objects.filter(state="free").delete()
    with django_assert_num_queries(QUERIES_OF_PROGRESS):
        progress(team)
