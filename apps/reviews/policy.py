"""What a merge proposes, and where the review policy of its dataset sends the task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.datasets.config import Sample, TargetError
from apps.datasets.review_rules import Policy
from apps.reviews.domain.answers import Question
from apps.reviews.domain.resolution import Resolution, resolve
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.rulings import Undecidable
from apps.reviews.stored import versions_of
from apps.tasks.domain.identity import falls_in_share
from apps.tasks.models import Revision, Task, TaskState

LEAST_LOOKED_AT = 0.1
"""The share of what people agree on that is reviewed while nothing can be promised."""


def propose(
    question: Question, merge: Mapping[str, Any], revisions: list[Revision]
) -> Resolution | None:
    """Return a merge, as stored, as a final answer; None where it is tied."""
    try:
        return resolve(question, merge, versions_of(revisions), [])
    except Undecidable:
        return None


def state_of(
    task: Task, policy: Policy, consolidation: Consolidation, proposal: Resolution | None
) -> TaskState:
    """Return where a task goes that has all its answers."""
    if proposal is None:
        return TaskState.CONFLICTED
    if policy == "none":
        return TaskState.FINAL
    if not consolidation.agreed:
        return TaskState.CONFLICTED
    looked_at = falls_in_share(task.input_hash, _share_looked_at(policy))
    return TaskState.ANSWERED if looked_at else TaskState.FINAL


def _share_looked_at(policy: Policy) -> float:
    """Return which share of what people agree on goes to a reviewer."""
    if isinstance(policy, Sample):
        return policy.sample
    if isinstance(policy, TargetError):
        return max(policy.audit, LEAST_LOOKED_AT)
    return 1.0 if policy == "all" else 0.0
