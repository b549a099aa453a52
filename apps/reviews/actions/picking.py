"""A reviewer asks for one task by name: a link led them there, not the queue."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.reviews.actions.leasing import lease_again
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.models import ReviewLease
from apps.reviews.queries import waiting_for
from apps.tasks.actions.transitions import hold_task
from apps.tasks.models import Task
from concord.errors import Conflict


@transaction.atomic
def pick_review(*, user: User, task: Task) -> ReviewTicket:
    """Lease one task to `user`, or return the lease that they have on it.

    Raises Conflict `not_waiting` for what they may not decide or nobody need decide, `leased` for
    what another reviewer has before them.
    """
    task = hold_task(task=task)
    if not waiting_for(user, [task.dataset_id]).filter(pk=task.pk).exists():
        raise Conflict("not_waiting", "This task does not wait for you to decide it.")
    held = ReviewLease.objects.filter(task=task, expires_at__gt=Now()).first()
    if held is None:
        return lease_again(user=user, task=task)
    if held.user_id != user.pk:
        raise Conflict("leased", "Another reviewer has this task before them.")
    return ReviewTicket(task.pk, held.token, held.expires_at, user.pk)
