"""What models were worth."""

from __future__ import annotations

from django.db import models

from apps.datasets.models import Dataset
from apps.tasks.models import Suggestion, Task


class Comparison(models.Model):
    """What one version of a model last said of a task, held to the task's final answer.

    `said`, `hits` and `wanted` as in `domain.comparing.Judged`; `unchanged` and `changed` count
    what people took over from it. There is none for a task without a final answer.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=100)
    version = models.CharField(max_length=100, blank=True)
    said = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    wanted = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "model", "version"], name="compared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.version} on {self.task_id}"


class ModelFigures(models.Model):
    """How the models of a dataset do: one row, its `rows` replaced as a whole.

    Tasks that changed up to `through` are compared; `stale` says that models said more since
    `rows` were added up.
    """

    dataset = models.OneToOneField(
        Dataset, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rows = models.JSONField(default=list)
    through = models.DateTimeField(null=True)
    stale = models.BooleanField(default=True)
    measured_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"models of {self.dataset_id}"
