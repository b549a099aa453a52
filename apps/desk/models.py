"""What people save and do in the data browser, and how a dataset stood at the end of each day."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apps.datasets.models import Dataset
from concord.ids import uuid7


class View(models.Model):
    """A search that somebody saved for themselves alone; `search` is a query string.

    `labels` has the ids of the labels that it names, by the names that they had then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    search = models.TextField(blank=True)
    labels = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "user", "name"], name="view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Act(models.Model):
    """One thing done to many tasks: `deed` names it, `saying` what goes with it, `wanted` the
    filter by which its tasks were found, if it was one.

    Its tasks are fixed when it begins (`Acted`); until then `total` is null. `key` is the client's:
    the same one never acts twice.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Deed(models.TextChoices):
        TAG = "tag"
        PRIORITY = "priority"
        ASSIGN = "assign"
        EXPORT = "export"
        REQUEUE = "requeue"
        DELETE = "delete"
        ANSWER = "answer"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=128)
    request_hash = models.BinaryField()
    deed = models.CharField(max_length=8, choices=Deed)
    saying = models.JSONField()
    wanted = models.JSONField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    total = models.PositiveIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="act_asked_once")]

    def __str__(self) -> str:
        return f"{self.deed} by {self.user_id}"


class Acted(models.Model):
    """A task of an act: to be done, done, or left out for the reason in `code`.

    `before` is what must be known to take it back. A task may go; what was done to it stays.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        LEFT_OUT = "left_out"
        UNDONE = "undone"

    pk = models.CompositePrimaryKey("act_id", "task_id")
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    task_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    code = models.CharField(max_length=64, blank=True)
    before = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["act", "state", "task_id"], name="acted_in_turn")]

    def __str__(self) -> str:
        return f"{self.act_id} on {self.task_id}"


class DayCount(models.Model):
    """How many tasks of a dataset stood where, when it was last counted on a day.

    Days are those of its time zone at that time. A day without a row is as the one before it:
    nothing happened. Days before the first count are `rebuilt` from when each task came to be as it
    is now, so they do not know of what was undone. `event` is the newest event before the count.
    """

    pk = models.CompositePrimaryKey("dataset_id", "day")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    open = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    conflicted = models.PositiveIntegerField()
    final = models.PositiveIntegerField()
    rebuilt = models.BooleanField(default=False)
    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.dataset_id} on {self.day}"
