"""Keeping how the scores of a queue's tasks are spread."""

from __future__ import annotations

from apps.datasets.models import Dataset
from apps.tasks.domain.ladders import INFINITE, MIDDLES, SHIFTED, has_shifted
from concord.rows import first_row, run

# None of the statements waits for another: the row is not locked while scores are read, for those
# who claim may wait for it.
COUNT = """
INSERT INTO tasks_queue (dataset_id, epoch, unseen) VALUES (%s, 0, %s)
    ON CONFLICT (dataset_id) DO UPDATE SET unseen = tasks_queue.unseen + excluded.unseen
RETURNING ladder, unseen, counted
"""
SPREAD = """
SELECT percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY coalesce(score, 'Infinity')),
       count(score), count(*)
  FROM tasks_task
 WHERE dataset_id = %s AND state = 'open' AND probe_of_id IS NULL AND withdrawn_at IS NULL
"""
KEEP = """
UPDATE tasks_queue SET ladder = %s::float8[], unseen = greatest(unseen - %s, 0), counted = %s
 WHERE dataset_id = %s
"""


def shift_ladder(*, dataset: Dataset, scored: int | None = None) -> bool:
    """Note how the scores of the open tasks are spread; whether that is new.

    After so many tasks were `scored` it looks only where these, with those of before that it did
    not look at, can have made a difference: a list that comes in batches is read a few times, not
    once for every batch.
    """
    told = first_row(COUNT, [dataset.pk, scored or 0])
    assert told is not None
    old, unseen, counted = told
    if scored is not None and unseen <= counted * SHIFTED / 2:
        return False
    found = first_row(SPREAD, [MIDDLES, dataset.pk])
    assert found is not None
    steps, with_score, open_ones = found
    ladder = [None if step == INFINITE else step for step in steps] if with_score else []
    shifted = has_shifted(old, ladder)
    run(KEEP, [ladder if shifted else old, unseen, open_ones, dataset.pk])
    return shifted
