"""Reads of datasets and their members."""

from __future__ import annotations

from apps.datasets.models import Dataset, Role


def count_annotators(dataset: Dataset) -> int:
    """Return how many members label as their work: reviewers and managers are not counted."""
    return dataset.memberships.filter(role=Role.ANNOTATOR).count()
