"""Tasks: the questions to answer, and the images that they are about."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset, Image
from apps.tasks.domain.turns import HIGHEST_PRIORITY, HIGHEST_SCORE
from concord.ids import uuid7


class TaskState(models.TextChoices):
    """Where a task stands; `apps.tasks.actions.transitions` is the only writer."""

    OPEN = "open"
    ANSWERED = "answered"
    CONFLICTED = "conflicted"
    FINAL = "final"


class TaskQuerySet(models.QuerySet["Task"]):
    """Chainable reads of tasks."""

    def of(self, dataset: Dataset) -> Self:
        """Those of one dataset."""
        return self.filter(dataset=dataset)

    def in_state(self, *states: TaskState) -> Self:
        """Those in one of the states."""
        return self.filter(state__in=states)


AnyTaskManager = models.Manager.from_queryset(TaskQuerySet)


class TaskManager(AnyTaskManager["Task"]):
    """Tasks that are work; what only looks like a task, and what is work no more, is left out."""

    def get_queryset(self) -> TaskQuerySet:
        """Leave out probes and what was withdrawn."""
        rows = TaskQuerySet(self.model, using=self._db)
        return rows.filter(probe_of=None, withdrawn_at=None)


class Task(models.Model):
    """One question to answer, usually about one image.

    `spans` are the shapes that the question is about, as rows keep them: the suggested box where
    people judge one. Shapes that they may start from are suggestions. One that was `assigned` goes
    to these people alone, whatever the routes of its dataset say. A task that is a `probe_of`
    another asks one person for what is known already (`Probe`): it is no work, so it is in no list,
    count or file. One that was `withdrawn`, because its image was taken down after people had
    answered, is in none either; its managers can still see what was said. `objects` does not have
    those, `everything` does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="tasks")
    order_key = models.BigIntegerField()
    priority = models.IntegerField(default=0)
    score = models.FloatField(null=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    reopened = models.BooleanField(default=False)
    sent_back = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    overlap = models.PositiveIntegerField()
    assigned = ArrayField(models.UUIDField(), null=True)
    config_version = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64)
    label = models.CharField(max_length=200, blank=True)
    options = models.JSONField(null=True)
    spans = models.JSONField(default=list)
    meta = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    probe_of = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TaskManager()
    everything = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "dataset"], name="task_of_dataset"),
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="task_state_known"
            ),
            models.CheckConstraint(condition=Q(overlap__gte=1), name="task_overlap_positive"),
            models.CheckConstraint(
                condition=Q(priority__gte=-HIGHEST_PRIORITY, priority__lte=HIGHEST_PRIORITY),
                name="task_priority_in_range",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=-HIGHEST_SCORE, score__lte=HIGHEST_SCORE),
                name="task_score_finite",
            ),
        ]
        indexes = [
            models.Index(F("dataset"), F("state"), F("order_key"), F("id"), name="task_by_state"),
            models.Index(F("dataset"), F("order_key"), F("id"), name="task_by_order"),
            models.Index(F("dataset"), F("input_hash"), name="task_by_input"),
            models.Index(
                F("dataset"), condition=Q(assigned__isnull=False), name="task_by_assignment"
            ),
            models.Index(F("dataset"), F("updated_at"), F("id"), name="task_by_change"),
            models.Index(
                F("probe_of"), condition=Q(probe_of__isnull=False), name="task_by_original"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TaskImage(models.Model):
    """The n-th image of a task; more than one only where annotators pick among images.

    There `tile` is the name under which they know it: random, so that it tells neither which image
    it is nor whether that image was seen before. `option` is what an imported line says of it, its
    id in that line among the rest; None where nobody listed it.
    """

    pk = models.CompositePrimaryKey("task_id", "n")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="task_images")
    n = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="task_images")
    tile = models.UUIDField(null=True)
    option = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tile"], condition=Q(tile__isnull=False), name="task_image_tile_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} [{self.n}]"
