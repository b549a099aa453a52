"""A named reviewer decides where people differ, unless it is their own work."""

from __future__ import annotations

import pytest

from apps.datasets.models import Role
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]
YIELD = [box(10, 10, 40, 20, "yield")]


@pytest.fixture
def team() -> Team:
    """Rita and Theo review; Theo breaks ties. One task is in dispute, one only looked at."""
    theo = make_user("Theo")
    team = Team(tie_breaker=theo.email, review_policy="all")
    team.people["Theo"], team.browsers["Theo"] = theo, browser_of(theo)
    add_member(team.dataset, theo, Role.REVIEWER)
    make_task(team.dataset, name="a.jpg", order_key=0)
    make_task(team.dataset, name="b.jpg", order_key=1)
    both_answer(team, STOP, YIELD)
    both_answer(team, STOP, STOP)
    return team


def gets(team: Team, who: str) -> tuple[list[str], int]:
    reply = team.review(who)
    return [task["state"] for task in reply["tasks"]], reply["left"]


def test_what_is_disputed_is_for_the_tie_breaker(team: Team) -> None:
    assert gets(team, "Rita") == (["answered"], 1)
    assert gets(team, "Theo") == (["conflicted"], 2)


def test_what_the_tie_breaker_leaves_to_others_is_for_any_reviewer(team: Team) -> None:
    (task,) = team.review("Theo")["tasks"]
    body = {"lease": task["lease"], "decisions": [{"action": "escalate", "reason": "Unsure."}]}
    version = {"If-Match": f'"{task["version"]}"'}
    reply = team.post("Theo", f"tasks/{task['id']}/decisions/", body, **version)
    assert reply.status_code == 200, reply.content
    assert team.review("Rita")["left"] == 2


def test_nobody_is_waited_for_who_may_not_review(team: Team) -> None:
    team.dataset.memberships.filter(user=team.people["Theo"]).update(role=Role.ANNOTATOR)
    assert team.review("Rita")["left"] == 2


def test_what_is_no_address_is_refused(team: Team) -> None:
    path, version = f"/api/datasets/{team.dataset.slug}/", {"If-Match": '"1"'}
    reply = team.browsers["Olga"].patch(
        path, {"tie_breaker": "Theo"}, content_type="application/json", headers=version
    )
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["tie_breaker"])
