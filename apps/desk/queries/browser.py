"""The data browser: a dataset's tasks, filtered and in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.datasets.models import Dataset, Label
from apps.reviews.models import ConflictKind
from apps.reviews.stored import with_label_ids
from apps.tasks.models import Answer, Task, TaskImage, TaskState
from concord.errors import Invalid

ORDERS: dict[str, tuple[str, ...]] = {
    "order_key": ("order_key", "id"),
    "-updated_at": ("-updated_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; None does not narrow. `label` is a name."""

    state: TaskState | None = None
    label: str | None = None
    conflict: ConflictKind | None = None


def find_tasks(*, dataset: Dataset, wanted: Filter, finals_only: bool) -> QuerySet[Task]:
    """Return the tasks that match, with all that a row of the browser shows.

    `finals_only` is for those who may not see other people's answers.
    """
    tasks = Task.objects.of(dataset)
    if finals_only:
        tasks = tasks.in_state(TaskState.FINAL)
    if wanted.state is not None:
        tasks = tasks.in_state(wanted.state)
    if wanted.label is not None:
        tasks = tasks.filter(facts__labels__overlap=_ids_of(dataset, wanted.label))
    if wanted.conflict is not None:
        tasks = tasks.filter(facts__conflict_kinds__contains=[wanted.conflict])
    return _with_rows(tasks)


def _ids_of(dataset: Dataset, name: str) -> list[str]:
    """Return the ids under which shapes of this label are stored: its own and those merged in."""
    # PostgreSQL cannot even be asked about a NUL, which a URL may hold.
    label = None if "\0" in name else Label.objects.filter(dataset=dataset, name=name).first()
    if label is None:
        raise Invalid("unknown_label", f"There is no label {name!r} here.")
    merged = Label.objects.filter(merged_into=label).values_list("id", flat=True)
    return [str(identifier) for identifier in (label.id, *merged)]


def _with_rows(tasks: QuerySet[Task]) -> QuerySet[Task]:
    first = TaskImage.objects.filter(n=0).select_related("image__blob")
    answers = (
        Answer.objects.filter(task=OuterRef("pk"), head__isnull=False)
        .order_by()
        .values("task")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        tasks.select_related("facts", "final", "merge")
        .prefetch_related(Prefetch("task_images", queryset=first, to_attr="first_images"))
        .annotate(given=Coalesce(Subquery(answers, output_field=IntegerField()), 0))
    )


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
