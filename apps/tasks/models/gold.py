"""Tasks whose answer is known, and the copies by which people are measured on them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task

USER = settings.AUTH_USER_MODEL


class Gold(models.Model):
    """A final answer that somebody vouches for.

    `truth` is a copy of the final as it was then: `answer`, `spans` (labels by id), `accept`,
    `attributes`. Those in `barred` had a part in it, so it says nothing about them. One that is
    retired is shown to nobody any more, and what people said of it counts no more.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="gold"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    truth = models.JSONField()
    barred = ArrayField(models.UUIDField(), default=list)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(F("dataset"), condition=Q(retired_at=None), name="gold_in_force"),
        ]

    def __str__(self) -> str:
        return f"gold of {self.task_id}"


class Probe(models.Model):
    """A copy of gold, as a task for one person, who must not be able to tell it from others.

    `lease` is the token of the lease for which it was drawn: each draws once. `score` (0 to 1) and
    `right` are null until the person has answered; once they were `told` the truth, the score stays
    as it is.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="probe"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    gold = models.ForeignKey(Gold, on_delete=models.CASCADE, related_name="probes")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    lease = models.UUIDField(unique=True)
    score = models.FloatField(null=True)
    right = models.BooleanField(null=True)
    told = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gold", "user"], name="probe_once_per_person"),
            models.CheckConstraint(
                condition=Q(score=None, right=None)
                | Q(score__gte=0, score__lte=1, right__isnull=False),
                name="probe_score_whole",
            ),
        ]
        indexes = [models.Index(F("dataset"), F("user"), name="probe_by_person")]

    def __str__(self) -> str:
        return f"{self.gold_id} as {self.task_id}"
