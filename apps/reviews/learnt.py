"""What is known of a dataset's annotators when their answers are merged."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Promise:
    """What can be promised about a share of errors; `passing` is the share of tasks it is for."""

    target: float
    threshold: float | None
    passing: float | None
    more: int | None


@dataclass(frozen=True, slots=True)
class TrustReport:
    """How far a dataset's proposals may be trusted; `shift` is that of merged boxes, per edge."""

    learnt_at: datetime | None
    tasks: int
    reviewed: int
    targets: list[Promise]
    shift: Sequence[float] | None


def trust_in(dataset_id: uuid.UUID) -> TrustReport:
    """Return what the last learning found."""
    newest = Skills.objects.filter(dataset=dataset_id).order_by("-id").first()
    if newest is None:
        return TrustReport(None, 0, 0, [], None)
    known = _people(newest.id)
    passing = {each["target"]: each["share"] for each in newest.passing}
    return TrustReport(
        learnt_at=newest.learnt_at,
        tasks=newest.tasks,
        reviewed=known.trust.reviewed,
        targets=[
            Promise(each.target, each.threshold, passing.get(each.target), each.more)
            for each in known.trust.acceptances
        ],
        shift=None if known.boxes is None else known.boxes.shift,
    )
