"""A reviewer leaves a task to others, with a word why."""

from __future__ import annotations

from apps.annotators.models import User
from apps.reviews.actions.verdicts import Verdict
from apps.reviews.models import ReviewLease
from apps.tasks.actions.flagging import flag_task
from apps.tasks.models import Flag, Pass, Task
from concord.errors import Invalid


def hand_on(*, user: User, task: Task, verdict: Verdict) -> None:
    """Give the reviewer's lease up; the caller holds the task's row and has the verdict recorded.

    Whoever gives a task back says why, by `why` or in words; Invalid `reason_required` otherwise. A
    manager is told of an image that is broken.
    """
    if verdict.action == "give_back" and verdict.why is None and not verdict.reason:
        raise Invalid(
            "reason_required", "Say why you give it back.", errors={"reason": ["missing"]}
        )
    ReviewLease.objects.filter(task=task).delete()
    if verdict.why == Pass.Reason.BROKEN_IMAGE:
        comment = verdict.reason or Pass.Reason.BROKEN_IMAGE.label
        flag_task(user=user, task=task, kind=Flag.Kind.BROKEN_IMAGE, comment=comment)
