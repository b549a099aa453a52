"""How far a dataset is, and what of it is whose business."""

from __future__ import annotations

import pytest

from apps.datasets.models import Role
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    """Two tasks: both answered by Ann, one rejected by Ben."""
    team = Team()
    for place, name in enumerate(("a.jpg", "b.jpg")):
        make_task(team.dataset, name=name, order_key=place)
    for seconds in (3.0, 9.0):
        (task,) = team.next("Ann")["tasks"]
        assert team.answer("Ann", task, STOP, seconds=seconds).status_code == 200
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, answer="reject", seconds=4.0).status_code == 200
    return team


def test_managers_see_everybody_with_their_pace(team: Team) -> None:
    progress = team.get("Olga", "datasets/street-signs/progress/").json()
    assert progress["tasks"] == {
        "total": 2,
        "open": 1,
        "answered": 0,
        "conflicted": 1,
        "final": 0,
    }
    assert progress["answers"] == {"accept": 2, "reject": 1, "ignore": 0}
    ann, ben = progress["people"]
    assert (ann["user"]["name"], ann["answers"], ann["seconds_median"]) == ("Ann", 2, 6.0)
    assert (ben["user"]["name"], ben["answers"], ben["seconds_median"]) == ("Ben", 1, 4.0)
    assert progress["mine"] == {"done_today": 0, "done": 0, "left": 1}
    assert progress["review"] == {"waiting": 1}


def test_reviewers_see_counts_but_not_the_pace_of_others(team: Team) -> None:
    progress = team.get("Rita", "datasets/street-signs/progress/").json()
    assert [row["seconds_median"] for row in progress["people"]] == [None, None]
    assert progress["review"] == {"waiting": 1}


def test_annotators_see_only_their_own_answers(team: Team) -> None:
    progress = team.get("Ben", "datasets/street-signs/progress/").json()
    assert progress["answers"] == {"accept": 0, "reject": 1, "ignore": 0}
    (ben,) = progress["people"]
    assert (ben["user"]["name"], ben["seconds_median"]) == ("Ben", 4.0)
    assert progress["mine"] == {"done_today": 1, "done": 1, "left": 1}
    assert progress["review"] == {"waiting": 0}


def test_viewers_have_nothing_to_do_and_outsiders_nothing_to_see(team: Team) -> None:
    viewer = make_user("Vic")
    add_member(team.dataset, viewer, Role.VIEWER)
    progress = browser_of(viewer).get("/api/datasets/street-signs/progress/").json()
    assert progress["tasks"]["total"] == 2
    assert (progress["people"], progress["mine"]["left"]) == ([], 0)
    assert team.get("Zoe", "datasets/street-signs/progress/").status_code == 404


def test_an_empty_dataset_counts_zeros() -> None:
    team = Team()
    progress = team.get("Olga", "datasets/street-signs/progress/").json()
    assert progress["tasks"]["total"] == 0
    assert set(progress["answers"].values()) == {0}
