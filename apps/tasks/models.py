"""Tasks, the slots through which they are worked on, and the answers given."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset, Image
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class TaskState(models.TextChoices):
    """Where a task stands; `apps.tasks.actions.transitions` is the only writer."""

    OPEN = "open"
    ANSWERED = "answered"
    CONFLICTED = "conflicted"
    FINAL = "final"


class SlotState(models.TextChoices):
    """A slot is free until somebody leases it; an expired lease counts as free."""

    FREE = "free"
    LEASED = "leased"
    SUBMITTED = "submitted"


class Purpose(models.TextChoices):
    """Why a slot exists."""

    WORK = "work"
    GOLD = "gold"
    EXTRA = "extra"


class Verdict(models.TextChoices):
    """What an annotator says of the task as a whole."""

    ACCEPT = "accept"
    REJECT = "reject"
    IGNORE = "ignore"


class TaskQuerySet(models.QuerySet["Task"]):
    """Chainable reads of tasks."""

    def of(self, dataset: Dataset) -> Self:
        """Those of one dataset."""
        return self.filter(dataset=dataset)

    def in_state(self, *states: TaskState) -> Self:
        """Those in one of the states."""
        return self.filter(state__in=states)


class Task(models.Model):
    """One question to answer, usually about one image."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="tasks")
    order_key = models.BigIntegerField()
    priority = models.IntegerField(default=0)
    score = models.FloatField(null=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    reopened = models.BooleanField(default=False)
    sent_back = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    overlap = models.PositiveIntegerField()
    config_version = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64)
    label = models.CharField(max_length=200, blank=True)
    options = models.JSONField(null=True)
    meta = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "dataset"], name="task_of_dataset"),
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="task_state_known"
            ),
            models.CheckConstraint(condition=Q(overlap__gte=1), name="task_overlap_positive"),
        ]
        indexes = [
            models.Index(F("dataset"), F("state"), F("order_key"), F("id"), name="task_by_state"),
            models.Index(F("dataset"), F("order_key"), F("id"), name="task_by_order"),
            models.Index(F("dataset"), F("input_hash"), name="task_by_input"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TaskImage(models.Model):
    """The n-th image of a task; more than one only where annotators pick among images."""

    pk = models.CompositePrimaryKey("task_id", "n")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="task_images")
    n = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="task_images")
    tile = models.UUIDField(default=uuid7)

    def __str__(self) -> str:
        return f"{self.task_id} [{self.n}]"


class Slot(models.Model):
    """The right to one answer to a task. Claiming one is the only way to get work.

    A lease ends by the database's clock. Its token tells it from every other lease: only who has it
    can extend this one, and whatever comes with none that was ever given out is refused.
    """

    pk = models.CompositePrimaryKey("task_id", "n")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="slots")
    n = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    order_key = models.BigIntegerField()
    purpose = models.CharField(max_length=5, choices=Purpose, default=Purpose.WORK)
    state = models.CharField(max_length=9, choices=SlotState, default=SlotState.FREE)
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    lease_token = models.UUIDField(null=True)
    lease_expires_at = models.DateTimeField(null=True)
    leased_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "user"], condition=~Q(state="free"), name="slot_task_user_once"
            ),
            models.CheckConstraint(
                name="slot_state_whole",
                condition=(
                    Q(state="free", user=None, lease_token=None, lease_expires_at=None)
                    | Q(
                        state="leased",
                        user__isnull=False,
                        lease_token__isnull=False,
                        lease_expires_at__isnull=False,
                    )
                    | Q(state="submitted", user__isnull=False, submitted_at__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(
                F("dataset"),
                F("order_key"),
                F("task"),
                F("n"),
                condition=Q(state="free"),
                name="slot_free",
            ),
            models.Index(
                F("user"),
                F("dataset"),
                F("order_key"),
                condition=Q(state="leased"),
                name="slot_held",
            ),
            models.Index(
                F("dataset"),
                F("lease_expires_at"),
                condition=Q(state="leased"),
                name="slot_expiring",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} slot {self.n}"


class Pass(models.Model):
    """Somebody gave a task back without an answer, and why."""

    class Reason(models.TextChoices):
        BROKEN_IMAGE = "broken_image"
        UNCLEAR = "unclear"
        NOT_MY_JOB = "not_my_job"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="passes")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    comment = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(F("task"), F("user"), name="pass_by_person")]

    def __str__(self) -> str:
        return f"{self.user_id} passed on {self.task_id}"


class Answer(models.Model):
    """One annotator's response to one task; its content is the head revision's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answers")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="answers")
    head = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="answer_once")]
        indexes = [models.Index(F("user"), F("dataset"), F("updated_at"), name="answer_mine")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.task_id}"


class Revision(models.Model):
    """One save of an answer. A trigger refuses changes: a correction is a new revision.

    `client_key` is the idempotency key of the submit; `response` is what the first one got.
    Spans hold the label's id; the API and files use its name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    answer_row = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="revisions")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    answer = models.CharField(max_length=6, choices=Verdict)
    spans = models.JSONField(default=list)
    accept = models.JSONField(default=list)
    attributes = models.JSONField(default=dict)
    seconds = models.FloatField(null=True)
    late = models.BooleanField(default=False)
    client_key = models.CharField(max_length=128)
    request_hash = models.CharField(max_length=64)
    response = models.JSONField(null=True)
    config_version = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_key"], name="revision_key_once"),
            models.UniqueConstraint(fields=["answer_row", "seq"], name="revision_seq_once"),
            models.CheckConstraint(
                condition=Q(answer__in=Verdict.values), name="revision_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(seconds=None) | Q(seconds__gte=0, seconds__lte=86400),
                name="revision_seconds_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_row_id} r{self.seq}"


class Draft(models.Model):
    """What somebody has begun and not sent."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="drafts")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    body = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.user_id} on {self.task_id}"


class Suggestion(models.Model):
    """Shapes or choices offered by a model or an import; never mixed with people's answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="suggestions")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=100)
    model_version = models.CharField(max_length=100, blank=True)
    score = models.FloatField(null=True)
    label = models.CharField(max_length=200, blank=True)
    spans = models.JSONField(default=list)
    accept = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=-1e308, score__lte=1e308),
                name="suggestion_score_finite",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.task_id}"
