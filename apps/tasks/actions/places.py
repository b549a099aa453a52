"""Where people are in a dataset's queue, and what brings them back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.domain.stretches import END, FIRST_TASK, start_of
from apps.tasks.eligible import PLANNED_ONCE
from concord.rows import first_row, run

LATELY_SECONDS = 600
"""Who asked for work within this time wants more."""

POSITION = f"""
SELECT {PLANNED_ONCE},
       pg_advisory_xact_lock_shared(hashtextextended(%(person)s, 0))::text,
       pg_advisory_xact_lock(hashtextextended(%(both)s, 0))::text,
       coalesce(q.epoch, 0), coalesce(p.version, 0), p.turn, p.task, p.start,
       p.empty_epoch = coalesce(q.epoch, 0) AND (p.empty_until IS NULL OR p.empty_until > now()),
       (SELECT count(*) FROM tasks_place o
         WHERE o.dataset_id = %(dataset)s AND o.user_id <> %(user)s
           AND o.asked_at > now() - make_interval(secs => %(lately)s))
  FROM (VALUES (1)) always
       LEFT JOIN tasks_queue q ON q.dataset_id = %(dataset)s
       LEFT JOIN tasks_place p ON p.dataset_id = %(dataset)s AND p.user_id = %(user)s
"""  # noqa: S608 - made of constants

END_CLAIMS = "SELECT pg_advisory_xact_lock(hashtextextended(%(person)s, 0))"

EMPTY = """
INSERT INTO tasks_place (dataset_id, user_id, turn, task, start, version, asked_at, empty_epoch,
                         empty_until)
VALUES (%(dataset)s, %(user)s, %(turn)s, %(task)s, %(start)s::bigint, 0, statement_timestamp(),
        %(epoch)s,
        (SELECT min(until) FROM tasks_pass
          WHERE user_id = %(user)s AND dataset_id = %(dataset)s AND until > now()))
    ON CONFLICT (dataset_id, user_id) DO UPDATE
       SET turn = excluded.turn, task = excluded.task, start = excluded.start,
           asked_at = excluded.asked_at, empty_epoch = excluded.empty_epoch,
           empty_until = excluded.empty_until
     WHERE tasks_place.version = %(version)s
"""

NEXT_EPOCH = """
INSERT INTO tasks_queue (dataset_id, epoch) VALUES (%(dataset)s, 1)
    ON CONFLICT (dataset_id) DO UPDATE SET epoch = tasks_queue.epoch + 1
"""

# Who goes round a layer of turns from a start of their own goes round it again.
PULL_BACK = """
UPDATE tasks_place
   SET turn = CASE WHEN start IS NULL THEN %(turn)s::bigint
                   ELSE %(turn)s::bigint >> 56 << 56 | start END,
       task = %(task)s, version = version + 1
 WHERE dataset_id = %(dataset)s
   AND CASE WHEN start IS NULL THEN (turn, task) > (%(turn)s, %(task)s)
            ELSE turn >> 56 >= %(turn)s::bigint >> 56 END
"""


@dataclass(frozen=True, slots=True)
class Position:
    """A person's place, as `apps.tasks.models.Place` has it, and what is known of the queue.

    `searched` says that they have searched the whole queue since work last appeared in it, and that
    nothing they skipped has come back to them; `others` is how many people besides them asked for
    work lately.
    """

    epoch: int
    version: int
    turn: int
    task: uuid.UUID
    start: int | None
    searched: bool
    others: int


def find_position(*, user: User, dataset: Dataset) -> Position:
    """Return where `user` is, and keep their other requests for work out until the end.

    So two tabs of one browser share the same leases instead of doubling them. To be called before
    anything else is locked, as `end_claims` is.
    """
    row = first_row(
        POSITION,
        {
            "person": str(user.id),
            "both": f"{user.id}:{dataset.id}",
            "user": user.id,
            "dataset": dataset.id,
            "lately": LATELY_SECONDS,
        },
    )
    assert row is not None
    epoch, version, turn, task, start, searched, others = row[4:]
    own = _own_start(user=user, dataset=dataset)
    if turn is None or start != own:
        turn, task, searched = own or 0, FIRST_TASK, False
    return Position(epoch, version, turn, task, own, bool(searched), others)


def end_claims(*, user: User) -> None:
    """Wait for the claims of `user` that are under way; later ones wait for this transaction.

    So whoever takes somebody's right to label, and then gives back what they hold, misses nothing.
    """
    run(END_CLAIMS, {"person": str(user.id)})


def _own_start(*, user: User, dataset: Dataset) -> int | None:
    """Where a person begins: all elsewhere where that gets them different tasks for long.

    Not where every task is to be finished first: there they are to meet at the same one.
    """
    config = dataset.config
    scattered = config.get("order") == "random" and config.get("spread") == "spread_first"
    return start_of(user=user.id, dataset=dataset.id) if scattered else None


def mark_empty(*, user: User, dataset: Dataset, found: Position) -> None:
    """Note that a search of the whole queue from `found` on has come to nothing."""
    run(
        EMPTY,
        {
            "user": user.id,
            "dataset": dataset.id,
            "turn": END,
            "task": FIRST_TASK,
            "start": found.start,
            "epoch": found.epoch,
            "version": found.version,
        },
    )


def work_appeared(*, dataset_id: uuid.UUID, turn: int) -> None:
    """Let everybody find slots that are new, have moved, or are open to other people than before.

    `turn` is the lowest of their turns. To be called last in the transaction that makes them: those
    who claim may have to wait for it from here on.
    """
    values = {"dataset": dataset_id, "turn": turn, "task": FIRST_TASK}
    run(NEXT_EPOCH, values)
    run(PULL_BACK, values)
