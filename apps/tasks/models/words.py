"""What a task is found by when somebody looks for a text."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task


class Words(models.Model):
    """The texts about a task in lower case, written by the database and by nobody else.

    `told` is what everybody learns who sees the task: its images' names, and the values of its
    meta. `kept` is for managers: the values of its images' meta, and what images are called that
    people pick among.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    told = models.TextField()
    kept = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["told"], opclasses=["gin_trgm_ops"], name="words_told"),
            GinIndex(
                fields=["kept"],
                opclasses=["gin_trgm_ops"],
                condition=~Q(kept=""),
                name="words_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.task_id}"
