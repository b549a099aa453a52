"""The Job table."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from concord.ids import uuid7


def no_progress() -> dict[str, Any]:
    return {"done": 0, "total": None}


class Job(models.Model):
    """One piece of background work.

    A running job is held by whoever knows its lease; every later write names that lease, so a
    worker that was presumed dead can do no harm when it wakes up. All times are the database's.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    args = models.JSONField(default=dict)
    progress = models.JSONField(default=no_progress)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease = models.UUIDField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    run_after = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=64, blank=True, default="")
    error_detail = models.TextField(blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The floor is below the apps, so it cannot point a foreign key at their tables.
    dataset_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_state_known",
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="job_lease_while_running",
                condition=Q(state="running", lease__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state="running") & Q(lease__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_at_when_finished",
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_failed_says_why", condition=~Q(state="failed") | ~Q(error_code="")
            ),
            models.CheckConstraint(
                name="job_attempts_bounded",
                condition=Q(max_attempts__gte=1, attempts__lte=F("max_attempts")),
            ),
        ]
        indexes = [
            models.Index(name="job_due", fields=["run_after"], condition=Q(state="queued")),
            models.Index(name="job_alive", fields=["heartbeat_at"], condition=Q(state="running")),
            models.Index(name="job_by_dataset", fields=["dataset_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"
