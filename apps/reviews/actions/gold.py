"""Making gold of a final answer."""

from __future__ import annotations

from django.db import transaction

from apps.annotators.models import User
from apps.reviews.models import Decision, Final
from apps.tasks.actions.gold import mark_gold
from apps.tasks.actions.transitions import hold_task
from apps.tasks.models import Gold, Revision, Task, TaskState
from concord.errors import Conflict


@transaction.atomic
def make_gold(*, task: Task, actor: User) -> Gold:
    """Measure people from now on by the final answer of `task`, as it is at the moment.

    Not those who answered or decided it. Raises Conflict `not_final` where there is none.
    """
    task = hold_task(task=task)
    final = Final.objects.filter(task=task).first()
    if final is None or task.state != TaskState.FINAL:
        raise Conflict("not_final", "Only a final answer can be gold.", state=task.state)
    return mark_gold(
        task=task,
        truth={
            "answer": final.answer,
            "spans": final.spans,
            "accept": final.accept,
            "attributes": final.attributes,
        },
        barred={
            *Revision.objects.filter(task=task).values_list("user_id", flat=True),
            *Decision.objects.filter(task=task).values_list("user_id", flat=True),
        },
        actor=actor,
    )
