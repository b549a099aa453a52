"""A task and what reviewers said of it, as `domain.resolution` reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from apps.reviews.domain.answers import Question
from apps.reviews.domain.rulings import Act, Ruling, Undecidable, Version
from apps.reviews.models import Decision, Merge
from apps.reviews.stored import question_of, versions_of
from apps.tasks.models import Revision, Task
from concord.errors import Invalid

Case = tuple[Question, Mapping[str, Any], Mapping[str, Version], Sequence[Ruling]]


def case_of(task: Task, merge: Merge, decisions: Iterable[Decision]) -> Case:
    """Return the merge of a task with the versions behind it, and the decisions in force."""
    revisions = Revision.objects.filter(id__in=merge.revisions)
    rulings = [_ruling(decision) for decision in decisions]
    return question_of(task), merge.result, versions_of(revisions), rulings


@contextmanager
def refused() -> Iterator[None]:
    """Refuse what the resolution cannot carry out: Invalid `undecidable_...`."""
    try:
        yield
    except Undecidable as error:
        raise Invalid(f"undecidable_{error.code}", error.detail) from error


def _ruling(decision: Decision) -> Ruling:
    conflict = decision.conflict
    return Ruling(
        act=cast(Act, decision.action),
        kind=conflict.kind if conflict else None,
        object=conflict.object_index if conflict else None,
        option=conflict.detail.get("option") if conflict else None,
        block=conflict.detail.get("block") if conflict else None,
        version=decision.detail["version"],
        label=decision.detail["label"],
        chosen=decision.detail["chosen"],
        span=decision.detail["span"],
        by=str(decision.id),
    )
