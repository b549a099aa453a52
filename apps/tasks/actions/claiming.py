"""Handing out work: claiming slots from where a person has come in the queue.

The facts behind the SQL: counting before locking overshoots even with SKIP LOCKED, so slots are
rows made beforehand. Going through the queue from its start costs a look at everything that a
person has answered, so each has a place (`apps.tasks.models.Place`). And a slot that is skipped
because somebody else has it locked may come free again, so nobody is told "nothing left" before one
more look that waits.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.actions.changing import hold_settings
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.creating import new_slot
from apps.tasks.actions.leasing import FREE_EXPIRED, Lease
from apps.tasks.actions.mixing import mix_in_gold
from apps.tasks.actions.places import Position, find_position, mark_empty
from apps.tasks.actions.planning import Plan
from apps.tasks.actions.transitions import apply_outcome
from apps.tasks.domain.fitting import unused_numbers
from apps.tasks.domain.sharing import fair_share
from apps.tasks.domain.stretches import END, FIRST_TASK, Stretch, stretches
from apps.tasks.domain.turns import KEY_BITS
from apps.tasks.eligible import AHEAD, CLAIMABLE, MAY_LABEL
from apps.tasks.models import Slot, SlotState, Task, TaskState
from apps.tasks.ports import settle
from concord.rows import all_rows, first_row, run

# A page works on for a while without a network, and holds what it has answered meanwhile as well.
MOST_AT_ONCE = 24

HELD = """
SELECT task_id, lease_token, lease_expires_at FROM tasks_slot
 WHERE user_id = %(user)s AND dataset_id = %(dataset)s AND state = 'leased'
   AND lease_expires_at > now()
 ORDER BY order_key, task_id
"""

# Who may label is asked anew: a role may have ended since the request was let in.
MAY_STILL_LABEL = f"SELECT {MAY_LABEL}"

# As many as `again` of the slots that came back, and as many as `ahead` of a stretch of the queue,
# are looked at; the place moves to the last of the stretch that is taken.
CLAIM = f"""
WITH again AS MATERIALIZED (
    SELECT s.task_id, s.n, s.order_key, false AS ahead FROM tasks_slot s
     WHERE s.returned AND {CLAIMABLE} AND {MAY_LABEL}
     ORDER BY s.order_key, s.task_id, s.n
     LIMIT %(again)s FOR UPDATE {{skip}}),
ahead AS MATERIALIZED (
    SELECT s.task_id, s.n, s.order_key, true AS ahead FROM tasks_slot s
     WHERE {AHEAD} AND s.order_key < %(end)s AND {CLAIMABLE} AND {MAY_LABEL}
     ORDER BY s.order_key, s.task_id, s.n
     LIMIT %(ahead)s FOR UPDATE {{skip}}),
of_each_task AS (
    SELECT DISTINCT ON (task_id) task_id, n, order_key, ahead
      FROM (SELECT * FROM again UNION ALL SELECT * FROM ahead) found
     ORDER BY task_id, order_key, ahead DESC, n),
chosen AS (
    SELECT * FROM of_each_task ORDER BY order_key, task_id LIMIT %(count)s),
moved AS (
    INSERT INTO tasks_place (dataset_id, user_id, turn, task, start, version, asked_at)
    SELECT %(dataset)s, %(user)s, coalesce(last.order_key, %(turn)s),
           coalesce(last.task_id, %(task)s), %(start)s::bigint, 0, statement_timestamp()
      FROM (VALUES (1)) always LEFT JOIN
           (SELECT order_key, task_id FROM chosen WHERE ahead
             ORDER BY order_key DESC, task_id DESC LIMIT 1) last ON true
     WHERE EXISTS (SELECT FROM chosen)
    ON CONFLICT (dataset_id, user_id) DO UPDATE
       SET turn = excluded.turn, task = excluded.task, start = excluded.start,
           asked_at = excluded.asked_at,
           free = greatest(tasks_place.free - (SELECT count(*) FROM chosen), 0)
     WHERE tasks_place.version = %(version)s),
