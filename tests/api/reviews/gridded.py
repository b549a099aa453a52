"""A reviewer before many conflicts at once, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.tasks.models import Task
from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, both_answer, box

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
LONE = box(150, 50, 20, 20, "yield")

Json = dict[str, Any]


def disputed(team: Team, *said: tuple[Sequence[Json], Sequence[Json]]) -> None:
    """A task for each pair of what Ann and Ben draw."""
    for place, (anns, bens) in enumerate(said, start=Task.objects.count()):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
        both_answer(team, list(anns), list(bens))


def points(team: Team, who: str = "Rita", **query: str) -> Json:
    reply = team.browsers[who].get(f"/api/datasets/{team.dataset.slug}/review/conflicts/", query)
    assert reply.status_code == 200, reply.content
    data: Json = reply.json()
    return data


def say(
    team: Team,
    some: Sequence[Json],
    action: str,
    take: str | None = None,
    *,
    who: str = "Rita",
    key: str | None = None,
) -> Any:
    body = {
        "action": action,
        "take": take,
        "conflicts": [{"conflict": row["id"], "version": row["version"]} for row in some],
    }
    path = f"datasets/{team.dataset.slug}/review/bulk/"
    return team.post(who, path, body, **{"Idempotency-Key": key or str(uuid7())})


def said(team: Team, some: Sequence[Json], action: str, take: str | None = None) -> Json:
    """Say it and return the reply, in which nothing is left out."""
    reply = say(team, some, action, take)
    assert reply.status_code == 200, reply.content
    data: Json = reply.json()
    assert data["left_out"] == []
    return data


def undo(team: Team, bulk: Json, who: str = "Rita") -> Any:
    return team.post(who, f"datasets/{team.dataset.slug}/review/bulk/{bulk['id']}/undo/", {})


def reasons(reply: Any) -> list[str]:
    assert reply.status_code == 200, reply.content
    return [row["code"] for row in reply.json()["left_out"]]
