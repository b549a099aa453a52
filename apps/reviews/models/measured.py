"""What was last measured of a dataset, and the tasks behind its numbers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.datasets.models import Dataset


class Insights(models.Model):
    """What was last measured of a dataset: one row, replaced as a whole.

    `figures` is JSON of `actions.measuring`, people and labels by id. `event` is the last event
    before the answers were read.
    """

    dataset = models.OneToOneField(
        Dataset, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    figures = models.JSONField()
    event = models.BigIntegerField()
    measured_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"insights into {self.dataset_id}"


class Behind(models.Model):
    """The tasks behind one measured number, which `key` names (`domain.tallies.key_of`): the first
    ones, if they are many."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    key = models.TextField()
    tasks = ArrayField(models.UUIDField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "key"], name="behind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.dataset_id}"
