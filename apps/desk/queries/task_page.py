"""A task's whole page: what was asked, who said what, what came of it, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from apps.desk.access import Sight
from apps.reviews.models import Decision, Final, Merge
from apps.reviews.queries import ReviewPage, review_page
from apps.tasks.models import Answer, Revision, Task, TaskImage, TaskState
from concord.events.models import Event


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


def task_story(*, task: Task, sight: Sight) -> TaskStory:
    """Return the task with all that `sight` allows; each answer has its revisions in order."""
    story = TaskStory(
        task=task,
        sight=sight,
        images=list(
            TaskImage.objects.filter(task=task).select_related("image__blob").order_by("n")
        ),
        final=Final.objects.filter(task=task).first() if task.state == TaskState.FINAL else None,
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
    )


def _answers(task: Task) -> list[Answer]:
    revisions = Prefetch("revisions", queryset=Revision.objects.order_by("seq"))
    return list(
        Answer.objects.filter(task=task)
        .select_related("user", "head")
        .prefetch_related(revisions)
        .order_by("created_at", "id")
    )


def _review(task: Task) -> ReviewPage | None:
    """Return the review, its letters given to everybody who ever answered the task."""
    if not Merge.objects.filter(task=task).exists():
        return None
    page = review_page(task)
    others = Revision.objects.filter(task=task).exclude(id__in=page.merge.revisions)
    return replace(page, late=list(others))


def _history(task: Task) -> list[Event]:
    told = Event.objects.filter(object_type="task", object_id=str(task.pk))
    return list(told.select_related("actor").order_by("id"))
