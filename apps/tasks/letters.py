"""The letters under which reviewers know those who answered a task."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from string import ascii_uppercase

from apps.tasks.models import Revision, Task


def letters_of(task: Task) -> dict[str, str]:
    """Map whoever answered a task to A, B, C, in the order of their first answers.

    Reviewers judge versions, not people. A letter stays whose it was, whoever answers later.
    """
    return letters_in([task.pk]).get(task.pk, {})


def letters_in(tasks: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """Return the letters of several tasks in one query; nothing for those that nobody answered."""
    rows = Revision.objects.filter(task__in=list(tasks), seq=1).order_by("created_at", "id")
    letters: dict[uuid.UUID, dict[str, str]] = {}
    for task, person in rows.values_list("task_id", "user_id"):
        known = letters.setdefault(task, {})
        known[str(person)] = _letter(len(known))
    return letters


def _letter(place: int) -> str:
    return ascii_uppercase[place % 26] + (str(place // 26) if place >= 26 else "")
