"""A task's whole page: what was asked, who said what, what came of it, and how it went."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from apps.annotators.models import User
from apps.datasets.queries import merged_labels
from apps.desk.access import Sight
from apps.desk.queries.whereabouts import exports_of, held_by, origin_of
from apps.exchange.models import Export
from apps.imports.models import ImportRow
from apps.reviews.models import Conflict, Decision, Final, Merge, SecondLook
from apps.reviews.queries import ReviewPage, review_page
from apps.reviews.returns import changes_after
from apps.tasks.domain.changes import Change
from apps.tasks.models import (
    Answer,
    Gold,
    Return,
    Revision,
    Slot,
    Task,
    TaskImage,
    TaskState,
    Verdict,
)
from concord.events.models import Event
from concord.ids import uuid7_after


@dataclass(frozen=True, slots=True)
class TaskStory:
    """One task as far as somebody sees it; `review` is None until its answers were merged."""

    task: Task
    sight: Sight
    images: list[TaskImage]
    final: Final | None
    answers: list[Answer] = field(default_factory=list)
    review: ReviewPage | None = None
    decisions: list[Decision] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)
    gold: Gold | None = None
    returns: list[tuple[Return, list[Change] | None]] = field(default_factory=list)
    second: SecondLook | None = None
    """What a second reviewer came to; None until that is closed."""
    disputes: list[Conflict] = field(default_factory=list)
    """Every conflict that there ever was, also what later answers have settled."""
    held: list[Slot] = field(default_factory=list)
    origin: ImportRow | None = None
    exports: list[Export] = field(default_factory=list)
    assigned: list[User] | None = None


def task_story(*, task: Task, sight: Sight) -> TaskStory:
    """Return the task with all that `sight` allows; each answer has its revisions in order."""
    story = TaskStory(
        task=task,
        sight=sight,
        images=list(
            TaskImage.objects.filter(task=task).select_related("image__blob").order_by("n")
        ),
        final=_final(task) if task.state == TaskState.FINAL else None,
    )
    if not sight.answers:
        return story
    return replace(
        story,
        answers=_answers(task),
        review=_review(task),
        decisions=list(
            Decision.objects.filter(task=task)
            .select_related("user", "conflict")
            .order_by("created_at", "id")
        ),
        history=_history(task),
        returns=_returns(task),
        second=_second(task) if story.final else None,
        gold=Gold.objects.select_related("made_by").filter(task=task, retired_at=None).first(),
        disputes=list(Conflict.objects.filter(task=task).order_by("created_at", "position")),
        held=held_by(task),
        origin=origin_of(task) if sight.originals else None,
        exports=exports_of(task) if sight.originals else [],
        assigned=_assigned(task) if sight.originals else None,
    )


def _assigned(task: Task) -> list[User] | None:
    if task.assigned is None:
        return None
    return list(User.objects.filter(pk__in=task.assigned).order_by("name", "pk"))


def _final(task: Task) -> Final | None:
    """Return the final; that of a probe is what a task of work would have after its one answer."""
    if task.probe_of_id is None:
        return Final.objects.filter(task=task).first()
    head = Answer.everything.select_related("head").get(task=task).head
    assert head is not None, "a probe is final by its answer"
    spans = (task.spans or head.spans) if head.answer == Verdict.ACCEPT else []
    return Final(
        task=task,
        origin=Final.Origin.SINGLE,
        answer=head.answer,
        spans=[{**span, "id": str(_merged_id(head, span["id"]))} for span in spans],
        accept=head.accept,
        provenance={"objects": []},
        created_at=head.created_at,
    )


def _merged_id(head: Revision, span: str) -> uuid.UUID:
    """An object is known by an id of its own, made when the answer was merged."""
    return uuid7_after(head.pk, seed=f"{head.pk}:{span}".encode())


def _answers(task: Task) -> list[Answer]:
    revisions = Prefetch("revisions", queryset=Revision.objects.order_by("seq"))
    return list(
        Answer.objects.filter(task=task)
        .select_related("user", "head")
        .prefetch_related(revisions)
        .order_by("created_at", "id")
    )


def _review(task: Task) -> ReviewPage | None:
    return review_page(task) if Merge.objects.filter(task=task).exists() else None


def _second(task: Task) -> SecondLook | None:
    closed = SecondLook.objects.filter(task=task, closed_at__isnull=False)
    return closed.select_related("user").first()


def _returns(task: Task) -> list[tuple[Return, list[Change] | None]]:
    rows = Return.objects.filter(task=task).select_related("revision", "reviewer")
    remarks = list(rows.order_by("created_at", "id"))
    return changes_after(remarks, merged_labels(task.dataset_id)) if remarks else []


def _history(task: Task) -> list[Event]:
    told = Event.objects.filter(object_type="task", object_id=str(task.pk))
    return list(told.select_related("actor").order_by("id"))
