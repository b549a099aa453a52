"""Between rows and the pure merge: what was asked, what was answered, labels by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from apps.datasets.config import DatasetConfig
from apps.reviews.domain.answers import AnnotatorAnswer, Interface, Question, Verdict, read_answer
from apps.reviews.domain.rulings import Version
from apps.tasks.models import Revision, Task
from apps.tasks.options import options_of, picks_several
from concord.rows import Columns, all_rows, select

NONE_MERGED: Mapping[str, str] = MappingProxyType({})

HEAD = Columns(Revision, "r")
HEADS = f"""{select("a.head_id", HEAD)}
  FROM tasks_answer a
       JOIN tasks_slot s ON s.task_id = a.task_id AND s.user_id = a.user_id
                        AND s.state = 'submitted'
       LEFT JOIN tasks_revision r ON r.id = a.head_id
 WHERE a.task_id = %s AND a.head_id IS NOT NULL
 ORDER BY a.created_at, a.id
"""


def question_of(task: Task) -> Question:
    """Return what was asked of everybody who answered `task`."""
    return Question(
        interface=cast(Interface, task.dataset.interface),
        options=tuple(option["id"] for option in options_of(task) or []),
        multiple=picks_several(task),
        blocks=DatasetConfig.of(task.dataset).blocks,
    )


def heads_of(task: Task, *, newest: Revision | None = None) -> list[Revision]:
    """Return the revision in force of everybody who holds a slot, in the order of their answers.

    Who was sent their answer back and let the slot go to somebody else has no vote any more.
    `newest` is the head of its answer already, but still to be written itself.
    """
    heads = all_rows(HEADS, [task.pk])
    if newest is None:
        return [HEAD.read(row, start=1) for row in heads]
    return [newest if row[0] == newest.pk else HEAD.read(row, start=1) for row in heads]


def answers_of(revisions: Iterable[Revision], merged: Mapping[str, str]) -> list[AnnotatorAnswer]:
    """Return revisions as the merge reads them, annotators by user id.

    `merged` says as what labels count that were merged (`apps.datasets.queries.merged_labels`).
    """
    return [
        read_answer(
            annotator=str(revision.user_id),
            answer=cast(Verdict, revision.answer),
            spans=with_label_keys(revision.spans, merged),
            accept=revision.accept,
            attributes=revision.attributes,
        )
        for revision in revisions
    ]


def versions_of(revisions: Iterable[Revision]) -> dict[str, Version]:
    """Return revisions as a reviewer's rulings refer to them, by user id."""
    return {
        str(revision.user_id): Version(
            answer=revision.answer,
            spans={span["id"]: span for span in with_label_keys(revision.spans)},
            accept=tuple(revision.accept),
            attributes=revision.attributes,
        )
        for revision in revisions
    }


def with_label_keys(
    spans: Sequence[Mapping[str, Any]], merged: Mapping[str, str] = NONE_MERGED
) -> list[dict[str, Any]]:
    """Rename `label_id` to `label`: the merge compares labels and does not care what they are.

    To be compared, labels must be those that they count as, if some were `merged`.
    """
    return [
        {
            **{key: value for key, value in span.items() if key != "label_id"},
            "label": merged.get(span.get("label_id", ""), span.get("label_id")),
        }
        for span in spans
    ]


def with_label_ids(spans: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Undo `with_label_keys`: the form in which rows keep spans."""
    return [
        {
            **{key: value for key, value in span.items() if key != "label"},
            "label_id": span.get("label"),
        }
        for span in spans
    ]
