"""Taking the slot through which an answer comes."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.models import Slot, SlotState, Task
from concord.rows import Columns, first_row, run, select

SLOT = Columns(Slot, "s")

# `IS NOT DISTINCT FROM` for the reason given at `leasing.CLAIM`.
MINE = f"""{select(SLOT)} FROM tasks_slot s
 WHERE s.task_id = %s AND s.user_id IS NOT DISTINCT FROM %s FOR UPDATE
"""
TAKE = """
UPDATE tasks_slot SET state = 'submitted', user_id = %(user)s, surplus = %(surplus)s,
       lease_token = NULL, lease_expires_at = NULL, submitted_at = statement_timestamp()
 WHERE task_id = %(task)s AND n = %(n)s
"""


def my_slot(*, user: User, task: Task) -> Slot | None:
    """Lock the slot that `user` has of `task`, leased or submitted."""
    row = first_row(MINE, [task.pk, user.pk])
    return None if row is None else SLOT.read(row)


def take_slot(*, user: User, task: Task, mine: Slot | None) -> bool:
    """Mark the slot of `user`, or one that nobody has, as submitted; False if there is none.

    The caller holds the task.
    """
    slot = mine or _free_slot(task=task, user=user)
    # Another page of this person may have claimed the last free one while we waited for it.
    slot = slot or my_slot(user=user, task=task)
    if slot is None:
        return False
    surplus = slot.surplus and not _replace_another(task)
    run(TAKE, {"user": user.pk, "task": task.pk, "n": slot.n, "surplus": surplus})
    return True


def _free_slot(*, task: Task, user: User) -> Slot | None:
    """Lock a slot for `user` that nobody has, one whose lease ran out if need be."""
    lapsed = Q(state=SlotState.LEASED, lease_expires_at__lte=Now(), surplus=False)
    slots = Slot.objects.for_person(user).filter(Q(state=SlotState.FREE) | lapsed, task=task)
    return slots.select_for_update().order_by("state", "n").first()


def _replace_another(task: Task) -> bool:
    """Let an answer through a slot in surplus take the place of one that is still awaited.

    False if all of those are being claimed or given back just now: waiting for them could be a
    deadlock, and the task then gets one answer more than it needs.
    """
    others = Slot.objects.filter(task=task, surplus=False).exclude(state=SlotState.SUBMITTED)
    nobodys_first = (F("user").asc(nulls_first=True), "state", "n")
    spare = others.select_for_update(skip_locked=True).order_by(*nobodys_first).first()
    if spare is None:
        return not others.exists()
    if spare.state == SlotState.LEASED:
        others.filter(n=spare.n).update(surplus=True)
    else:
        others.filter(n=spare.n).delete()
    return True