leased AS (
    UPDATE tasks_slot SET state = 'leased', user_id = %(user)s, lease_token = gen_random_uuid(),
           lease_expires_at = now() + make_interval(secs => %(seconds)s),
           leased_at = clock_timestamp(), returned = false
      FROM chosen
     WHERE tasks_slot.task_id = chosen.task_id AND tasks_slot.n = chosen.n
    RETURNING tasks_slot.task_id, lease_token, lease_expires_at, tasks_slot.order_key)
SELECT task_id, lease_token, lease_expires_at FROM leased ORDER BY order_key, task_id
"""  # noqa: S608 - made of constants

HIGHEST_TURN = """
SELECT max(order_key) FROM tasks_slot WHERE dataset_id = %(dataset)s AND state = 'free'
"""

COUNT_SLOTS = f"""
SELECT (SELECT count(*) FROM (
            SELECT FROM tasks_slot s WHERE s.dataset_id = %(dataset)s AND s.state = 'free'
               AND {AHEAD} LIMIT %(most)s) ahead)
     + (SELECT count(*) FROM (
            SELECT FROM tasks_slot s WHERE s.dataset_id = %(dataset)s AND s.state = 'free'
               AND s.returned LIMIT %(most)s) again)
"""  # noqa: S608 - made of constants

Values = dict[str, Any]


def lease_tasks(*, user: User, dataset: Dataset, count: int) -> list[Lease]:
    """Return what `user` holds in `dataset`, filled up to `count` with newly claimed slots.

    Fewer when little is left and other people ask for work, too. Empty only if no slot was free for
    this person at some moment during the call, or if the dataset is archived. Each look is a
    transaction of its own: who waits for rows must not hold any that others wait for.
    """
    if dataset.archived_at is not None:
        return []
    leases = (
        _lease(user=user, dataset=dataset, wanted=min(count, MOST_AT_ONCE))
        or _look_again(user=user, dataset=dataset)
        or _lease_added(user=user, dataset=dataset)
    )
    mix_in_gold(user=user, dataset=dataset, leases=leases)
    return leases


@transaction.atomic
def _lease(*, user: User, dataset: Dataset, wanted: int) -> list[Lease]:
    """Claim what is free and not in somebody else's hands at the moment."""
    found = find_position(user=user, dataset=dataset)
    held = _held(user=user, dataset=dataset)
    if len(held) >= wanted:
        return held
    values = _values(user, dataset, found)
    run(FREE_EXPIRED.format(skip="SKIP LOCKED"), values)
    wanted = fair_share(
        wanted,
        others=found.others,
        left=lambda most: len(held) + _count_slots(values | {"most": most}),
    )
    for stretch in _ahead_of(found, values):
        if (missing := wanted - len(held)) <= 0:
            break
        held += _claim(values, stretch, count=missing, again=missing * 8, ahead=missing * 8)
    return held


@transaction.atomic
def _look_again(*, user: User, dataset: Dataset) -> list[Lease]:
    """Claim one slot, also one that turns out to be free when its lock is released.

    The whole queue is searched, unless that found nothing before and no work has appeared since:
    then only what came back.
    """
    found = find_position(user=user, dataset=dataset)
    if held := _held(user=user, dataset=dataset):
        return held
    values = _values(user, dataset, found)
    run(FREE_EXPIRED.format(skip=""), values)
    if found.searched:
        nothing = Stretch(END, FIRST_TASK, END)
        return _claim(values, nothing, count=1, again=1, ahead=0, wait=True)
    everything = Stretch(0, FIRST_TASK, END)
    leases = _claim(values, everything, count=1, again=0, ahead=1, wait=True)
    if not leases:
        mark_empty(user=user, dataset=dataset, found=found)
    return leases


