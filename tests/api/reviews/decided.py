"""A team whose answers a reviewer has decided: the story that figures are measured on."""

from __future__ import annotations

from typing import Any

from tests.factories import make_task
from tests.team import Team, both_answer, box

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
LONE = box(150, 50, 20, 20, "stop")


def decide(team: Team, *said: dict[str, Any]) -> None:
    (task,) = team.review(sort="oldest")["tasks"]
    decisions = [
        {"conflict": conflict["id"], **one}
        for conflict, one in zip(task["conflicts"], said, strict=True)
    ]
    reply = team.decide(task, *decisions, final=True)
    assert reply.status_code == 200, reply.content


def decided_team() -> Team:
    """They agree on 0. On 1 Ben says yield, on 2 he misses the sign, on 3 Ann sees one too many."""
    team = Team()
    for place in range(4):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    both_answer(team, [STOP], [YIELD])
    both_answer(team, [STOP], [])
    both_answer(team, [STOP, LONE], [STOP])
    decide(team, {"action": "label", "label": "stop"})
    decide(team, {"action": "accept"})
    decide(team, {"action": "delete"})
    return team
