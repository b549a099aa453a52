"""The data browser: a dataset's tasks, filtered and in order."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.datasets.models import Dataset, Label
from apps.reviews.domain.tallies import people_of
from apps.reviews.live_counts import day_began
from apps.reviews.models import Behind, ConflictKind
from apps.reviews.stored import with_label_ids
from apps.tasks.models import Answer, Task, TaskImage, TaskState
from concord.errors import Invalid

ORDERS: dict[str, tuple[str, ...]] = {
    "order_key": ("order_key", "id"),
    "-updated_at": ("-updated_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; None does not narrow. `label` is a name.

    `answers` counts those of a task that has all it is to get. `person` answered it, `day` is the
    one on which they, or anybody, did first, as the dataset's time zone has days. `behind` names a
    measured number, whose tasks these are.
    """

    state: TaskState | None = None
    label: str | None = None
    conflict: ConflictKind | None = None
    answers: int | None = None
    person: uuid.UUID | None = None
    day: date | None = None
    behind: str | None = None
    task: uuid.UUID | None = None

    @property
    def tells_of(self) -> set[str] | None:
        """The ids of the people about whom it tells what they did; None of nobody, empty of all."""
        named = {str(self.person)} if self.person else set()
        if self.behind is not None:
            named |= people_of(self.behind)
        return named if named or self.day or self.behind else None


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
    if wanted.task is not None:
        tasks = tasks.filter(pk=wanted.task)
    if wanted.answers is not None:
        tasks = tasks.exclude(state=TaskState.OPEN).filter(facts__answers=wanted.answers)
    if wanted.person is not None or wanted.day is not None:
        tasks = tasks.filter(pk__in=_answered(dataset, wanted).values("task"))
    if wanted.behind is not None:
        tasks = tasks.filter(pk__in=_tasks_behind(dataset, wanted.behind))
    return _with_rows(tasks)


def _answered(dataset: Dataset, wanted: Filter) -> QuerySet[Answer]:
    given = Answer.objects.filter(dataset=dataset, head__isnull=False)
    if wanted.person is not None:
        given = given.filter(user=wanted.person)
    if wanted.day is not None:
        begin = day_began(dataset, wanted.day)
        end = day_began(dataset, wanted.day + timedelta(days=1))
        # What was answered since then has changed since then: the index goes by that.
        given = given.filter(updated_at__gte=begin, created_at__gte=begin, created_at__lt=end)
    return given


def _tasks_behind(dataset: Dataset, key: str) -> list[uuid.UUID]:
    # PostgreSQL cannot even be asked about a NUL, which a URL may hold.
    found = None if "\0" in key else Behind.objects.filter(dataset=dataset, key=key).first()
    return [] if found is None else found.tasks


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
