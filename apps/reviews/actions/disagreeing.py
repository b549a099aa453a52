"""An annotator's word against what a reviewer made of their answer."""

from __future__ import annotations

from apps.annotators.models import User
from apps.reviews.models import Final
from apps.tasks.actions.talking import open_thread
from apps.tasks.calling import REVIEWERS, candidates, resolve_keys
from apps.tasks.models import Return, Task, Thread
from apps.tasks.talk import Reader, speaks_as_reviewer


def disagree(*, reader: Reader, task: Task, text: str) -> Thread:
    """Open a thread on `task` that calls whoever decided it, else whoever sent it back to the
    reader last, else all who review."""
    people = candidates(reader=reader, task=task)
    among = resolve_keys([person.key for person in people], people)
    asked = _asked(reader, task)
    calls = [(word, user) for word, user in among if user == asked]
    if not calls:
        calls = [(word, user) for word, user in among if word == REVIEWERS]
    return open_thread(
        user=reader.user,
        task=task,
        text=text,
        reviewing=speaks_as_reviewer(reader=reader, task=task),
        calls=calls,
    )


def _asked(reader: Reader, task: Task) -> User | None:
    final = Final.objects.select_related("decided_by").filter(task=task).first()
    if final is not None and final.decided_by is not None:
        return final.decided_by
    returned = Return.objects.select_related("reviewer").filter(task=task, user=reader.user)
    last = returned.order_by("-id").first()
    return last.reviewer if last else None
