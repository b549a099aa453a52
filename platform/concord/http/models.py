"""The table of answered requests, by which a repeated request gets its first answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class IdempotencyRecord(models.Model):
    """The first answer to one user's request with one key, written in the transaction that the
    answer speaks of: either both exist or neither does."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    request_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotency_key_per_user", fields=["user", "key"]),
            models.CheckConstraint(
                name="idempotency_only_success", condition=Q(status__gte=200, status__lt=300)
            ),
        ]
        indexes = [models.Index(name="idempotency_by_age", fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.key} -> {self.status}"
