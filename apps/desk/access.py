"""As far as a role sees into a task."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability, allows
from apps.desk.models import Act, View
from apps.desk.queries.wanted import Filter
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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody sees in lists of tasks.

    Who does not see `answers` finds final tasks only. A reviewer judges versions of what is not
    final, so people have names there for those alone who `manage`.
    """

    answers: bool
    manages: bool
    finals_only: bool

    def names(self, task: Task) -> bool:
        """Whether a row says who answered the task."""
        return self.answers and (self.manages or task.state == TaskState.FINAL)


def reach_of(*, user: User, dataset: Dataset, wanted: Filter) -> Reach:
    """Return how far `user` sees in the list that is `wanted`.

    A filter must not tell what the rows do not. Where it tells what people did, only managers find
    by it what is not final; tags and flags are for those who see answers, imports for managers.
    Raises Forbidden `not_yours` where it is nobody's business but theirs.
    """
    role = role_of(user=user, dataset=dataset)
    sees = role is not None and allows(role, Capability.SEE_ANSWERS)
    manages = role is not None and allows(role, Capability.MANAGE)
    of_others = wanted.tells_of is not None and wanted.tells_of != {str(user.pk)}
    if not sees and (of_others or wanted.tags or wanted.flagged):
        raise Forbidden("not_yours", "How people do is for reviewers and managers.")
    if not manages and wanted.of_import is not None:
        raise Forbidden("not_yours", "What came with which import is for managers.")
    return Reach(
        answers=sees,
        manages=manages,
        finals_only=not sees or (bool(wanted.tells_of) and not manages),
    )


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


def get_view_for(*, user: User, dataset: Dataset, pk: uuid.UUID) -> View:
    """Return a saved view of `user`'s own; raises NotFound."""
    found = View.objects.filter(user=user, dataset=dataset, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def get_act_for(*, user: User, dataset: Dataset, pk: uuid.UUID) -> Act:
    """Return what `user` had done to many tasks; raises NotFound."""
    mine = Act.objects.select_related("dataset", "user")
    found = mine.filter(user=user, dataset=dataset, pk=pk).first()
    if found is None:
        raise NotFound
    return found
