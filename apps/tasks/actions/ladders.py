"""Keeping how the scores of a queue's tasks are spread."""

from __future__ import annotations

from apps.datasets.models import Dataset
from apps.tasks.domain.ladders import has_shifted, ladder_of
from apps.tasks.models import Queue, Task, TaskState
from concord.rows import run

# The row is not locked while scores are read: those who claim may wait for it.
KEEP = """
INSERT INTO tasks_queue (dataset_id, epoch, ladder) VALUES (%s, 0, %s::float8[])
    ON CONFLICT (dataset_id) DO UPDATE SET ladder = excluded.ladder
"""


def shift_ladder(*, dataset: Dataset) -> bool:
    """Note how the scores of the open tasks are spread; whether that is new."""
    rows = Task.objects.of(dataset).in_state(TaskState.OPEN)
    scores = rows.filter(score__isnull=False).values_list("score", flat=True)
    unscored = rows.filter(score=None).count()
    ladder = ladder_of([score for score in scores if score is not None], unscored=unscored)
    queue = Queue.objects.filter(dataset=dataset).first()
    if not has_shifted(queue.ladder if queue else [], ladder):
        return False
    run(KEEP, [dataset.pk, ladder])
    return True
