"""Reads of merges, conflicts and decisions: what a reviewer's page needs."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.reviews.handed_on import HANDED_ON, handed_on_by
from apps.reviews.models import Conflict, Decision, Merge, ReviewLease
from apps.reviews.returns import Reworked, kept_for_others, reworked_in
from apps.reviews.tie_breaking import kept_for_tie_breakers
from apps.tasks.letters import letters_of
from apps.tasks.models import Answer, Revision, Task, TaskImage, TaskState
from apps.tasks.no_work import ARCHIVED, NoWork

REVIEWABLE = (TaskState.CONFLICTED, TaskState.ANSWERED)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that the reviewer's page shows of one task."""

    task: Task
    images: list[TaskImage]
    merge: Merge
    revisions: list[Revision]
    conflicts: list[Conflict]
    decisions: list[Decision]
    letters: dict[str, str]
    reworked: list[Reworked]
    calls: list[Decision]
    """By which reviewers and managers brought the task before another reviewer."""
    late: list[Revision]


def review_page(task: Task) -> ReviewPage:
    """Return a task for review, its versions in the order of their letters."""
    people = letters_of(task)
    merge = Merge.objects.get(task=task)
    images = TaskImage.objects.filter(task=task).select_related("image__blob").order_by("n")
    revisions = Revision.objects.filter(id__in=merge.revisions)
    conflicts = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)
    return ReviewPage(
        task=task,
        images=list(images),
        merge=merge,
        revisions=sorted(revisions, key=lambda row: [*people].index(str(row.user_id))),
        conflicts=list(conflicts.order_by("position")),
        decisions=decisions_in_force(task),
        letters=people,
        reworked=reworked_in(task),
        calls=list(_calls(task)),
        late=list(Revision.objects.filter(task=task, late=True).order_by("created_at")),
    )


def _calls(task: Task) -> QuerySet[Decision]:
    unlocked = Q(action=Decision.Action.RESET, conflict=None) & ~Q(reason="")
    rows = Decision.objects.filter(Q(action__in=HANDED_ON) | unlocked, task=task)
    return rows.select_related("user").order_by("created_at", "id")


def decisions_in_force(task: Task) -> list[Decision]:
    """Return the last decision on each decided conflict, and those on the task as a whole.

    Decisions older than the merge do not count: an edit of an answer starts the review anew.
    """
    merged = Merge.objects.values_list("task_version", flat=True).get(task=task)
    rows = (
        Decision.objects.filter(task=task, task_version__gt=merged)
        .exclude(action__in=[Decision.Action.SEND_BACK, *HANDED_ON])
        .select_related("conflict")
        .order_by("created_at", "id")
    )
    decided = Conflict.State.DECIDED
    return last_words(row for row in rows if not row.conflict or row.conflict.state == decided)


def last_words(decisions: Iterable[Decision]) -> list[Decision]:
    """Return what holds of decisions in the order in which they were made."""
    last: dict[uuid.UUID, Decision] = {}
    whole: list[Decision] = []
    for row in decisions:
        if row.conflict is None:
            whole = [] if row.action == Decision.Action.RESET else [*whole, row]
            continue
        last.pop(row.conflict.id, None)  # a second thought counts from when it was had
        if row.action != Decision.Action.RESET:
            last[row.conflict.id] = row
    return [*last.values(), *whole]


def waiting_for(user: User, datasets: Collection[uuid.UUID]) -> QuerySet[Task]:
    """Return the tasks that wait for `user`: neither own work nor left to another reviewer, nor
    kept for the one who sent them back or breaks ties."""
    own = Answer.objects.filter(user=user, dataset__in=datasets)
    left = handed_on_by(user, datasets)
    waiting = Task.objects.filter(dataset__in=datasets, locked_at=None, state__in=REVIEWABLE)
    mine = waiting.exclude(pk__in=own.values("task")).exclude(pk__in=left.values("task"))
    mine = mine.exclude(pk__in=kept_for_others(user, datasets))
    return mine.exclude(pk__in=kept_for_tie_breakers(user, datasets))


def why_no_review(*, user: User, dataset: Dataset) -> NoWork:
    """Return why `user` gets nothing to review in `dataset` at the moment."""
    if dataset.archived_at is not None:
        return ARCHIVED
    waiting = Task.objects.filter(dataset=dataset, locked_at=None, state__in=REVIEWABLE)
    if not waiting.exists():
        return NoWork("done", "Nothing waits for review: people agree, or have not answered yet.")
    if not waiting_for(user, [dataset.id]).exists():
        return NoWork(
            "not_allowed",
            "What waits here is your own work, you left it to others (what you gave back comes"
            " again after an hour), or it is for the one who asked for it or breaks ties here.",
        )
    leased = ReviewLease.objects.filter(dataset=dataset, expires_at__gt=Now())
    until: Any = leased.aggregate(at=Min("expires_at"))["at"]
    return NoWork("all_leased", "Other reviewers are at work on what is left.", until)
