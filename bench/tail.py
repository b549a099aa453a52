"""What a claim costs somebody who has answered all but the last few tasks of a large dataset."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import connection

from bench.annotators import annotator
from bench.datasets import make_annotator
from bench.records import Record, of_milliseconds

LEFT = 10
ROUNDS = 10

# One answer to each task, without what was said in it: no claim looks at that.
ANSWER_ALL_BUT = """
UPDATE tasks_slot SET state = 'submitted', user_id = %(user)s, submitted_at = now()
  FROM (SELECT task_id, min(n) AS n FROM tasks_slot
         WHERE dataset_id = %(dataset)s AND state = 'free'
           AND order_key <= %(tasks)s - %(left)s
         GROUP BY task_id) chosen
 WHERE tasks_slot.task_id = chosen.task_id AND tasks_slot.n = chosen.n
   AND NOT EXISTS (SELECT FROM tasks_slot mine
                    WHERE mine.task_id = chosen.task_id AND mine.user_id = %(user)s)
"""

# Where real work leaves somebody who came to these slots one after the other.
TAKE_PLACE = """
INSERT INTO tasks_place (dataset_id, user_id, turn, task, version, asked_at)
SELECT %(dataset)s, %(user)s, order_key, task_id, 0, now() FROM tasks_slot
 WHERE dataset_id = %(dataset)s AND n = 1 AND order_key = %(tasks)s - %(left)s
    ON CONFLICT (dataset_id, user_id) DO UPDATE
       SET turn = excluded.turn, task = excluded.task, empty_epoch = NULL, free = NULL
"""

LEAVE = """
UPDATE tasks_slot SET state = 'free', user_id = NULL, lease_token = NULL, lease_expires_at = NULL,
       leased_at = NULL
 WHERE dataset_id = %(dataset)s AND user_id = %(user)s AND state = 'leased'
"""

FORGET_PLACE = "DELETE FROM tasks_place WHERE dataset_id = %(dataset)s AND user_id = %(user)s"


def measure_tail(
    port: int, dataset: Any, *, tasks: int, size: str, usual: float
) -> Iterator[Record]:
    """Figures of the last tasks, beside `usual`, the median of a claim of one person, in s."""
    email = "diligent@example.org"
    secret = make_annotator(dataset=dataset, email=email)
    values = {
        "dataset": dataset.id,
        "user": dataset.memberships.get(user__email=email).user_id,
        "tasks": tasks,
        "left": LEFT,
    }
    _run(ANSWER_ALL_BUT, values)
    _run("VACUUM ANALYZE tasks_slot", {})
    with annotator(port, slug=dataset.slug, secret=secret) as person:
        person.claim()
    _run(LEAVE, values)
    claims: list[float] = []
    for _ in range(ROUNDS):
        _run(TAKE_PLACE, values)
        # The server hangs up on who says nothing for as long as `_again` may take.
        with annotator(port, slug=dataset.slug, secret=secret) as person:
            for _ in range(LEFT):
                (task,) = person.claim()["tasks"]
                _finish(task, values)
            claims += person.timings.claims
        _again(values)
    yield _beside(f"claim_tail_ms_{size}", claims, usual)

    # Nothing is left: found out by who has no place yet, and said again and again.
    _run(ANSWER_ALL_BUT, values | {"left": 0})
    _run(FORGET_PLACE, values)
    for name, times in (("first", 1), ("again", ROUNDS * LEFT)):
        with annotator(port, slug=dataset.slug, secret=secret) as person:
            assert not any(person.claim()["tasks"] for _ in range(times))
            yield _beside(f"claim_nothing_{name}_ms_{size}", person.timings.claims, usual)


def _finish(task: dict[str, Any], values: dict[str, Any]) -> None:
    _run(
        "UPDATE tasks_slot SET state = 'submitted', lease_token = NULL, lease_expires_at = NULL,"
        " leased_at = NULL, submitted_at = now() WHERE task_id = %(task)s AND user_id = %(user)s",
        values | {"task": task["id"]},
    )


def _again(values: dict[str, Any]) -> None:
    """As if the last few had not been answered yet."""
    _run(
        "UPDATE tasks_slot SET state = 'free', user_id = NULL, submitted_at = NULL"
        " WHERE user_id = %(user)s AND task_id IN (SELECT id FROM tasks_task"
        " WHERE dataset_id = %(dataset)s AND order_key > %(tasks)s - %(left)s)",
        values,
    )


def _beside(name: str, claims: list[float], usual: float) -> Record:
    record = of_milliseconds(name, claims, note="ratio: to the median claim of one person")
    return replace(record, ratio=statistics.median(claims) / usual)


def _run(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
