"""What the platform makes of several answers, and what reviewers say of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset
from apps.tasks.models import Task, TaskState
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


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


class ReviewLease(models.Model):
    """Who reviews a task at the moment, until when by the database's clock."""

    task = models.OneToOneField(Task, primary_key=True, on_delete=models.CASCADE)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid7)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("user"), F("dataset"), name="review_lease_mine")]

    def __str__(self) -> str:
        return f"{self.user_id} reviews {self.task_id}"


class Bulk(models.Model):
    """One decision on many conflicts at once: what `key` asked for, taken back as a whole.

    `outcome` is JSON of `actions.bulk.Outcome`, null until all conflicts were gone through.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=128)
    request_hash = models.BinaryField()
    outcome = models.JSONField(null=True)
    undone_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="bulk_asked_once")]

    def __str__(self) -> str:
        return f"bulk by {self.user_id}"


class Decision(models.Model):
    """A reviewer's verdict on one conflict or on the whole task. Insert-only by a trigger."""

    class Action(models.TextChoices):
        ACCEPT = "accept"
        VERSION = "version"
        LABEL = "label"
        EDIT = "edit"
        DELETE = "delete"
        REJECT = "reject"
        SEND_BACK = "send_back"
        ESCALATE = "escalate"
        GIVE_BACK = "give_back"
        RESET = "reset"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="decisions")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    conflict = models.ForeignKey(
        Conflict, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=Action)
    detail = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    task_version = models.PositiveIntegerField()
    bulk = models.ForeignKey(Bulk, null=True, on_delete=models.PROTECT, related_name="decisions")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulk", "conflict"], condition=~Q(bulk=None), name="decided_once_in_bulk"
            ),
            models.CheckConstraint(
                condition=Q(
                    action__in=(
                        "accept",
                        "version",
                        "label",
                        "edit",
                        "delete",
                        "reject",
                        "send_back",
                        "escalate",
                        "give_back",
                        "reset",
                    )
                ),
                name="decision_action_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} by {self.user_id}"


class Final(models.Model):
    """The agreed or decided result of a task: what an export of finals contains."""

    class Origin(models.TextChoices):
        AGREED = "agreed"
        DECIDED = "decided"
        SINGLE = "single"
        MERGED = "merged"  # disputed, and the dataset asks for no review: the proposal stands

    task = models.OneToOneField(Task, primary_key=True, on_delete=models.CASCADE)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=7, choices=Origin)
    answer = models.CharField(max_length=6)
    spans = models.JSONField(default=list)
    accept = models.JSONField(default=list)
    attributes = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["accept", "reject", "ignore"]), name="final_answer_known"
            )
        ]

    def __str__(self) -> str:
        return f"final of {self.task_id}"


class SecondLook(models.Model):
    """What a second reviewer, who sees nothing of the first one's words, makes of a decided task.

    It is beside the final answer, as a control, and changes nothing. `user` is null until somebody
    has it; `said` are their verdicts in order (`actions.looking_again`); `outcome`, null until the
    end, is the answer that these come to (spans with their label's id as `label`), or
    `{"sent_back": true}`. It is about the merge that was
    in force at `merge_version` of the task.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="second_look"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    merge_version = models.PositiveIntegerField()
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)
    said = models.JSONField(default=list)
    outcome = models.JSONField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(F("dataset"), F("closed_at"), name="second_look_open")]

    def __str__(self) -> str:
        return f"second look at {self.task_id}"


class TaskFacts(models.Model):
    """The one row about a task that browser, filters and exports read; written by settle."""

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
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            GinIndex(fields=["labels"], name="facts_by_label"),
            models.Index(F("dataset"), F("state"), F("task"), name="facts_by_state"),
            models.Index(
                fields=["dataset", "state", "answers"],
                include=["task", "updated_at"],
                name="facts_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"facts of {self.task_id}"


class Insights(models.Model):
    """What was last measured of a dataset: one row, replaced as a whole.

    `figures` is JSON of `actions.measuring`, people and labels by id. `event` is the last event
    before the answers were read.
    """

    dataset = models.OneToOneField(
        Dataset, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    figures = models.JSONField()
    event = models.BigIntegerField()
    measured_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"insights into {self.dataset_id}"


class Behind(models.Model):
    """The tasks behind one measured number, which `key` names (`domain.tallies.key_of`): the first
    ones, if they are many."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    key = models.TextField()
    tasks = ArrayField(models.UUIDField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "key"], name="behind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.dataset_id}"
