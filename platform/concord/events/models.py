"""The Event table, and how far its readers are."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One change of state: who did what to which object, and when.

    Insert-only: a trigger (migration 0001) refuses UPDATE and DELETE. Audit, webhooks and
    notifications read it. Ids grow, but transactions commit in any order: a reader that follows
    by id must allow for a smaller id that appears late.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # `event_by_actor` is one, and in order
    )
    kind = models.CharField(max_length=64)
    # No foreign keys: the floor is below the apps, and an event outlives what it tells of.
    dataset_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=32, blank=True, default="")
    object_id = models.CharField(max_length=64, blank=True, default="")
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(name="event_by_dataset", fields=["dataset_id", "-id"]),
            models.Index(name="event_by_object", fields=["object_type", "object_id", "-id"]),
            models.Index(name="event_by_actor", fields=["actor", "-id"]),
            models.Index(name="event_by_kind", fields=["kind", "-id"]),
            models.Index(name="event_by_dataset_and_kind", fields=["dataset_id", "kind", "-id"]),
            models.Index(name="event_by_time", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type} {self.object_id}"


class EventReader(models.Model):
    """How far one reader of events has come (`concord.events.following`).

    It has dealt with every event up to `sure`, also with those that committed late. `mark` is how
    far it will be sure next: the newest event at `marked_at`, when every transaction that could
    still bring an older one had a number below `transaction`.
    """

    name = models.CharField(max_length=64, primary_key=True)
    sure = models.BigIntegerField(default=0)
    mark = models.BigIntegerField(null=True)
    transaction = models.BigIntegerField(null=True)
    marked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} up to {self.sure}"
