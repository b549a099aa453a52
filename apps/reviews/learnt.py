"""What is known of a dataset's annotators when their answers are merged."""

from __future__ import annotations

import uuid
from functools import lru_cache

from apps.reviews.domain.known import Known
from apps.reviews.models import Skills
from concord.rows import first_row

NEWEST = "SELECT id FROM reviews_skills WHERE dataset_id = %s ORDER BY id DESC LIMIT 1"


def known_of(dataset_id: uuid.UUID) -> tuple[uuid.UUID | None, Known]:
    """Return the newest `Skills` row by its id, and what it holds; None before the first one."""
    row = first_row(NEWEST, [dataset_id])
    return (None, Known()) if row is None else (row[0], _people(row[0]))


@lru_cache(maxsize=128)
def _people(skills: uuid.UUID) -> Known:
    # Rows never change, so what was read once holds for good.
    return Known.from_dict(Skills.objects.get(pk=skills).people)
