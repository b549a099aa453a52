"""A team at work on one dataset over HTTP: for stories that need more than one pair of hands."""

from __future__ import annotations

from typing import Any

from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from concord.ids import uuid7
from tests.factories import add_member, browser_of, make_dataset, make_user


class Team:
    """A manager, a reviewer, two annotators and an outsider around one dataset."""

    def __init__(self, **config: Any) -> None:
        self.people: dict[str, User] = {
            name: make_user(name) for name in ("Olga", "Rita", "Ann", "Ben", "Zoe")
        }
        self.dataset: Dataset = make_dataset(owner=self.people["Olga"], **{"overlap": 2, **config})
        add_member(self.dataset, self.people["Rita"], Role.REVIEWER)
        add_member(self.dataset, self.people["Ann"], Role.ANNOTATOR)
        add_member(self.dataset, self.people["Ben"], Role.ANNOTATOR)
        self.browsers: dict[str, Client] = {
            name: browser_of(user) for name, user in self.people.items()
        }

    def post(self, who: str, path: str, body: dict[str, Any], **headers: str) -> Any:
        return self.browsers[who].post(
            f"/api/{path}", body, content_type="application/json", headers=headers
        )

    def next(self, who: str) -> dict[str, Any]:
        reply = self.post(who, f"datasets/{self.dataset.slug}/next/", {"count": 1})
        assert reply.status_code == 200, reply.content
        data: dict[str, Any] = reply.json()
        return data

    def answer(self, who: str, task: dict[str, Any], *boxes: dict[str, Any], **more: Any) -> Any:
        body = {"answer": "accept", "spans": list(boxes), "lease": task["lease"], **more}
        key = {"Idempotency-Key": str(uuid7())}
        return self.post(who, f"tasks/{task['id']}/answer/", body, **key)

    def review(self, who: str = "Rita", **order: str) -> dict[str, Any]:
        body = {"count": 1, **order}
        reply = self.post(who, f"datasets/{self.dataset.slug}/review/next/", body)
        assert reply.status_code == 200, reply.content
        data: dict[str, Any] = reply.json()
        return data

    def get(self, who: str, path: str) -> Any:
        return self.browsers[who].get(f"/api/{path}")

    def decide(
        self,
        task: dict[str, Any],
        *decisions: dict[str, Any],
        final: bool = False,
        who: str = "Rita",
    ) -> Any:
        body = {"lease": task["lease"], "decisions": list(decisions), "final": final}
        version = {"If-Match": f'"{task["version"]}"'}
        return self.post(who, f"tasks/{task['id']}/decisions/", body, **version)


def box(x: float, y: float, width: float, height: float, label: str) -> dict[str, Any]:
    return {"type": "rect", "x": x, "y": y, "width": width, "height": height, "label": label}


def both_answer(team: Team, anns: list[dict[str, Any]], bens: list[dict[str, Any]]) -> None:
    for who, boxes in (("Ann", anns), ("Ben", bens)):
        (task,) = team.next(who)["tasks"]
        assert team.answer(who, task, *boxes).status_code == 200
