"""Where everybody answers everything, a newcomer opens what was finished without them."""

import pytest

from apps.datasets.models import Role
from apps.reviews.models import Final, TaskFacts
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db


def test_a_final_does_not_outlive_the_answers_it_was_made_of() -> None:
    team = Team(overlap="all")
    make_task(team.dataset)
    stop = [box(10, 10, 40, 20, "stop")]
    both_answer(team, stop, stop)
    assert Final.objects.get().origin == "agreed"

    newcomer = make_user("Cleo")
    add_member(team.dataset, newcomer, Role.ANNOTATOR)
    team.browsers["Cleo"] = browser_of(newcomer)
    (task,) = team.next("Cleo")["tasks"]
    assert task["state"] == "open"
    assert not Final.objects.exists()
    assert TaskFacts.objects.get().state == "open"

    assert team.answer("Cleo", task, *stop).status_code == 200
    assert Final.objects.get().origin == "agreed"
    assert TaskFacts.objects.get().answers == 3
