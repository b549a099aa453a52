"""A team that talks about its tasks, over HTTP."""

from __future__ import annotations

from typing import Any

from concord.ids import uuid7
from tests.factories import make_task
from tests.team import Team, both_answer, box

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")


def answered_team() -> tuple[Team, str]:
    """Ann says stop and Ben yield: the task waits for Rita, who knows them as A and B."""
    team = Team()
    task = make_task(team.dataset)
    both_answer(team, [STOP], [YIELD])
    return team, str(task.id)


def begin(team: Team, who: str, task: str, text: str = "Look.", **more: Any) -> Any:
    """Open a thread and return the reply."""
    key = {"Idempotency-Key": str(uuid7())}
    return team.post(who, f"tasks/{task}/threads/", {"text": text, **more}, **key)


def thread_by(team: Team, who: str, task: str, text: str = "Look.", **more: Any) -> dict[str, Any]:
    """Open a thread that must be let through."""
    reply = begin(team, who, task, text, **more)
    assert reply.status_code == 201, reply.content
    data: dict[str, Any] = reply.json()
    return data


def say(team: Team, who: str, thread: dict[str, Any], text: str, **more: Any) -> Any:
    """Say something in a thread and return the reply."""
    key = {"Idempotency-Key": str(uuid7())}
    return team.post(who, f"threads/{thread['id']}/comments/", {"text": text, **more}, **key)


def on_task(team: Team, who: str, task: str) -> dict[str, Any]:
    """What somebody sees of the threads on a task."""
    reply = team.get(who, f"tasks/{task}/threads/")
    assert reply.status_code == 200, reply.content
    data: dict[str, Any] = reply.json()
    return data


def texts(seen: dict[str, Any]) -> list[list[str]]:
    """What is said in each thread."""
    return [[comment["text"] for comment in thread["comments"]] for thread in seen["threads"]]
