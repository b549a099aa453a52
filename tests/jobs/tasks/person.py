"""One annotator of the state machine: what they sent, and what the server said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.models import Pass, Slot, SlotState
from concord.ids import uuid7
from tests.factories import browser_of

LIVE = Q(state=SlotState.LEASED, lease_expires_at__gt=Now())
LAPSED = Q(state=SlotState.LEASED, lease_expires_at__lte=Now())


@dataclass
class Person:
    """Somebody with a browser.

    `leases` and `drafts` are by task; `bodies` (task and body) and `acknowledged` by idempotency
    key.
    """

    user: User
    member: bool = True
    leases: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def browser(self) -> Client:
        """Logged in; a crash of the server is a crash of the test."""
        return browser_of(self.user)

    def send(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask the API."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.browser.generic(
            verb, f"/api/{path}", content, content_type="application/json", headers=headers
        )

    def answer(self, task: str, body: dict[str, Any]) -> Any:
        """Send an answer under a new key, and remember it if it was taken."""
        key = str(uuid7())
        reply = self.send("POST", f"tasks/{task}/answer/", body, **{"Idempotency-Key": key})
        if reply.status_code == 200:
            self.bodies[key] = (task, body)
            self.acknowledged[key] = reply.json()
            if not reply.json()["late"]:
                self.drafts.pop(task, None)
        return reply


def held_by(user: User, dataset: Dataset) -> list[str]:
    """Return the tasks that `user` has a living lease of."""
    live = Slot.objects.filter(LIVE, dataset=dataset, user=user)
    return [str(task) for task in live.values_list("task_id", flat=True)]


def is_open_to(user: User, dataset: Dataset) -> bool:
    """Is there a free or lapsed slot that this person may take?"""
    mine = Slot.objects.filter(user=user).exclude(LAPSED)
    passed = Pass.objects.filter(user=user).exclude(until__lte=Now())
    return (
        Slot.objects.filter(Q(state=SlotState.FREE) | LAPSED, dataset=dataset)
        .exclude(task__in=mine.values("task"))
        .exclude(task__in=passed.values("task"))
        .exists()
    )
