"""Orders to make groups of a dataset's images."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Composition(models.Model):
    """One run that puts images into groups, and how many of them it has made.

    The plan, a list of groups, is made at the start and kept as a file, because images may come
    or be marked while the run goes on; `done` is how far the list has become tasks.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="compositions")
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recipe = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    plan_sha256 = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Two at a time would both take the images that are in no group yet.
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(state__in=["queued", "running"]),
                name="composition_one_at_a_time",
            )
        ]
        indexes = [models.Index(F("dataset"), F("created_at"), name="composition_by_dataset")]

    def __str__(self) -> str:
        return f"groups of {self.dataset_id}"
