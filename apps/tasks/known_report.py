"""How people did on the images whose answer is known."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.domain.knowing import Score

# Only an accepting answer says something by what it picks.
SAID = """
SELECT a.user_id, i.known, r.accept @> to_jsonb(t.tile::text) AS picked, count(*)
  FROM datasets_image i
  JOIN tasks_taskimage t ON t.image_id = i.id
  JOIN tasks_task k ON k.id = t.task_id AND k.withdrawn_at IS NULL
  JOIN tasks_answer a ON a.task_id = t.task_id
  JOIN tasks_revision r ON r.id = a.head_id
 WHERE i.dataset_id = %(dataset)s AND i.known IS NOT NULL AND r.answer = 'accept'
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class PersonScore:
    """One person's score on the known images that they were shown."""

    user: User
    score: Score


def known_report(dataset: Dataset) -> list[PersonScore]:
    """Return everybody who has answered groups with known images in them, by name."""
    said: dict[uuid.UUID, dict[tuple[bool, bool], int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"dataset": dataset.id})
        for user, known, picked, count in cursor.fetchall():
            said[user][known, picked] = count
    people = User.objects.in_bulk(list(said))
    scores = [PersonScore(people[user], _score(counts)) for user, counts in said.items()]
    return sorted(scores, key=lambda row: (row.user.display_name.casefold(), str(row.user.id)))


def _score(counts: dict[tuple[bool, bool], int]) -> Score:
    found, missed = counts.get((True, True), 0), counts.get((True, False), 0)
    wrong, right = counts.get((False, True), 0), counts.get((False, False), 0)
    return Score(positives=found + missed, found=found, negatives=wrong + right, wrong=wrong)
