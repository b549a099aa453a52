"""As far as a role sees into a task."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, allows
from apps.tasks.access import get_task_for
from apps.tasks.models import Task, TaskState
from concord.errors import NotFound


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a task: what people answered, and which people they were.

    A reviewer judges versions, not people: names show once the task is final. Managers see them
    always, and `originals` too: which images they are that people pick among.
    """

    answers: bool
    names: bool
    originals: bool


def sees_answers(*, user: User, dataset: Dataset) -> bool:
    """Whether `user` may see what other people answered in `dataset`."""
    role = role_of(user=user, dataset=dataset)
    return role is not None and allows(role, Capability.SEE_ANSWERS)


def get_visible_task(*, user: User, task_id: uuid.UUID) -> tuple[Task, Sight]:
    """Return a task and how much of it `user` sees; raises NotFound.

    Who labels may look at any task, a viewer at final ones only.
    """
    task = get_task_for(user=user, task_id=task_id, capability=Capability.SEE_FINALS)
    role = role_of(user=user, dataset=task.dataset)
    is_final = task.state == TaskState.FINAL
    if role is None or not (is_final or allows(role, Capability.LABEL)):
        raise NotFound
    return task, Sight(
        answers=allows(role, Capability.SEE_ANSWERS),
        names=is_final or allows(role, Capability.MANAGE),
        originals=allows(role, Capability.IMPORT),
    )
