"""What is looked for in the data browser."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from apps.reviews.domain.tallies import people_of
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState, Verdict


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, both included; None is no bound."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: all that is named must be so; nothing named does not narrow.

    Of `states`, `labels` (names), `tags` and `conflicts` one of several is enough. `answers` counts
    those of a task that has all it is to get. `person` answered it, `day` is the one on which they,
    or anybody, did first; `imported_from` and `imported_to` are days, too, when the task was made,
    all as the dataset's time zone has days. `behind` names a measured number, whose tasks these
    are. `shapes` counts what a row shows, `size` is that of at least one of them: the square root
    of its area.
    """

    states: tuple[TaskState, ...] = ()
    labels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    conflicts: tuple[ConflictKind, ...] = ()
    answers: int | None = None
    person: uuid.UUID | None = None
    day: date | None = None
    behind: str | None = None
    task: uuid.UUID | None = None
    verdict: Verdict | None = None
    flagged: bool = False
    text: str | None = None
    imported_from: date | None = None
    imported_to: date | None = None
    of_import: uuid.UUID | None = None
    score: Range = Range()
    confidence: Range = Range()
    width: Range = Range()
    height: Range = Range()
    shapes: Range = Range()
    size: Range = Range()

    @property
    def tells_of(self) -> set[str] | None:
        """The ids of the people about whom it tells what they did; None of nobody, empty of all."""
        named = {str(self.person)} if self.person else set()
        if self.behind is not None:
            named |= people_of(self.behind)
        return named if named or self.day or self.behind else None
