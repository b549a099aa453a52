"""Whether a reviewer is asked for what everybody missed, once everything else is decided."""

from __future__ import annotations

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Interface
from apps.reviews.models import Merge
from apps.reviews.queries import ReviewPage
from apps.tasks.domain.identity import is_drawn


def asks_for_missed(page: ReviewPage) -> bool:
    """Where somebody was alone with a shape, others missed it, and all may have missed another.

    It is asked on all such images, on those that have nothing else to decide, and on a fixed share
    of the others.
    """
    if page.task.dataset.interface != Interface.IMAGE_MANUAL:
        return False
    if not page.conflicts or _has_lone_shape(page.merge):
        return True
    return is_drawn("coverage", page.task.id, DatasetConfig.of(page.task.dataset).coverage)


def _has_lone_shape(merge: Merge) -> bool:
    return any(entry["votes"] == 1 < entry["of"] for entry in merge.result["objects"])
