"""A dataset's tasks as they are measured: chunk by chunk, and beyond some number only a part."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.domain.answers import AnnotatorAnswer, Interface, Question, Verdict, read_answer
from apps.reviews.domain.judging import Truth
from apps.reviews.models import Final, Merge
from apps.reviews.stored import answers_of, with_label_keys
from apps.tasks.models import Revision, Task, TaskImage
from apps.tasks.options import options_of, picks_several
from concord.rows import all_rows

Beat = Callable[[], None]

MOST_SHAPES = 100_000
MOST_ANSWERS = 300_000
CHUNK = 500
POINTS = 16
"""An outline of so many points takes the room of one more shape."""

# By a hash, so that it is the same part of the dataset each time, and grows with it.
COMPLETE = """
SELECT id FROM tasks_task
 WHERE dataset_id = %s AND state <> 'open' AND probe_of_id IS NULL AND withdrawn_at IS NULL
 ORDER BY md5(id::text)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A task with all its answers: who said what, when (by week), and how it was merged.

    `truth` is None unless a reviewer has decided it; labels are known by their ids.
    """

    task: uuid.UUID
    question: Question
    answers: list[AnnotatorAnswer]
    weeks: dict[str, str]
    objects: Sequence[Any]
    truth: Truth | None


@dataclass(slots=True)
class Part:
    """How much was read: tasks `of` those that have all their answers."""

    of: int = 0
    tasks: int = 0
    answers: int = 0
    shapes: int = 0
    decided: int = 0
    weight: int = field(default=0, repr=False)

    def add(self, case: Case) -> None:
        """Count one more task."""
        marks = [mark for answer in case.answers for mark in answer.marks]
        self.tasks += 1
        self.answers += len(case.answers)
        self.shapes += len(marks)
        self.decided += case.truth is not None
        self.weight += sum(1 + len(mark.shape.points) // POINTS for mark in marks)

    @property
    def is_enough(self) -> bool:
        """Whether the rest may be left."""
        return self.weight >= MOST_SHAPES or self.answers >= MOST_ANSWERS


def read_cases(*, dataset: Dataset, part: Part, beat: Beat) -> Iterator[Case]:
    """Yield the tasks that have all their answers, by a hash, until `part` is enough.

    Raises what `beat` raises, when the work is somebody else's by now.
    """
    tasks = [pk for (pk,) in all_rows(COMPLETE, [dataset.pk])]
    part.of = len(tasks)
    for start in range(0, len(tasks), CHUNK):
        for case in _chunk(dataset, tasks[start : start + CHUNK]):
            part.add(case)
            yield case
        beat()
        if part.is_enough:
            return


def _chunk(dataset: Dataset, ids: list[uuid.UUID]) -> Iterator[Case]:
    tasks = Task.objects.in_bulk(ids)
    merges = {merge.task_id: merge for merge in Merge.objects.filter(task__in=ids)}
    wanted = [pk for merge in merges.values() for pk in merge.revisions]
    revisions = Revision.objects.in_bulk(wanted)
    finals = Final.objects.filter(task__in=ids, origin=Final.Origin.DECIDED)
    decided = {final.task_id: final for final in finals}
    tiles, merged = _tiles(dataset, ids), merged_labels(dataset.pk)
    for pk in ids:
        if pk not in merges or pk not in tasks:
            continue  # it was taken down, or opened again, just now
        task, merge = tasks[pk], merges[pk]
        task.dataset = dataset
        said = sorted((revisions[one] for one in merge.revisions), key=lambda row: str(row.user_id))
        yield Case(
            task=pk,
            question=_question(task, tiles.get(pk, [])),
            answers=answers_of(said, merged),
            weeks=_weeks(dataset, said),
            objects=merge.result["objects"],
            truth=_truth(decided[pk], merged) if pk in decided else None,
        )


def _tiles(dataset: Dataset, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[TaskImage]]:
    if dataset.interface != "image_choice":
        return {}
    found: dict[uuid.UUID, list[TaskImage]] = {}
    for row in TaskImage.objects.filter(task__in=ids).order_by("n"):
        found.setdefault(row.task_id, []).append(row)
    return found


def _question(task: Task, tiles: list[TaskImage]) -> Question:
    return Question(
        interface=cast(Interface, task.dataset.interface),
        options=tuple(option["id"] for option in options_of(task, images=tiles) or []),
        multiple=picks_several(task),
        blocks=DatasetConfig.of(task.dataset).blocks,
    )


def _weeks(dataset: Dataset, revisions: list[Revision]) -> dict[str, str]:
    """The Monday of the week in which each said so, where the dataset's time zone has it."""
    zone, weeks = ZoneInfo(dataset.time_zone), {}
    for revision in revisions:
        day = revision.created_at.astimezone(zone).date()
        weeks[str(revision.user_id)] = (day - timedelta(days=day.weekday())).isoformat()
    return weeks


def _truth(final: Final, merged: Mapping[str, str]) -> Truth:
    said = read_answer(
        annotator="",
        answer=cast(Verdict, final.answer),
        spans=with_label_keys(final.spans, merged),
    )
    return Truth(final.answer, said.marks, final.accept, final.provenance["objects"])
