"""Taking an answer: one transaction from the slot to the merged result."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import Max

from apps.annotators.models import User
from apps.tasks.access import TASK
from apps.tasks.actions.judging import judge, state_after
from apps.tasks.actions.taking import my_slot, take_slot
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.models import Answer, Revision, SlotState, Task
from apps.tasks.ports import settle
from apps.tasks.queries import my_response
from concord.errors import Conflict, NotFound, Stale, TakenDown, Unprocessable
from concord.events.actions import record
from concord.rows import Columns, first_row, insert, run, select, update

ANSWER = Columns(Answer, "a")

FIND_REPLY = """
SELECT request_hash, response FROM tasks_revision WHERE user_id = %s AND client_key = %s
"""

# NO KEY: inserting a row that refers to the task takes KEY SHARE on it, which a plain FOR UPDATE of
# another annotator would turn into a deadlock.
LOCK_TASK = f"{select(TASK)} FROM tasks_task t WHERE t.id = %s FOR NO KEY UPDATE"

SUBMITTED = "SELECT count(*) FROM tasks_slot WHERE task_id = %(task)s AND state = 'submitted'"
LAST = "SELECT max(seq) FROM tasks_revision WHERE answer_row_id = a.id"
STANDING = f"""{select(f"({SUBMITTED})", f"({LAST})", ANSWER)}
  FROM (VALUES (1)) always
       LEFT JOIN tasks_answer a ON a.task_id = %(task)s AND a.user_id = %(user)s
"""


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
    row = first_row(FIND_REPLY, [user.pk, submission.key])
    if row is None:
        return None
    if row[0] != submission.request_hash:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another answer."
        )
    return cast(dict[str, Any], json.loads(row[1]))


def submit_answer(
    *, user: User, task: Task, response: Response, submission: Submission
) -> dict[str, Any]:
    """Save an answer as a new revision and settle the task if it was the last one awaited.

    Safe to repeat: the same key and body get the first reply again. Raises Conflict
    `locked_by_review`, `no_lease`; Stale `answer_stale` with the person's own answer from another
    page; Unprocessable `idempotency_key_reused`; NotFound when the task went meanwhile.
    """
    attempt = partial(_submit_once, user=user, task=task, response=response, submission=submission)
    try:
        return attempt()
    except IntegrityError:
        # Another page of this person has claimed the task just now, after we had looked for a slot
        # of theirs and before we took another: it is there by now, and no second one is taken.
        return attempt()


def _submit_once(
    *, user: User, task: Task, response: Response, submission: Submission
) -> dict[str, Any]:
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
    dataset, row = task.dataset, first_row(LOCK_TASK, [task.pk])
    if row is None:  # its image was taken out of the dataset just now
        raise NotFound
    task = TASK.read(row)
    if task.withdrawn_at is not None:
        raise TakenDown
    task.dataset = dataset
    late = not _take_slot(user=user, task=task, submission=submission)
    standing = standing_of(user=user, task=task)
    if submission.base not in (None, standing.last):
        raise _stale(user=user, task=task, base=submission.base)
    revision = revision_of(
        standing, task=task, user=user, response=response, submission=submission, late=late
    )
    save_answer(standing.answer, revision=revision)
    told = _move_task(task, revision=revision, submitted=standing.submitted)
    revision.response = {
        "id": str(standing.answer.id),
        "revision": revision.seq,
        "late": late,
        "task": {"id": str(task.id), "state": task.state, "version": task.version},
        "gold": told,
    }
    insert(revision)
    if task.probe_of_id is None:  # what people say of gold is no answer to work
        tell(task, revision=revision, actor=user)
    return revision.response


def tell(task: Task, *, revision: Revision, actor: User) -> None:
    """Write down that there is a new revision, and who brought it."""
    record(
        kind="answer.created" if revision.seq == 1 else "answer.updated",
        actor=actor,
        dataset_id=task.dataset_id,
        subject=task,
        data={
            "revision": str(revision.id),
            "answer": revision.answer,
            "late": revision.late,
            "version": task.version,
        },
    )


def _take_slot(*, user: User, task: Task, submission: Submission) -> bool:
    """Mark the slot through which this answer comes; False if it has none left and is late.

    A person's own earlier answer needs no lease. A lease that ran out takes a slot again unless
    other people have them all.
    """
    mine = my_slot(user=user, task=task)
    locked = task.locked_at is not None
    if mine is not None and mine.state == SlotState.SUBMITTED:
        if locked:
            raise Conflict("locked_by_review", "A reviewer has decided this task; it is locked.")
        if submission.lease is not None and submission.base is None:
            raise _stale(user=user, task=task, base=None)
        return True
    if submission.lease is None and (mine is None or locked):
        raise Conflict("no_lease", "Ask for the task first.")
    return not locked and take_slot(user=user, task=task, mine=mine)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answers were `submitted` to a task, and one person's, to which they may not have
    saved anything yet: the number of their `last` revision is 0 then."""

    submitted: int
    last: int
    answer: Answer


def standing_of(*, user: User, task: Task) -> Standing:
    """Return where a person and a task stand; the caller holds the task."""
    # The task's row is locked, so nobody adds an answer between this look and the insert.
    row = first_row(STANDING, {"task": task.pk, "user": user.pk})
    assert row is not None
    submitted, last = row[:2]
    if last is None:
        new = Answer(
            task=task, dataset_id=task.dataset_id, user=user, probe=task.probe_of_id is not None
        )
        return Standing(submitted, 0, new)
    return Standing(submitted, last, ANSWER.read(row, start=2))


def revision_of(
    standing: Standing,
    *,
    task: Task,
    user: User,
    response: Response,
    submission: Submission,
    late: bool = False,
) -> Revision:
    """Return the next revision of a person's answer, not saved yet."""
    return Revision(
        answer_row=standing.answer,
        task=task,
        dataset_id=task.dataset_id,
        user=user,
        seq=standing.last + 1,
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


def save_answer(answer: Answer, *, revision: Revision) -> None:
    """Write the answer that a new revision is of, which the caller writes after it."""
    # Answer and head name each other; the database checks that at the end of the transaction.
    if not revision.late:
        answer.head = revision
    if revision.seq == 1:
        insert(answer)
    else:
        update(answer, "head", "updated_at")


def _move_task(task: Task, *, revision: Revision, submitted: int) -> dict[str, Any] | None:
    """Settle the task when every answer awaited is in; a late one changes its version only.

    A probe is not settled: it is measured on the truth, of which the person may be told.
    """
    if revision.late:
        task.version += 1
        update(task, "version")
        return None
    run("DELETE FROM tasks_draft WHERE task_id = %s AND user_id = %s", [task.pk, revision.user_id])
    if task.probe_of_id is not None:
        task.state = state_after(task=task, revision=revision)
        task.version += 1
        update(task, "state", "version", "updated_at")
        return judge(task=task, revision=revision)
    complete = submitted >= task.overlap
    apply_outcome(task=task, outcome=settle(task, newest=revision) if complete else None)
    return None


def _stale(*, user: User, task: Task, base: int | None) -> Stale:
    """The refusal to replace an answer that the page has not seen: another tab's, say."""
    last = Revision.objects.filter(task=task, user=user).aggregate(last=Max("seq"))["last"] or 0
    current = {"revision": last, **(my_response(user=user, task=task) or {})}
    return Stale(code="answer_stale", current=current, diff={"revision": [base, last]})
