"""By what tasks come to a reviewer, why they come, and whose versions they are."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.models import TaskFacts
from concord.events.models import Event
from tests.api.reviews.gridded import points, said
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    """Three tasks in dispute, of which the second is the least sure and the third the surest."""
    team = Team()
    for n, boxes in enumerate(([STOP], [STOP], [YIELD])):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, boxes, [])
    sure = dict(enumerate((0.5, 0.2, 0.8)))
    for place, facts in enumerate(TaskFacts.objects.order_by("task__order_key")):
        facts.confidence = sure[place]
        facts.save(update_fields=["confidence"])
    return team


def first(team: Team, order: str | None, *, times: int = 3) -> list[str]:
    """The names of the images in the order in which they come, one after the other."""
    path = f"datasets/{team.dataset.slug}/review/next/"
    names = []
    for _ in range(times):
        body = {"count": 1} if order is None else {"count": 1, "sort": order}
        reply = team.post("Rita", path, body)
        assert reply.status_code == 200, reply.content
        (task,) = reply.json()["tasks"]
        names.append(task["images"][0]["name"])
        close = {"conflict": None, "action": "reject"}
        assert team.decide(task, close, final=True).status_code == 200
    return names


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (None, ["1.jpg", "0.jpg", "2.jpg"]),
        ("loss", ["1.jpg", "0.jpg", "2.jpg"]),
        ("oldest", ["0.jpg", "1.jpg", "2.jpg"]),
        # The stops first, the less sure before the other.
        ("class", ["1.jpg", "0.jpg", "2.jpg"]),
    ],
)
def test_the_order_is_the_reviewers_choice(team: Team, order: str | None, names: list[str]) -> None:
    assert first(team, order) == names


def test_classes_come_together(team: Team) -> None:
    TaskFacts.objects.filter(task__order_key=0).update(labels=["zebra"])
    ids = sorted(TaskFacts.objects.values_list("labels", flat=True))
    assert first(team, "class")[-1] == "0.jpg"
    assert len(ids) == 3


def test_where_only_is_left_what_was_missed_comes_first(team: Team) -> None:
    rows = points(team)["results"]
    said(team, rows[2:], "accept")
    assert first(team, "missed") == ["2.jpg", "1.jpg", "0.jpg"]


def test_random_is_the_same_for_one_person_each_time(team: Team) -> None:
    path = f"datasets/{team.dataset.slug}/review/next/"
    body = {"count": 3, "sort": "random"}
    once = {task["id"] for task in team.post("Rita", path, body).json()["tasks"]}
    assert len(once) == 3


def test_an_unknown_order_is_refused(team: Team) -> None:
    path = f"datasets/{team.dataset.slug}/review/next/"
    assert team.post("Rita", path, {"sort": "upwards"}).status_code == 400


def why(team: Team, who: str) -> Any:
    return team.review(who)["tasks"][0]["why"]


def test_why_it_is_here_is_told_in_words(team: Team) -> None:
    told = why(team, "Rita")
    assert told["code"] == "conflicts"
    assert told["text"].startswith("People disagree: existence. The merge is ")
    (task,) = team.review()["tasks"]
    up = {"conflict": None, "action": "escalate", "reason": "Too dark to tell."}
    assert team.decide(task, up).status_code == 200
    text = "Rita left it to another reviewer: Too dark to tell. People disagree: existence."
    assert why(team, "Olga")["text"].startswith(text)


def test_what_was_unlocked_says_by_whom_and_why(team: Team) -> None:
    (task,) = team.review()["tasks"]
    close = {"conflict": None, "action": "reject"}
    assert team.decide(task, close, final=True).status_code == 200
    path = f"tasks/{task['id']}/unlock/"
    assert team.post("Olga", path, {"reason": "There is a sign."}).status_code == 200
    body = {"count": 3}
    held = team.post("Rita", f"datasets/{team.dataset.slug}/review/next/", body).json()["tasks"]
    (again,) = [row for row in held if row["id"] == task["id"]]
    assert again["why"]["text"].startswith("Olga unlocked it: There is a sign.")


def test_names_are_shown_on_request_and_that_is_recorded(team: Team) -> None:
    (task,) = team.review()["tasks"]
    assert "Ann" not in str(task)
    assert not Event.objects.filter(kind="review.names_shown").exists()
    reply = team.post("Rita", f"tasks/{task['id']}/names/", {})
    assert reply.json() == {"names": {"A": "Ann", "B": "Ben"}}
    event = Event.objects.get(kind="review.names_shown")
    assert (event.actor, event.object_id) == (team.people["Rita"], task["id"])
