"""Answers that people gave in another tool, recorded as theirs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.annotators.models import User
from apps.tasks.actions.answering import (
    Standing,
    Submission,
    revision_of,
    save_answer,
    standing_of,
    tell,
)
from apps.tasks.actions.creating import new_slot
from apps.tasks.actions.planning import Plan
from apps.tasks.actions.taking import my_slot, take_slot
from apps.tasks.actions.transitions import apply_outcome, hold_task
from apps.tasks.checking import check_response
from apps.tasks.domain.fitting import unused_numbers
from apps.tasks.models import Revision, Slot, SlotState, Task
from apps.tasks.ports import settle
from concord.errors import Conflict
from concord.rows import insert

KEY = "given elsewhere "


@dataclass(frozen=True, slots=True)
class GivenElsewhere:
    """Somebody's answer: `data` as `check_response` takes it, and when it was given if known."""

    user: User
    data: Mapping[str, Any]
    at: datetime | None = None


@transaction.atomic
def record_answers(*, task: Task, given: Sequence[GivenElsewhere], actor: User) -> int:
    """Save answers and settle the task if it has all that it awaits; returns how many are new.

    Each takes a free slot; without one the task gets one more, and counts on one answer more. The
    same answer of the same person again changes nothing, whatever has become of the task.
    Raises what `check_response` raises, Conflict `locked_by_review`, `answered_here`, TakenDown.
    """
    held = hold_task(task=task)
    keyed = [(each, _submission(held, each)) for each in given]
    new = [(each, key) for each, key in keyed if not _is_recorded(each.user, key)]
    if not new:
        return 0
    if held.locked_at is not None:
        raise Conflict("locked_by_review", "A reviewer has decided this task; it is locked.")
    for each, submission in new:
        _record(held, each, submission, actor=actor)
    submitted = Slot.objects.filter(task=held, state=SlotState.SUBMITTED).count()
    complete = submitted >= held.overlap
    apply_outcome(task=held, outcome=settle(held) if complete else None)
    return len(new)


def _submission(task: Task, given: GivenElsewhere) -> Submission:
    """The digest of what was said is the key: so it is known when it comes again."""
    said = [str(task.pk), given.data, given.at and given.at.isoformat()]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return Submission(key=f"{KEY}{digest}", request_hash=digest, lease=None, base=None)


def _is_recorded(user: User, submission: Submission) -> bool:
    return Revision.objects.filter(user=user, client_key=submission.key).exists()


def _record(task: Task, given: GivenElsewhere, submission: Submission, *, actor: User) -> None:
    response = check_response(task=task, data=dict(given.data))
    standing = standing_of(user=given.user, task=task)
    _refuse_own_work(standing, given.user)
    _take_place(task, given.user)
    revision = revision_of(
        standing, task=task, user=given.user, response=response, submission=submission
    )
    # A clock that runs ahead must not make this the newest answer for years.
    revision.created_at = min(given.at or timezone.now(), timezone.now())
    save_answer(standing.answer, revision=revision)
    insert(revision)
    tell(task, revision=revision, actor=actor)


def _refuse_own_work(standing: Standing, user: User) -> None:
    """What somebody said here is their word; no file takes it back."""
    # Only who sends an answer to this server is sent a response.
    own = Revision.objects.filter(answer_row=standing.answer, response__isnull=False)
    if standing.last and own.exists():
        name = user.display_name
        raise Conflict("answered_here", f"{name} has answered this image here already.")


def _take_place(task: Task, user: User) -> None:
    mine = my_slot(user=user, task=task)
    if mine is not None and mine.state == SlotState.SUBMITTED:
        return
    if take_slot(user=user, task=task, mine=mine):
        return
    taken = set(Slot.objects.filter(task=task).values_list("n", flat=True))
    (number,) = unused_numbers(taken, 1)
    submitted = {"state": SlotState.SUBMITTED, "user": user, "submitted_at": Now()}
    new_slot(task=task, n=number, plan=Plan(task.dataset), **submitted).save(force_insert=True)
    task.overlap += 1
