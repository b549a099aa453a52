"""One box over several: whoever says which way it is has said it of each of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

OVER = box(20, 20, 100, 40, "stop")
TWO = [box(22, 22, 40, 36, "stop"), box(76, 22, 40, 36, "yield")]


@pytest.fixture
def team() -> Team:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [OVER], TWO)
    return team


def test_the_objects_of_a_group_are_told_with_it(team: Team) -> None:
    """So the page knows of whose conflicts a word on the group is a word, too."""
    (task,) = team.review()["tasks"]
    (group,) = [row for row in task["conflicts"] if row["kind"] == "group"]
    assert (group["object"], group["params"]["objects"]) == (0, [1, 2])
    members = [[member["version"] for member in row["members"]] for row in task["merge"]["objects"]]
    assert members == [["A"], ["B"], ["B"]]
    about = [(row["kind"], row["object"]) for row in task["conflicts"] if row is not group]
    assert about == [("existence", 0), ("existence", 1), ("existence", 2)]


@pytest.mark.parametrize(("version", "labels"), [("A", ["stop"]), ("B", ["stop", "yield"])])
def test_one_word_for_all_of_them_closes_the_task(
    team: Team, version: str, labels: list[str]
) -> None:
    (task,) = team.review()["tasks"]
    said: list[dict[str, Any]] = [
        {"conflict": row["id"], "action": "version", "version": version}
        for row in sorted(task["conflicts"], key=lambda row: row["kind"] != "group")
    ]
    reply = team.decide(task, *said, final=True)
    assert reply.status_code == 200, reply.content
    assert sorted(span["label"] for span in reply.json()["final"]["spans"]) == labels
