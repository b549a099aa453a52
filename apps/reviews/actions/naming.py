"""Telling a reviewer whose versions they judge."""

from __future__ import annotations

from django.db import transaction

from apps.annotators.models import User
from apps.tasks.letters import letters_of
from apps.tasks.models import Task
from concord.events.actions import record


@transaction.atomic
def show_names(*, user: User, task: Task) -> dict[str, str]:
    """Map the letters of a task to the names of people, and record that `user` looked."""
    letters = letters_of(task)
    people = User.objects.in_bulk(letters)
    record(kind="review.names_shown", actor=user, dataset_id=task.dataset_id, subject=task)
    return {
        letter: person.display_name
        for person in people.values()
        for letter in [letters[str(person.pk)]]
    }
