"""What the platform makes of several answers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.datasets.models import Dataset
from apps.tasks.models import Task, TaskState
from concord.ids import uuid7


class ConflictKind(models.TextChoices):
    """On what answers differ."""

    LABEL = "label"
    EXTENT = "extent"
    EXISTENCE = "existence"
    GROUP = "group"
    DUPLICATE = "duplicate"
    ANSWER = "answer"
    UNSURE = "unsure"
    BLOCK = "block"


class Skills(models.Model):
    """What a dataset's answers tell of its annotators; every merge names the row that it used.

    `people` is JSON of `domain.known`. Rows never change: who learns anew adds one. `event` is
    the last event before the answers were read, from `tasks` tasks. `passing` says for each target
    of errors that can be promised which share of the tasks would pass unseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    people = models.JSONField()
    passing = models.JSONField(default=list)
    tasks = models.PositiveIntegerField()
    event = models.BigIntegerField()
    learnt_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(F("dataset"), F("id").desc(), name="skills_newest")]

    def __str__(self) -> str:
        return f"skills in {self.dataset_id}"


class Merge(models.Model):
    """The answers of a task made one, with the provenance of every object; recomputable.

    `confidence` is what the answers tell of themselves, `calibrated` what reviewers found of
    proposals like this one; null while too few were reviewed.
    """

    task = models.OneToOneField(Task, primary_key=True, on_delete=models.CASCADE)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    task_version = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=100)
    skills = models.ForeignKey(Skills, null=True, on_delete=models.RESTRICT, related_name="+")
    revisions = ArrayField(models.UUIDField(), default=list)
    result = models.JSONField()
    confidence = models.FloatField(null=True)
    calibrated = models.FloatField(null=True)
    merged_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=0, confidence__lte=1),
                name="merge_confidence_is_share",
            )
        ]

    def __str__(self) -> str:
        return f"merge of {self.task_id}"

    @property
    def chance(self) -> float | None:
        """How probably the proposal is right, as far as that is known."""
        return self.confidence if self.calibrated is None else self.calibrated


class Conflict(models.Model):
    """One point on which answers differ."""

    class State(models.TextChoices):
        OPEN = "open"
        DECIDED = "decided"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="conflicts")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ConflictKind)
    object_index = models.PositiveIntegerField(null=True)
    detail = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # The versions of the task at whose end it appeared, and at whose end it was superseded.
    task_version = models.PositiveIntegerField(default=0)
    superseded_version = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(F("task"), F("state"), F("position"), name="conflict_by_task"),
            models.Index(
                F("dataset"), F("kind"), F("id"), condition=Q(state="open"), name="conflict_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConflictKind.values), name="conflict_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.task_id}"


class TaskFacts(models.Model):
    """The one row about a task of work that browser, filters and exports read.

    It is made by the database with the task's first image, whose `width` and `height` it keeps, and
    `settle` writes what became of the answers. `state`, `order_key`, `score` and `withdrawn` are
    copies of the task's, which a trigger keeps true. `tags` are a manager's own words and stand
    nowhere else. `shapes` counts what a row of the browser draws: None until there is anything to
    draw or an answer that says there is nothing; `sizes` are the square roots of their areas in
    pixels, smallest first. `verdict` is that of the final answer, empty without one.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="facts"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=TaskState)
    labels = ArrayField(models.CharField(max_length=100), default=list)
    conflict_kinds = ArrayField(models.CharField(max_length=10), default=list)
    annotators = ArrayField(models.UUIDField(), default=list)
    answers = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(null=True)
    verdict = models.CharField(max_length=6, blank=True, default="")
    shapes = models.PositiveIntegerField(null=True)
    sizes = ArrayField(models.FloatField(), default=list)
    tags = ArrayField(models.CharField(max_length=50), default=list)
    order_key = models.BigIntegerField(default=0)
    score = models.FloatField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(
                F("dataset"), F("state"), F("order_key"), F("task"), name="facts_by_state"
            ),
            models.Index(
                fields=["dataset", "state", "answers"],
                include=["task", "updated_at"],
                name="facts_counted",
            ),
            # The orders of the browser. Nulls come last, as a stretch of their own.
            models.Index(F("dataset"), F("order_key"), F("task"), name="facts_by_order"),
            models.Index(F("dataset"), F("made_at"), F("task"), name="facts_by_time"),
            models.Index(F("dataset"), F("score"), F("task"), name="facts_by_score"),
            models.Index(F("dataset"), F("confidence"), F("task"), name="facts_by_confidence"),
            models.Index(F("dataset"), F("shapes"), F("task"), name="facts_by_shapes"),
            # One index for all filters together: it finds what they have in common by itself.
            GinIndex(
                F("dataset"),
                F("state"),
                F("labels"),
                F("tags"),
                F("conflict_kinds"),
                F("verdict"),
                F("answers"),
                F("shapes"),
                F("width"),
                F("height"),
                models.Func(F("sizes"), function="reviews_scales"),
                name="facts_found",
                gin_pending_list_limit=1024,
            ),
        ]

    def __str__(self) -> str:
        return f"facts of {self.task_id}"
