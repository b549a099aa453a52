"""The one door of the merge: several annotators' answers in, one consolidation out."""

from __future__ import annotations

from collections.abc import Sequence

from apps.reviews.domain.answers import AnnotatorAnswer, Question
from apps.reviews.domain.results import Consolidation


def consolidate(question: Question, answers: Sequence[AnnotatorAnswer]) -> Consolidation:
    """Make several answers to one question one.

    One answer per annotator, at least one answer; their order does not matter. Pure and total: it
    raises ValueError for no answers or two by one annotator, and nothing else.
    """
    raise NotImplementedError
