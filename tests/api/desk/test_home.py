"""What people find on coming in."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.datasets.models import Dataset, Role
from apps.exchange.models import Export
from apps.imports.models import Import
from apps.reviews.models import Merge, SecondLook
from apps.tasks.models import Answer, Slot, Task
from concord.ids import uuid7
from tests.api.tasks.talking import say
from tests.factories import add_member, browser_of, make_dataset, make_image, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

QUERIES_OF_HOME = 19  # four of them for counts that are kept
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


def test_annotators_find_what_is_left_and_what_they_did_today(team: Team) -> None:
    home = team.get("Ann", "home/").json()
    dataset = {"id": str(team.dataset.id), "slug": "street-signs", "name": "Street signs"}
    (going_on,) = home["continue"]
    assert going_on.pop("last_at") is not None
    named = {**dataset, "interface": "image_manual"}
    assert going_on == {"dataset": named, "left": 1, "done_today": 2}
    assert (home["review"], home["sent_back"]) == ([], [])
    assert home["week"] == [0, 0, 0, 0, 0, 0, 2]


def test_the_card_counts_images_and_tasks_by_state(team: Team) -> None:
    lone = make_image(team.dataset, name="without a task.jpg")
    (card,) = team.get("Ann", "home/").json()["datasets"]
    assert card["counts"] == {
        "images": 4,
        "tasks": 3,
        "open": 1,
        "answered": 0,
        "conflicted": 1,
        "final": 1,
    }
    assert (card["role"], card["archived"]) == ("annotator", False)
    assert len(card["thumbnails"]) == 4
    assert card["thumbnails"][-1] == f"/api/images/{lone.id}/thumbnail/"


def test_reviewers_find_what_waits_for_them_but_not_their_own_work(team: Team) -> None:
    (waiting,) = team.get("Rita", "home/").json()["review"]
    assert (waiting["dataset"]["name"], waiting["waiting"]) == ("Street signs", 1)
    Answer.objects.filter(user=team.people["Ben"]).update(user=team.people["Rita"])
    assert team.get("Rita", "home/").json()["review"] == []


def test_outsiders_find_nothing_and_strangers_no_door(team: Team) -> None:
    assert team.get("Zoe", "home/").json() == {
        "continue": [],
        "review": [],
        "sent_back": [],
        "threads": [],
        "week": [0] * 7,
        "imports": [],
        "exports": [],
        "datasets": [],
    }
    assert team.browsers["Zoe"].__class__().get("/api/home/").status_code == 401


def test_an_admin_sees_every_card_but_is_offered_no_work(team: Team) -> None:
    admin = browser_of(make_user("Ida", is_admin=True))
    home = admin.get("/api/home/").json()
    assert (home["continue"], home["review"]) == ([], [])
    assert [card["role"] for card in home["datasets"]] == ["manager"]


def test_yesterday_is_not_today_and_the_dataset_says_when_the_day_begins(team: Team) -> None:
    mine = Answer.objects.filter(user=team.people["Ann"])
    now = timezone.now()
    mine.update(created_at=now - timedelta(hours=25))
    assert team.get("Ann", "home/").json()["continue"][0]["done_today"] == 0
    earlier = now - timedelta(hours=12)
    mine.update(created_at=earlier)
    for name in ("Pacific/Kiritimati", "UTC", "Etc/GMT+12"):
        zone = ZoneInfo(name)
        same_day = earlier.astimezone(zone).date() == now.astimezone(zone).date()
        Dataset.objects.filter(pk=team.dataset.pk).update(time_zone=name)
        (work,) = team.get("Ann", "home/").json()["continue"]
        assert work["done_today"] == (2 if same_day else 0), name


def test_sent_back_work_is_counted_until_it_is_answered(team: Team) -> None:
    (task,) = team.review()["tasks"]
    (drawn,) = [version["key"] for version in task["versions"] if version["spans"]]
    back = {"conflict": None, "action": "send_back", "version": drawn, "reason": "loose"}
    assert team.decide(task, back).status_code == 200
    (waiting,) = team.get("Ann", "home/").json()["sent_back"]
    assert (waiting["dataset"]["slug"], waiting["waiting"]) == ("street-signs", 1)
    assert team.get("Ben", "home/").json()["sent_back"] == []
    (again,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", again).status_code == 200
    assert team.get("Ann", "home/").json()["sent_back"] == []


def test_where_somebody_was_last_comes_first(team: Team) -> None:
    other = make_dataset(owner=team.people["Olga"], name="Birds")
    add_member(other, team.people["Ann"], Role.ANNOTATOR)
    make_task(other)
    names = [row["dataset"]["slug"] for row in team.get("Ann", "home/").json()["continue"]]
    assert names == ["street-signs", "birds"]
    assert team.post("Ann", "datasets/birds/next/", {"count": 1}).status_code == 200
    names = [row["dataset"]["slug"] for row in team.get("Ann", "home/").json()["continue"]]
    assert names == ["birds", "street-signs"]


def test_the_week_is_counted_by_the_days_of_each_dataset(team: Team) -> None:
    first, second = Answer.objects.filter(user=team.people["Ann"])
    for answer, days in ((first, 6), (second, 7)):
        when = timezone.now() - timedelta(days=days)
        Answer.objects.filter(pk=answer.pk).update(created_at=when)
    assert team.get("Ann", "home/").json()["week"] == [1, 0, 0, 0, 0, 0, 0]


def test_what_waits_for_a_second_look_waits_for_a_reviewer(team: Team) -> None:
    tim = make_user("Tim")
    add_member(team.dataset, tim, Role.REVIEWER)
    (task,) = team.review()["tasks"]
    ruling = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(task, ruling, final=True).status_code == 200
    decided = Task.objects.get(pk=task["id"])
    merged = Merge.objects.get(task=decided).task_version
    SecondLook.objects.create(task=decided, dataset=team.dataset, merge_version=merged)
    assert team.get("Rita", "home/").json()["review"] == [], "it was Rita's own"
    (waiting,) = browser_of(tim).get("/api/home/").json()["review"]
    assert waiting["waiting"] == 1


def test_what_somebody_ordered_and_is_not_over_is_theirs_to_see(team: Team) -> None:
    made = {"dataset": team.dataset, "created_by": team.people["Olga"]}
    Import.objects.create(name="list.txt", **made)
    Import.objects.create(name="over.txt", state="done", **made)
    Export.objects.create(format="coco", **made)
    home = team.get("Olga", "home/").json()
    assert [(row["name"], row["state"]) for row in home["imports"]] == [("list.txt", "reading")]
    assert [(row["format"], row["done"]) for row in home["exports"]] == [("coco", 0)]
    home = team.get("Rita", "home/").json()
    assert (home["imports"], home["exports"]) == ([], [])


def test_an_admin_who_is_no_member_finds_the_threads_that_wait_for_them(team: Team) -> None:
    ida = browser_of(make_user("Ida", is_admin=True))
    task = Task.objects.filter(state="conflicted").get()
    key = {"Idempotency-Key": str(uuid7())}
    opened = ida.post(
        f"/api/tasks/{task.pk}/threads/",
        {"text": "Why?"},
        content_type="application/json",
        headers=key,
    )
    assert opened.status_code == 201, opened.content
    assert ida.get("/api/home/").json()["threads"] == []
    assert say(team, "Rita", opened.json(), "Because.").status_code == 201
    (thread,) = ida.get("/api/home/").json()["threads"]
    assert thread["id"] == opened.json()["id"]


def test_a_task_held_by_somebody_else_is_left_for_them_only(team: Team) -> None:
    Slot.objects.filter(state="free", n=1).delete()
    assert len(team.next("Ben")["tasks"]) == 1
    assert team.get("Ann", "home/").json()["continue"] == []
    assert team.get("Ben", "home/").json()["continue"][0]["left"] == 1


@pytest.mark.parametrize("others", [0, 3])
def test_more_datasets_take_no_more_queries(
    team: Team, others: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for place in range(others):
        other = make_dataset(owner=team.people["Olga"], name=f"More {place}")
        add_member(other, team.people["Rita"], Role.REVIEWER)
        make_task(other)
    with django_assert_num_queries(QUERIES_OF_HOME):  # type: ignore[operator]
        assert len(team.get("Rita", "home/").json()["datasets"]) == 1 + others
