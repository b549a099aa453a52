"""Exports: what was asked for and the file that came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F

from apps.datasets.models import Dataset
from concord.ids import uuid7


class Export(models.Model):
    """One file made of a dataset's answers; of the tasks that are `Chosen` alone, if it says so."""

    class Format(models.TextChoices):
        JSONL = "jsonl"
        COCO = "coco"

    class Which(models.TextChoices):
        FINAL = "final"
        ANSWERS = "answers"
        BOTH = "both"

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="exports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    format = models.CharField(max_length=20, choices=Format)
    which = models.CharField(max_length=10, choices=Which, default=Which.FINAL)
    chosen = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.BigIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(F("dataset"), F("created_at"), name="export_by_dataset")]

    def __str__(self) -> str:
        return f"{self.format} of {self.dataset_id}"


class Chosen(models.Model):
    """A task that somebody chose for an export. It may go before the file is written."""

    pk = models.CompositePrimaryKey("export_id", "task_id")
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="+", db_index=False)
    task_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.task_id} in {self.export_id}"
