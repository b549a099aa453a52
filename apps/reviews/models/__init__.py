"""Merges and their conflicts, what reviewers say of them, and what is measured of both."""

from apps.reviews.models.decisions import Bulk, Decision, Final, ReviewLease, SecondLook
from apps.reviews.models.measured import Behind, Insights
from apps.reviews.models.merges import Conflict, ConflictKind, Merge, Skills, TaskFacts

__all__ = [
    "Behind",
    "Bulk",
    "Conflict",
    "ConflictKind",
    "Decision",
    "Final",
    "Insights",
    "Merge",
    "ReviewLease",
    "SecondLook",
    "Skills",
    "TaskFacts",
]
