"""Taking an answer: one transaction from the slot to the merged result."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Answer, Draft, Revision, Slot, SlotState, Task
from apps.tasks.ports import Outcome, settle
from apps.tasks.queries import my_response
from concord.errors import Conflict, Stale, Unprocessable
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class Response:
    """A checked answer: spans as stored, options as offered, `seconds` of active time."""

    answer: str
    spans: list[dict[str, Any]]
    accept: list[int | str]
    attributes: dict[str, Any]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Submission:
    """What the page sent along: its idempotency key, the digest of its body, its lease.

    `base` is the person's last revision of this task that the page knew, 0 for none; without one
    the answer of another page is replaced unseen, unless that page had the same lease.
    """

    key: str
    request_hash: str
    lease: uuid.UUID | None
    base: int | None


def first_reply(*, user: User, submission: Submission) -> dict[str, Any] | None:
    """Return what the first request with this key got, None if there was none.

    Raises Unprocessable when the key came with another body before.
    """
    earlier = Revision.objects.filter(user=user, client_key=submission.key).first()
    if earlier is None:
        return None
    if earlier.request_hash != submission.request_hash:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another answer."
        )
    return cast(dict[str, Any], earlier.response)


def submit_answer(
    *, user: User, task: Task, response: Response, submission: Submission
) -> dict[str, Any]:
    """Save an answer as a new revision and settle the task if it was the last one awaited.

    Safe to repeat: the same key and body get the first reply again. Raises Conflict
    `locked_by_review`, `no_lease`; Stale `answer_stale` with the person's own answer from another
    page; Unprocessable `idempotency_key_reused`.
    """
    try:
        with transaction.atomic():
            return _submit(user=user, task=task, response=response, submission=submission)
    except (IntegrityError, Conflict, Stale):
        # The same request was faster: its key is taken, or what it changed stands in our way.
        reply = first_reply(user=user, submission=submission)
        if reply is None:
            raise
        return reply


def _submit(
    *, user: User, task: Task, response: Response, submission: Submission
) -> dict[str, Any]:
    # NO KEY: inserting a row that refers to the task takes KEY SHARE on it, which a plain
    # FOR UPDATE of another annotator would turn into a deadlock.
    dataset, task = task.dataset, Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    task.dataset = dataset
    late = not _take_slot(user=user, task=task, submission=submission)
    revision = _append(user=user, task=task, response=response, submission=submission, late=late)
    if late:
        Task.objects.filter(pk=task.pk).update(version=task.version + 1)
        task.version += 1
    else:
        Draft.objects.filter(task=task, user=user).delete()
        apply_outcome(task=task, outcome=_outcome(task))
    reply = {
        "id": str(revision.answer_row_id),
        "revision": revision.seq,
        "late": late,
        "task": {"id": str(task.id), "state": task.state, "version": task.version},
    }
    Revision.objects.filter(pk=revision.pk).update(response=reply)
    record(
        kind="answer.created" if revision.seq == 1 else "answer.updated",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"revision": str(revision.id), "answer": revision.answer, "late": late},
    )
    return reply


def _take_slot(*, user: User, task: Task, submission: Submission) -> bool:
    """Mark the slot through which this answer comes; False if it has none left and is late.

    A person's own earlier answer needs no lease. A lease that ran out takes a slot again unless
    other people have them all.
    """
    mine = Slot.objects.select_for_update().filter(task=task, user=user).first()
    locked = task.locked_at is not None
    if mine is not None and mine.state == SlotState.SUBMITTED:
        if locked:
            raise Conflict("locked_by_review", "A reviewer has decided this task; it is locked.")
        if submission.lease is not None and submission.base is None:
            raise _stale(user=user, task=task, base=None)
        return True
    if submission.lease is None and (mine is None or locked):
        raise Conflict("no_lease", "Ask for the task first.")
    slot = None if locked else mine or _free_slot(task=task, user=user)
    if slot is None:
        return False
    Slot.objects.filter(task=task, n=slot.n).update(
        state=SlotState.SUBMITTED,
        user=user,
        lease_token=None,
        lease_expires_at=None,
        submitted_at=Now(),
        surplus=slot.surplus and not _replace_another(task),
    )
    return True


def _free_slot(*, task: Task, user: User) -> Slot | None:
    """Lock a slot for `user` that nobody has, one whose lease ran out if need be."""
    lapsed = Q(state=SlotState.LEASED, lease_expires_at__lte=Now(), surplus=False)
    slots = Slot.objects.for_person(user).filter(Q(state=SlotState.FREE) | lapsed, task=task)
    return slots.select_for_update().order_by("state", "n").first()


def _replace_another(task: Task) -> bool:
    """Let an answer through a slot in surplus take the place of one that is still awaited.

    The caller holds the task. False if all of those are being claimed or given back just now:
    waiting for them could be a deadlock, and the task then gets one answer more than it needs.
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


def _append(
    *, user: User, task: Task, response: Response, submission: Submission, late: bool
) -> Revision:
    # The task's row is locked, so nobody adds an answer between this look and the insert.
    answer = Answer.objects.filter(task=task, user=user).first()
    if answer is None:
        answer, last = Answer(task=task, dataset_id=task.dataset_id, user=user), 0
    else:
        last = answer.revisions.order_by("-seq").values_list("seq", flat=True).first() or 0
    if submission.base not in (None, last):
        raise _stale(user=user, task=task, base=submission.base)
    revision = Revision(
        answer_row=answer,
        task=task,
        dataset_id=task.dataset_id,
        user=user,
        seq=last + 1,
        answer=response.answer,
        spans=response.spans,
        accept=response.accept,
        attributes=response.attributes,
        seconds=response.seconds,
        late=late,
        client_key=submission.key,
        request_hash=submission.request_hash,
        config_version=task.config_version,
    )
    # Answer and head name each other; the database checks that at the end of the transaction.
    if not late:
        answer.head = revision
    answer.save()
    revision.save()
    return revision


def _stale(*, user: User, task: Task, base: int | None) -> Stale:
    """The refusal to replace an answer that the page has not seen: another tab's, say."""
    last = Revision.objects.filter(task=task, user=user).aggregate(last=Max("seq"))["last"] or 0
    current = {"revision": last, **(my_response(user=user, task=task) or {})}
    return Stale(code="answer_stale", current=current, diff={"revision": [base, last]})


def _outcome(task: Task) -> Outcome | None:
    """Settle when every answer awaited is in; None while the task waits for more."""
    submitted = Slot.objects.filter(task=task, state=SlotState.SUBMITTED).count()
    return settle(task) if submitted >= task.overlap else None
