"""What a reviewer says to an annotator of an answer that is sent back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.datasets.models import Dataset
from apps.tasks.models.answers import Revision
from apps.tasks.models.tasks import Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Return(models.Model):
    """One remark on one answer, pinned to a place; several may be made at once.

    It is open as long as the answer's head is the `revision` that it was made on. `region` is
    `{x, y, width, height}` in image pixels, None for the whole image; `span` the id of the author's
    own shape that it is about, if it is about one; `seen_at` when the author first got it.
    """

    class Fault(models.TextChoices):
        LABEL = "label"
        MISSING = "missing"
        LOOSE = "loose"
        EXTRA = "extra"
        GUIDELINE = "guideline"
        OTHER = "other"  # said in words alone

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="returns")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    fault = models.CharField(max_length=9, choices=Fault)
    comment = models.TextField(blank=True)
    region = models.JSONField(null=True)
    span = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())  # as that of its decision

    class Meta:
        indexes = [models.Index(F("task"), F("user"), name="return_by_task")]
        constraints = [
            models.CheckConstraint(
                name="return_fault_known",
                condition=Q(fault__in=("label", "missing", "loose", "extra", "guideline", "other")),
            ),
            models.CheckConstraint(
                name="return_says_why", condition=~Q(fault="other") | ~Q(comment="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fault} on {self.task_id}"
