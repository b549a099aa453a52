"""What happened to a task since a reviewer read it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from apps.annotators.models import User
from apps.reviews.domain.sentences import english
from apps.reviews.models import Conflict, Decision, ReviewLease
from apps.reviews.words import names_for
from apps.tasks.letters import letters_of
from apps.tasks.models import Revision, Task
from concord.events.models import Event

ANSWERS = {"answer.created": "new", "answer.updated": "edited"}


def differences(*, task: Task, since: int, reader: User) -> dict[str, Any]:
    """Return what `reader`, who knows `task` as it was at version `since`, has not seen.

    `version` from and to; `answers` that are new, edited or late, by their letters; the sentences
    of `conflicts` that are gone or have come; what other reviewers `decided`; whether somebody has
    `taken_over`.
    """
    letters = letters_of(task)
    names = names_for(task, letters)

    def sentences(rows: QuerySet[Conflict]) -> list[str]:
        ordered = rows.order_by("position")
        return [english(row.detail["code"], row.detail["params"], names) for row in ordered]

    conflicts = Conflict.objects.filter(task=task)
    seen = conflicts.filter(
        Q(superseded_version=None) | Q(superseded_version__gte=since), task_version__lt=since
    )
    before, now = sentences(seen), sentences(conflicts.exclude(state=Conflict.State.SUPERSEDED))
    return {
        "version": [since, task.version],
        "answers": _answers(task, since, letters),
        "conflicts": {
            "gone": [text for text in before if text not in now],
            "come": [text for text in now if text not in before],
        },
        "decided": _decided(task, since, reader),
        "taken_over": ReviewLease.objects.filter(task=task).exclude(user=reader).exists(),
    }


def _answers(task: Task, since: int, letters: dict[str, str]) -> list[dict[str, Any]]:
    told = Event.objects.filter(
        object_type="task", object_id=str(task.pk), kind__in=ANSWERS, data__version__gt=since
    )
    changed = {row.data["revision"]: row for row in told.order_by("id")}
    people = dict(Revision.objects.filter(id__in=changed).values_list("id", "user_id"))
    last = {
        letters[str(person)]: changed[str(revision)]
        for revision, person in sorted(people.items(), key=lambda each: changed[str(each[0])].pk)
    }
    return [
        {"version": letter, "change": "late" if row.data["late"] else ANSWERS[row.kind]}
        for letter, row in sorted(last.items())
    ]


def _decided(task: Task, since: int, reader: User) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(task=task, task_version__gte=since).exclude(user=reader)
    return [
        {"action": row.action, "by": row.user.display_name, "at": row.created_at.isoformat()}
        for row in rows.select_related("user").order_by("created_at", "id")
    ]
