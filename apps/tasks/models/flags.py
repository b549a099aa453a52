"""What a manager should look at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task
from apps.tasks.models.threads import Thread
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Flag(models.Model):
    """Something about a task that a manager should see, until one of them resolves it.

    Where its author said why, that begins its `thread`, in which they are answered.
    """

    class Kind(models.TextChoices):
        FLAG = "flag"
        BROKEN_IMAGE = "broken_image"
        SKIPPED = "skipped"  # the dataset sends skipped tasks to its manager

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="flags")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    comment = models.TextField(blank=True)
    thread = models.ForeignKey(Thread, null=True, on_delete=models.SET_NULL, related_name="flags")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                F("dataset"), F("id"), condition=Q(resolved_at=None), name="flag_unresolved"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.task_id}"
