"""Exports: what was asked for and the file that came of it."""

from __future__ import annotations

from typing import Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.datasets.models import Dataset
from apps.exchange.domain.options import ExportOptions, Which
from concord.ids import uuid7


class Made(models.Model):
    """A file that a job makes of a dataset: how far it is, and what came of it. `error` is also
    what it still waits for."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.BigIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Export(Made):
    """One file made of a dataset's answers; of the tasks that are `Chosen` alone, if it says so; of
    what a snapshot holds, if it has a `snapshot_name`. The `snapshot` itself may be deleted.

    `content_sha256` is the hash of the final answers that it was made of (`domain.finals`), which
    is that of a snapshot of the same. What was asked for is `options`, its format one of
    `formats.FORMATS`.
    """

    class Which(models.TextChoices):
        FINAL = "final"
        ANSWERS = "answers"
        BOTH = "both"

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=20)
    which = models.CharField(max_length=10, choices=Which, default=Which.FINAL)
    images = models.BooleanField(default=False, db_default=False)
    splits = models.JSONField(null=True)
    names = models.BooleanField(default=False, db_default=False)
    chosen = models.BooleanField(default=False)
    content_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    snapshot = models.ForeignKey("Snapshot", null=True, on_delete=models.SET_NULL, related_name="+")
    snapshot_name = models.CharField(max_length=100, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(F("dataset"), F("created_at"), name="export_by_dataset")]

    def __str__(self) -> str:
        return f"{self.format} of {self.dataset_id}"

    @property
    def options(self) -> ExportOptions:
        """What was asked for."""
        return ExportOptions(
            format=self.format,
            which=cast(Which, self.which),
            images=self.images,
            splits=self.splits,
            names=self.names,
        )


class Chosen(models.Model):
    """A task that somebody chose for an export. It may go before the file is written."""

    pk = models.CompositePrimaryKey("export_id", "task_id")
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="+", db_index=False)
    task_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.task_id} in {self.export_id}"


class Snapshot(Made):
    """The final answers of one moment, frozen. `content_sha256` is their hash
    (`domain.finals`), `finals` how many there are.

    A trigger (migration `snapshots`) refuses every change of one that is done.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="snapshots")
    name = models.CharField(max_length=100)
    finals = models.PositiveIntegerField(default=0)
    content_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="snapshot_name_unique"),
            models.CheckConstraint(
                name="snapshot_done_has_hashes",
                condition=~Q(state="done") | ~Q(content_sha256="") & ~Q(file_sha256=""),
            ),
        ]
        indexes = [models.Index(F("dataset"), F("created_at"), name="snapshot_by_dataset")]

    def __str__(self) -> str:
        return f"{self.name} of {self.dataset_id}"


class Diff(Made):
    """What differs between two snapshots, or between one and the moment when this was made, where
    there is no `after`. `counts` is by kind (`domain.diffs`)."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(Snapshot, null=True, on_delete=models.CASCADE, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # Neither side of it can change.
            models.UniqueConstraint(fields=["before", "after"], name="diff_once"),
        ]

    def __str__(self) -> str:
        return f"from {self.before_id} to {self.after_id or 'now'}"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Ways to narrow down webhooks."""

    def sendable(self) -> Self:
        """Those that are to hear of things."""
        return self.filter(active=True, dataset__deleted_at=None)

    def free(self) -> Self:
        """Those to which nobody sends at this moment."""
        return self.filter(Q(sending_until=None) | Q(sending_until__lte=Now()))


class Webhook(models.Model):
    """An address that is told of what happens in a dataset: of `events` (`webhooks.payloads`)
    since `since`, which is when it was last switched on.

    Its secret lies in no table (`webhooks.secrets`). `failing_since` is when it began to fail
    without getting anything since; `stopped_at` when it was switched off for that. One worker at a
    time sends to it, until `sending_until` at the latest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="webhooks")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    url = models.CharField(max_length=2000)
    events = models.JSONField()
    active = models.BooleanField(default=True)
    since = models.DateTimeField(db_default=Now())
    failing_since = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    sending_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WebhookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"webhook of {self.dataset_id}"


class Delivery(models.Model):
    """One message to a webhook. Its id and `body` are the same at every attempt; `status`, `code`,
    `excerpt` and `milliseconds` are of the last one. Without an `event_id` it is a test."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)
    excerpt = models.CharField(max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event_id", "kind"], name="delivery_once"),
        ]
        indexes = [
            models.Index(
                name="delivery_due", fields=["webhook", "due_at"], condition=Q(state="waiting")
            ),
            models.Index(name="delivery_by_age", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"
