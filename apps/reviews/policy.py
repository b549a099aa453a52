"""What a merge proposes, and where the review policy of its dataset sends the task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.datasets.config import Sample, TargetError
from apps.datasets.review_rules import Policy
from apps.reviews.domain.answers import Question
from apps.reviews.domain.audit import parts_of
from apps.reviews.domain.known import Known
from apps.reviews.domain.resolution import Resolution, resolve
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.rulings import Undecidable
from apps.reviews.stored import versions_of
from apps.tasks.domain.identity import falls_in_share
from apps.tasks.models import Revision, Task, TaskState

LEAST_LOOKED_AT = 0.1
"""The share of what people agree on that is reviewed while nothing can be promised."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """The chance that the least certain part of a proposal is right, and what is `needed` for it to
    pass unseen; both None while they are not known. `certain` says that there is no part at all:
    all saw nothing."""

    chance: float | None
    needed: float | None
    certain: bool

    @property
    def is_enough(self) -> bool:
        """Whether the proposal may pass."""
        if self.needed is None:
            return False
        return self.certain or (self.chance is not None and self.chance >= self.needed)


def confidence_in(
    question: Question, merged: Consolidation, known: Known, policy: Policy
) -> Confidence:
    """Return how sure a proposal is, and how sure the policy wants it."""
    parts = parts_of(question, merged)
    target = policy.target_error if isinstance(policy, TargetError) else None
    return Confidence(
        chance=known.trust.confidence(parts),
        needed=None if target is None else known.trust.threshold(target),
        certain=not parts and merged.agreed,
    )


def propose(
    question: Question, merge: Mapping[str, Any], revisions: list[Revision]
) -> Resolution | None:
    """Return a merge, as stored, as a final answer; None where it is tied."""
    try:
        return resolve(question, merge, versions_of(revisions), [])
    except Undecidable:
        return None


def state_of(
    task: Task,
    policy: Policy,
    consolidation: Consolidation,
    proposal: Resolution | None,
    confidence: Confidence,
) -> TaskState:
    """Return where a task goes that has all its answers."""
    if proposal is None:
        return TaskState.CONFLICTED
    if policy == "none":
        return TaskState.FINAL
    to_review = TaskState.ANSWERED if consolidation.agreed else TaskState.CONFLICTED
    passes = consolidation.agreed
    if isinstance(policy, TargetError) and confidence.needed is not None:
        passes = confidence.is_enough
    looked_at = falls_in_share(task.input_hash, _share_looked_at(policy, confidence))
    return TaskState.FINAL if passes and not looked_at else to_review


def _share_looked_at(policy: Policy, confidence: Confidence) -> float:
    """Return which share of what could pass goes to a reviewer all the same."""
    if isinstance(policy, Sample):
        return policy.sample
    if isinstance(policy, TargetError):
        promised = confidence.needed is not None
        return policy.audit if promised else max(policy.audit, LEAST_LOOKED_AT)
    return 1.0 if policy == "all" else 0.0
