"""Who may reach a task; absent and forbidden look the same."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.access import DATASET, MEMBER, require, require_member
from apps.datasets.policy import Capability, allows
from apps.tasks.models import Composition, Flag, Task, TaskImage
from concord.errors import NotFound, TakenDown
from concord.rows import Columns, first_row, select

TASK = Columns(Task, "t")
FIND_TASK = f"""{select(TASK, DATASET, "m.role")}
  FROM tasks_task t JOIN datasets_dataset d ON d.id = t.dataset_id {MEMBER}
 WHERE t.id = %(task)s
   AND (t.probe_of_id IS NULL
        OR EXISTS (SELECT FROM tasks_probe p WHERE p.task_id = t.id AND p.user_id = %(user)s))
"""
FOR_LABELLING = frozenset({Capability.LABEL, Capability.SEE_FINALS})


def get_task_for(*, user: User, task_id: uuid.UUID, capability: Capability) -> Task:
    """Return the task with its dataset; raises NotFound for outsiders, Forbidden for members.

    A probe is there for the person who is to answer it, and for that alone; what was withdrawn is
    there for managers, to be looked at, and others hear TakenDown.
    """
    row = first_row(FIND_TASK, {"user": user.pk, "task": task_id})
    if row is None:
        raise NotFound
    task, task.dataset = TASK.read(row), DATASET.read(row, start=len(TASK))
    role = require_member(user=user, dataset=task.dataset, stored=row[-1], capability=capability)
    is_looked_at = capability == Capability.SEE_FINALS and allows(role, Capability.MANAGE)
    if task.withdrawn_at is not None and not is_looked_at:
        raise TakenDown
    if task.probe_of_id is not None and capability not in FOR_LABELLING:
        raise NotFound
    return task


def get_flag_for(*, user: User, flag_id: uuid.UUID) -> Flag:
    """Return a flag with its task; for managers of its dataset."""
    flag = Flag.objects.select_related("task", "dataset").filter(pk=flag_id).first()
    if flag is None:
        raise NotFound
    require(user=user, dataset=flag.dataset, capability=Capability.MANAGE)
    return flag


def get_tile_for(*, user: User, tile: uuid.UUID) -> TaskImage:
    """Return an image to pick from, with its bytes' description, for who may see its dataset's."""
    rows = TaskImage.objects.select_related("dataset", "image__blob")
    found = rows.filter(tile=tile, image__taken_down_at=None).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.SEE_IMAGES)
    return found


def get_composition_for(*, user: User, composition_id: uuid.UUID) -> Composition:
    """Return a run that makes groups; for managers of its dataset."""
    found = Composition.objects.select_related("dataset").filter(pk=composition_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.MANAGE)
    return found
