"""Long queues, for tests of what a statement reads; only the rows that it reads are there."""

from __future__ import annotations

from django.db import connection

from apps.datasets.models import Dataset
from apps.tasks.models import Slot, Task

# The first task as often again, each with the next turn; ids rise with it, as those of the product.
MORE_TASKS = """
INSERT INTO tasks_task
SELECT made.*
  FROM tasks_task t
 CROSS JOIN generate_series(1, %(last)s::int) AS turn
 CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object(
       'id', left(t.id::text, 24) || lpad(to_hex(turn), 12, '0'),
       'order_key', turn,
       'input_hash', lpad(to_hex(turn), 64, '0'))) AS made
 WHERE t.id = %(first)s
"""
# The first slot as often again as each task has slots.
MORE_SLOTS = """
INSERT INTO tasks_slot
SELECT made.*
  FROM tasks_slot s
 CROSS JOIN tasks_task t
 CROSS JOIN generate_series(0, t.overlap - 1) AS place
 CROSS JOIN LATERAL jsonb_populate_record(s, jsonb_build_object(
       'task_id', t.id, 'n', place, 'order_key', t.order_key)) AS made
 WHERE s.task_id = %(first)s AND t.dataset_id = s.dataset_id AND (t.id, place) <> (s.task_id, s.n)
"""


def fill(dataset: Dataset, *, tasks: int, overlap: int = 2) -> None:
    """So many open tasks with all their slots, by a few statements: each row for itself would take
    longer than the test."""
    first = Task.objects.create(
        dataset=dataset, order_key=0, overlap=overlap, config_version=1, input_hash="0" * 64
    )
    Slot.objects.create(task=first, n=0, dataset=dataset, order_key=0)
    with connection.cursor() as cursor:
        cursor.execute(MORE_TASKS, {"first": first.pk, "last": tasks - 1})
        cursor.execute(MORE_SLOTS, {"first": first.pk})
