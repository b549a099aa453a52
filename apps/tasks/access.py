"""Who may reach a task; absent and forbidden look the same."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.policy import Capability
from apps.tasks.models import Task
from concord.errors import NotFound


def get_task_for(*, user: User, task_id: uuid.UUID, capability: Capability) -> Task:
    """Return the task with its dataset; raises NotFound for outsiders, Forbidden for members."""
    task = Task.objects.select_related("dataset").filter(pk=task_id).first()
    if task is None:
        raise NotFound
    require(user=user, dataset=task.dataset, capability=capability)
    return task