def _values(user: User, dataset: Dataset, found: Position) -> Values:
    return {
        "user": user.id,
        "dataset": dataset.id,
        "turn": found.turn,
        "task": found.task,
        "start": found.start,
        "version": found.version,
        "seconds": settings.LEASE_SECONDS,
    }


def _held(*, user: User, dataset: Dataset) -> list[Lease]:
    rows = all_rows(HELD, {"user": user.id, "dataset": dataset.id})
    return [Lease(*row) for row in rows]


def _ahead_of(found: Position, values: Values) -> Iterator[Stretch]:
    """The stretches of the queue that a person goes through from where they are."""
    layers = 1
    if found.start is not None:
        ((highest,),) = all_rows(HIGHEST_TURN, values)
        layers = ((highest or 0) >> KEY_BITS) + 1
    return stretches(turn=found.turn, task=found.task, start=found.start, layers=layers)


def _claim(
    values: Values, stretch: Stretch, *, count: int, again: int, ahead: int, wait: bool = False
) -> list[Lease]:
    statement = CLAIM.format(skip="" if wait else "SKIP LOCKED")
    where = {"turn": stretch.turn, "task": stretch.task, "end": stretch.end}
    rows = all_rows(statement, {**values, **where, "count": count, "again": again, "ahead": ahead})
    return [Lease(*row) for row in rows]


def _count_slots(values: Values) -> int:
    row = first_row(COUNT_SLOTS, values)
    assert row is not None
    return int(row[0])


@transaction.atomic
def _lease_added(*, user: User, dataset: Dataset) -> list[Lease]:
    """Where everybody answers everything, add a slot to a task that `user` has no part in yet.

    Annotators who joined after a task was made would otherwise find it full. Reviewers and managers
    are not among "everybody": their curiosity must not open what is finished.
    """
    if not _everybody_answers(dataset):
        return []
    find_position(user=user, dataset=dataset)
    if not _everybody_answers(hold_settings(dataset=dataset)):
        return []
    if role_of(user=user, dataset=dataset) != Role.ANNOTATOR:
        return []
    if not _may_still_label(user=user, dataset=dataset):
        return []
    if held := _held(user=user, dataset=dataset):
        return held
    task = (
        Task.objects.select_for_update(no_key=True)
        .filter(dataset=dataset, locked_at=None)
        .exclude(slots__user=user)
        .exclude(slots__state=SlotState.FREE)
        .filter(Exists(Slot.objects.for_person(user).filter(task=OuterRef("pk"))))
        .order_by("order_key", "id")
        .first()
    )
    return [] if task is None else [_add_leased_slot(user=user, task=task)]


def _may_still_label(*, user: User, dataset: Dataset) -> bool:
    return first_row(MAY_STILL_LABEL, {"user": user.id, "dataset": dataset.id}) == (True,)


def _everybody_answers(dataset: Dataset) -> bool:
    return DatasetConfig.of(dataset).overlap == "all"


def _add_leased_slot(*, user: User, task: Task) -> Lease:
    # Leased from the start: a free one could go to somebody else, or stay and keep the task open.
    token = uuid.uuid4()
    taken = set(Slot.objects.filter(task=task).values_list("n", flat=True))
    slot = new_slot(
        task=task,
        n=unused_numbers(taken, 1)[0],
        plan=Plan(task.dataset),
        state=SlotState.LEASED,
        user=user,
        lease_token=token,
        lease_expires_at=Now() + timedelta(seconds=settings.LEASE_SECONDS),
        leased_at=Now(),
    )
    slot.save(force_insert=True)
    task.overlap = Slot.objects.filter(task=task, surplus=False).count()
    # What was settled is no longer complete, so it is settled anew: a final must not outlive that.
    apply_outcome(task=task, outcome=None if task.state == TaskState.OPEN else settle(task))
    slot.refresh_from_db(fields=["lease_expires_at"])
    return Lease(task.id, token, cast(datetime, slot.lease_expires_at))
