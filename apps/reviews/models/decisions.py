"""What reviewers say of a task, and what it comes to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.datasets.models import Dataset
from apps.reviews.models.merges import Conflict
from apps.tasks.models import Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


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

    `outcome` is what `actions.bulk` tells, null until all conflicts were gone through.
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
    """A reviewer's verdict on one conflict or on the whole task. Insert-only by a trigger.

    The last one holds, and which that is the database's clock says: servers' clocks differ.
    """

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
    created_at = models.DateTimeField(db_default=Now())

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
    changed_in = models.BigIntegerField(db_default=0, editable=False)  # `concord.stamping`

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["accept", "reject", "ignore"]), name="final_answer_known"
            )
        ]
        indexes = [models.Index(fields=["dataset", "changed_in", "task"], name="final_by_change")]

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
