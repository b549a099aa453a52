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
from concord.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a task: what people answered, and which people they were.

    A reviewer judges versions, not people: names show once the task is final. Managers see them
    always, and `originals` too: which images they are that people pick among.
    """

    answers: bool
    names: bool
    originals: bool


def sees_finals_only(*, user: User, dataset: Dataset, tells_of: set[str] | None) -> bool:
    """Whether a list of tasks must leave out for `user` what is not final.

    `tells_of` are the people about whom the list tells what they did: None where it tells of
    nobody, empty where of all. A reviewer judges versions of what is not final, so only managers
    find that by its people. Raises Forbidden where it is nobody's business but theirs.
    """
    role = role_of(user=user, dataset=dataset)
    sees = role is not None and allows(role, Capability.SEE_ANSWERS)
    if tells_of is not None and not sees and tells_of != {str(user.pk)}:
        raise Forbidden("not_yours", "How people do is for reviewers and managers.")
    manages = role is not None and allows(role, Capability.MANAGE)
    return not sees or (bool(tells_of) and not manages)


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
