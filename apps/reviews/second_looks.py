"""Tasks that a second reviewer decides without knowing what the first one said."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.actions.verdicts import Verdict, decision_of
from apps.reviews.domain.reviewers import differing
from apps.reviews.models import Conflict, Decision, Final, Merge, SecondLook
from apps.reviews.queries import ReviewPage, last_words
from apps.reviews.stored import with_label_ids, with_label_keys
from apps.tasks.domain.changes import Change
from apps.tasks.models import Task, TaskState
from concord.rows import all_rows

MOST_COMPARED = 20_000

# Never their own work, nor what they said anything of.
OPEN = """
  FROM reviews_secondlook l
  JOIN tasks_task t ON t.id = l.task_id
  JOIN reviews_merge m ON m.task_id = l.task_id AND m.task_version = l.merge_version
 WHERE l.dataset_id = ANY(%(datasets)s) AND l.closed_at IS NULL
   AND (l.expires_at IS NULL OR l.expires_at <= now() OR %(mine)s AND l.user_id = %(user)s)
   AND t.locked_at IS NOT NULL AND t.withdrawn_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM tasks_answer a
                    WHERE a.task_id = t.id AND a.user_id = %(user)s)
   AND NOT EXISTS (SELECT 1 FROM reviews_decision d
                    WHERE d.task_id = t.id AND d.user_id = %(user)s)
   AND NOT EXISTS (SELECT 1 FROM reviews_final f
                    WHERE f.task_id = t.id AND f.decided_by_id = %(user)s)
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A task as two reviewers decided it, each without the other, in the form in which second looks
    are kept, labels as they count now; `second` is None where the second sent it back."""

    task: Task
    first: dict[str, Any]
    second: dict[str, Any] | None


def count_second_looks(*, user: User, datasets: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Count the second looks that `user` has or could be given, by dataset; those without any are
    left out."""
    values = {"user": user.pk, "datasets": list(datasets), "mine": True}
    return dict(all_rows(f"SELECT l.dataset_id, count(*) {OPEN} GROUP BY 1", values))


def second_look_of(*, user: User, task: Task, token: uuid.UUID) -> SecondLook | None:
    """Return the second look that `user` has under this lease, if it is one."""
    return SecondLook.objects.filter(task=task, user=user, token=token).first()


def as_decisions(look: SecondLook, task: Task) -> list[Decision]:
    """Return what holds of a second reviewer's words so far, as rows that are nowhere written."""
    conflicts = {str(row.pk): row for row in Conflict.objects.filter(task=task)}
    assert look.user is not None, "nobody has said anything yet"
    rows = (
        decision_of(
            user=look.user,
            task=task,
            verdict=Verdict(**{**said, "conflict": None}),
            conflict=conflicts.get(said["conflict"]),
        )
        for said in look.said
        if said["action"] != Decision.Action.SEND_BACK
    )
    return last_words(rows)


def as_undecided(task: Task) -> Task:
    """Show the task in hand as it was before it was decided; nothing is written."""
    disputed = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED).exists()
    task.state = TaskState.CONFLICTED if disputed else TaskState.ANSWERED
    task.locked_at = None
    return task


def without_the_first(page: ReviewPage, *, user_id: uuid.UUID) -> ReviewPage:
    """Return a task's page with this second reviewer's own words in place of all others'."""
    look = SecondLook.objects.select_related("user").get(task=page.task, user=user_id)
    decisions = as_decisions(look, page.task)
    decided = {row.conflict_id for row in decisions}
    for conflict in page.conflicts:
        known = conflict.pk in decided
        conflict.state = Conflict.State.DECIDED if known else Conflict.State.OPEN
    return replace(page, task=as_undecided(page.task), decisions=decisions, reworked=[], calls=[])


def compared_in(dataset: Dataset) -> Iterator[Compared]:
    """Yield what two reviewers decided, while the answers that both saw are still those."""
    looks = SecondLook.objects.filter(dataset=dataset, closed_at__isnull=False)
    looks = looks.order_by("-closed_at").select_related("task")[:MOST_COMPARED]
    ids = [look.task_id for look in looks]
    finals = Final.objects.filter(task__in=ids, origin=Final.Origin.DECIDED)
    firsts = {final.task_id: final for final in finals}
    merges = dict(Merge.objects.filter(task__in=ids).values_list("task", "task_version"))
    merged = merged_labels(dataset.pk)
    for look in looks:
        first = firsts.get(look.task_id)
        if first is None or merges[look.task_id] != look.merge_version:
            continue
        look.task.dataset = dataset
        yield Compared(look.task, _first(first, merged), _second(look, merged))


def says_same(row: Compared) -> bool:
    """Whether the second reviewer came to the answer of the first."""
    return row.second is not None and not differing(row.first, row.second)


def changes_to_second(
    first: Final, look: SecondLook, merged: Mapping[str, str]
) -> list[Change] | None:
    """Return what a closed second look says otherwise than the final; None where it says nothing,
    because the answers should have gone back. `merged` are the labels that count as others."""
    second = _second(look, merged)
    return None if second is None else differing(_first(first, merged), second)


def _second(look: SecondLook, merged: Mapping[str, str]) -> dict[str, Any] | None:
    assert look.outcome is not None, "it is closed"
    if "sent_back" in look.outcome:
        return None
    spans = with_label_keys(with_label_ids(look.outcome["spans"]), merged)
    return {**look.outcome, "spans": spans}


def _first(final: Final, merged: Mapping[str, str]) -> dict[str, Any]:
    return {
        "answer": final.answer,
        "spans": with_label_keys(final.spans, merged),
        "accept": final.accept,
        "attributes": final.attributes,
    }
