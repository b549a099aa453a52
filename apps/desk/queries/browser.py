"""The rows of the data browser: what it shows of the tasks that were found."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from apps.annotators.models import User
from apps.desk.access import Reach
from apps.reviews.stored import with_label_ids
from apps.tasks.models import Answer, Flag, Task, TaskImage


def rows_of(tasks: Sequence[uuid.UUID], *, reach: Reach) -> list[Task]:
    """Return tasks in this order with all that a row shows, without those that went meanwhile.

    Each has its `first_images`, how many answers were `given`, how many `open_flags` it has, and
    the `people` who answered, as far as `reach` allows.
    """
    first = TaskImage.objects.filter(n=0).select_related("image__blob")
    answers = Answer.objects.filter(task=OuterRef("pk"), head__isnull=False)
    flags = Flag.objects.filter(task=OuterRef("pk"), resolved_at=None)
    rows = (
        Task.objects.filter(pk__in=tasks)
        .select_related("facts", "final", "merge")
        .prefetch_related(Prefetch("task_images", queryset=first, to_attr="first_images"))
        .annotate(given=_count(answers), open_flags=_count(flags))
    )
    found = {task.pk: task for task in rows}
    names = _names(task for task in found.values() if reach.names(task))
    for task in found.values():
        people = task.facts.annotators if reach.names(task) else []
        task.people = [(person, names[person]) for person in people]  # type: ignore[attr-defined]  # for the row
    return [found[pk] for pk in tasks if pk in found]


def _names(tasks: Iterable[Task]) -> dict[uuid.UUID, str]:
    people = {person for task in tasks for person in task.facts.annotators}
    users = User.objects.in_bulk(people) if people else {}
    return {pk: user.display_name for pk, user in users.items()}


def _count(rows: Any) -> Any:
    counted = rows.order_by().values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def spans_of(task: Task) -> list[dict[str, Any]]:
    """Return what the task is about, or else the final shapes, the merged ones while it has none;
    labels by id."""
    if task.spans:
        asked: list[dict[str, Any]] = task.spans
        return asked
    if final := getattr(task, "final", None):
        spans: list[dict[str, Any]] = final.spans
        return spans
    if merge := getattr(task, "merge", None):
        return with_label_ids(entry["span"] for entry in merge.result["objects"])
    return []
