"""How far people have come in a dataset's queue of free slots."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from apps.datasets.models import Dataset

USER = settings.AUTH_USER_MODEL


class Queue(models.Model):
    """The one row per dataset that counts the times when work appeared in it.

    Tasks that were made, and slots that were added, moved or opened to other people, raise `epoch`
    in the transaction that makes them. A slot that comes back does not: it is `returned`. A dataset
    without a row is at epoch 0. `ladder` are scores at even steps (`apps.tasks.domain.turns.Mix`);
    it was last held to those of `counted` open tasks, and `unseen` scores have come since.
    """

    dataset = models.OneToOneField(
        Dataset, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    epoch = models.BigIntegerField(default=0)
    ladder = ArrayField(models.FloatField(null=True), default=list, db_default=[])
    unseen = models.PositiveIntegerField(default=0, db_default=0)
    counted = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"queue of {self.dataset_id} at {self.epoch}"


class Place(models.Model):
    """Up to where a person has gone through a dataset's queue, so that they need not begin again.

    Nothing that they may do lies before (`turn`, `task`), except what is `returned`, what they
    skipped for a while, and what somebody else had locked when they passed. Where tasks come in
    random order and answers are spread, everybody has a `start` of their own in each layer of turns
    and goes round to it. `version` counts how often the place was pulled back by work that appeared
    behind it.

    A whole search that found nothing notes the queue's epoch of before in `empty_epoch`, and in
    `empty_until` when the first of the person's skips ends. `free` is how many tasks they could
    claim when somebody last counted, at `counted_at`; `asked_at` is when they last got work.
    """

    pk = models.CompositePrimaryKey("dataset_id", "user_id")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    turn = models.BigIntegerField(default=0)
    task = models.UUIDField()
    start = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    empty_epoch = models.BigIntegerField(null=True)
    empty_until = models.DateTimeField(null=True)
    free = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("dataset"), F("asked_at"), name="place_by_time")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.turn} of {self.dataset_id}"
