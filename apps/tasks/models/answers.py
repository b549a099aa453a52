"""Answers and their revisions, drafts, and what models suggest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Verdict(models.TextChoices):
    """What an annotator says of the task as a whole."""

    ACCEPT = "accept"
    REJECT = "reject"
    IGNORE = "ignore"


class AnswerManager(models.Manager["Answer"]):
    """Answers to tasks that are work."""

    def get_queryset(self) -> models.QuerySet[Answer]:
        """Leave those to probes out."""
        return super().get_queryset().filter(probe=False)


class Answer(models.Model):
    """One annotator's response to one task; its content is the head revision's.

    One to a `probe` is nobody's business but its author's: only `everything` has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answers")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="answers")
    head = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    probe = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    changed_in = models.BigIntegerField(db_default=0, editable=False)  # `concord.stamping`

    objects = AnswerManager()
    everything: models.Manager[Answer] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="answer_once")]
        indexes = [
            models.Index(F("user"), F("dataset"), F("updated_at"), name="answer_mine"),
            models.Index(fields=["dataset", "changed_in", "id"], name="answer_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.task_id}"


class Revision(models.Model):
    """One save of an answer. A trigger refuses changes: a correction is a new revision.

    `client_key` is the idempotency key of the submit; `response` is what the first one got.
    Spans hold the label's id; the API and files use its name. Of an answer that was given in
    another tool `created_at` is when it was given there, and there is no `response`.
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
    created_at = models.DateTimeField(default=timezone.now)

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
    """What somebody has begun and not sent; `version` counts its saves from 1."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="drafts")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    body = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.user_id} on {self.task_id}"


class SuggestionManager(models.Manager["Suggestion"]):
    """Suggestions for tasks that are work."""

    def get_queryset(self) -> models.QuerySet[Suggestion]:
        """Leave the copies for probes out, and those of tasks that were withdrawn."""
        return super().get_queryset().filter(task__probe_of=None, task__withdrawn_at=None)


class Suggestion(models.Model):
    """Shapes or choices offered by a model or an import; never mixed with people's answers.

    A probe has copies of its original's, which only `everything` has, as those of withdrawn tasks.
    """

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

    objects = SuggestionManager()
    everything: models.Manager[Suggestion] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=-1e308, score__lte=1e308),
                name="suggestion_score_finite",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.task_id}"
