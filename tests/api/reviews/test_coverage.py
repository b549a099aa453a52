"""Whether a reviewer is asked for what everybody missed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
LONE = box(150, 50, 20, 20, "stop")


def asked(team: Team, anns: list[dict[str, Any]], bens: list[dict[str, Any]]) -> bool:
    """Both answer the only task; what the reviewer's page is told."""
    make_task(team.dataset)
    both_answer(team, anns, bens)
    (task,) = team.review()["tasks"]
    return bool(task["asks_for_missed"])


def test_it_is_asked_wherever_somebody_was_alone_with_a_shape() -> None:
    assert asked(Team(coverage=0), [STOP, LONE], [STOP])


def test_it_is_asked_where_nothing_else_is_to_be_decided() -> None:
    assert asked(Team(coverage=0, review_policy="all"), [STOP], [STOP])


def test_the_share_is_drawn_by_the_id_of_the_task() -> None:
    """The first 13 digits of the SHA-256 of the purpose and the id, as a share of 16^13."""
    team = Team()
    task = make_task(team.dataset)
    digits = hashlib.sha256(f"coverage {task.id}".encode()).hexdigest()[:13]
    place = int(digits, 16) / 16**13
    both_answer(team, [STOP], [YIELD])
    for share, expected in ((place * 0.99, False), (min(place * 1.01, 1), True)):
        team.dataset.config["coverage"] = share
        team.dataset.save()
        (seen,) = team.review()["tasks"]
        assert seen["asks_for_missed"] is expected


def test_two_of_three_are_not_alone() -> None:
    team = Team(coverage=0, overlap=3)
    make_task(team.dataset)
    both_answer(team, [STOP], [STOP])
    (task,) = team.next("Olga")["tasks"]
    assert team.answer("Olga", task).status_code == 200
    (seen,) = team.review()["tasks"]
    assert [row["kind"] for row in seen["conflicts"]] == ["existence"]
    assert seen["asks_for_missed"] is False


def test_questions_without_shapes_have_nothing_to_miss() -> None:
    team = Team(coverage=1, interface="classification", review_policy="all")
    make_task(team.dataset)
    for who in ("Ann", "Ben"):
        (task,) = team.next(who)["tasks"]
        assert team.answer(who, task).status_code == 200
    (seen,) = team.review()["tasks"]
    assert seen["asks_for_missed"] is False


@pytest.mark.parametrize("wrong", [-0.1, 1.1, True, "0.1", None])
def test_what_is_no_share_is_refused(wrong: Any) -> None:
    team = Team()
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/",
        {"coverage": wrong},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["coverage"])
