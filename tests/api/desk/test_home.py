"""What people find on coming in."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.datasets.models import Dataset, Role
from apps.tasks.models import Answer, Slot
from tests.factories import add_member, browser_of, make_dataset, make_image, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

QUERIES_OF_HOME = 11
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
    assert home["continue"] == [
        {"dataset": {**dataset, "interface": "image_manual"}, "left": 1, "done_today": 2}
    ]
    assert (home["review"], home["sent_back"]) == ([], 0)


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
    assert card["role"] == "annotator"
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
        "sent_back": 0,
        "threads": [],
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
    assert team.get("Ann", "home/").json()["sent_back"] == 1
    assert team.get("Ben", "home/").json()["sent_back"] == 0
    (again,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", again).status_code == 200
    assert team.get("Ann", "home/").json()["sent_back"] == 0


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
