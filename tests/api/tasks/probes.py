"""A team whose annotator Ann is shown gold in the middle of her work."""

from __future__ import annotations

from typing import Any

from apps.tasks.models import Probe
from tests.factories import make_task
from tests.team import Team, box

STOP = box(10, 10, 40, 40, "stop")
EVERY_LEASE = {"rate": 0.5}


def make_team(*, tasks: int = 40, gold: dict[str, Any] = EVERY_LEASE, **config: Any) -> Team:
    """A dataset with gold on, and work for one answer each in it."""
    team = Team(**{"overlap": 1, "gold": gold, **config})
    for n in range(tasks):
        make_task(team.dataset, name=f"img{n:04}.jpg", order_key=n)
    return team


def make_finals(team: Team, *, count: int = 4) -> list[str]:
    """Ben answers the first tasks, and they are final."""
    ids = []
    for _ in range(count):
        (task,) = team.next("Ben")["tasks"]
        assert team.answer("Ben", task, STOP).json()["task"]["state"] == "final"
        ids.append(task["id"])
    return ids


def mark(team: Team, *tasks: str) -> None:
    """Rita vouches for finals."""
    for task in tasks:
        reply = team.post("Rita", f"tasks/{task}/gold/", {})
        assert reply.status_code == 200, reply.content


def work(team: Team, *, until: int, who: str = "Ann") -> list[tuple[dict[str, Any], Any]]:
    """Tasks that `who` got, with the replies to the answers, `until` of them."""
    done = []
    for _ in range(until):
        (task,) = team.next(who)["tasks"]
        done.append((task, team.answer(who, task, STOP).json()))
    return done


def probes_of(team: Team, who: str = "Ann") -> set[str]:
    """The ids of the copies that were made for somebody."""
    rows = Probe.objects.filter(dataset=team.dataset, user=team.people[who])
    return {str(task) for task in rows.values_list("task", flat=True)}
