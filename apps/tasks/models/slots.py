"""Slots, through which work is handed out, and work given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task

if TYPE_CHECKING:
    from apps.annotators.models import User

USER = settings.AUTH_USER_MODEL


class SlotState(models.TextChoices):
    """A slot is free until somebody leases it; an expired lease counts as free.

    A withheld one waits for a manager: nobody gets it until they give it out again.
    """

    FREE = "free"
    WITHHELD = "withheld"
    LEASED = "leased"
    SUBMITTED = "submitted"


class Purpose(models.TextChoices):
    """Why a slot exists: for one of the answers planned, as gold, or because people differed."""

    WORK = "work"
    GOLD = "gold"
    EXTRA = "extra"


class SlotQuerySet(models.QuerySet["Slot"]):
    """Chainable reads of slots."""

    def for_person(self, user: User) -> Self:
        """Those that the routing of their dataset lets `user` have."""
        mine = Q(only=None) | Q(only__contains=[user.pk])
        return self.filter(mine).exclude(barred__contains=[user.pk])


class Slot(models.Model):
    """The right to one answer to a task. Claiming one is the only way to get work.

    A lease ends by the database's clock. Its token tells it from every other lease: only who has it
    can extend this one, and whatever comes with none that was ever given out is refused.

    `order_key` is its turn (`apps.tasks.domain.turns`): lower ones go out first. One that was
    handed out and came back is `returned`, since it may lie behind where people look for work.
    `only` and `barred` hold the ids of those who alone may have it, and of those who must not. One
    in `surplus` was leased when its task was set to need fewer answers; it goes away when it is
    given back.
    """

    pk = models.CompositePrimaryKey("task_id", "n")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="slots")
    n = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    order_key = models.BigIntegerField()
    purpose = models.CharField(max_length=5, choices=Purpose, default=Purpose.WORK)
    state = models.CharField(max_length=9, choices=SlotState, default=SlotState.FREE)
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    lease_token = models.UUIDField(null=True)
    lease_expires_at = models.DateTimeField(null=True)
    leased_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    returned = models.BooleanField(default=False)
    surplus = models.BooleanField(default=False)
    only = ArrayField(models.UUIDField(), null=True)
    barred = ArrayField(models.UUIDField(), null=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="slot_surplus_in_use",
                condition=Q(surplus=False) | Q(state__in=["leased", "submitted"]),
            ),
            models.UniqueConstraint(
                fields=["task", "user"],
                condition=~Q(state="free") & ~Q(state="withheld"),
                name="slot_task_user_once",
            ),
            models.CheckConstraint(
                name="slot_state_whole",
                condition=(
                    Q(
                        state__in=["free", "withheld"],
                        user=None,
                        lease_token=None,
                        lease_expires_at=None,
                    )
                    | Q(
                        state="leased",
                        user__isnull=False,
                        lease_token__isnull=False,
                        lease_expires_at__isnull=False,
                    )
                    | Q(state="submitted", user__isnull=False, submitted_at__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(
                F("dataset"),
                F("order_key"),
                F("task"),
                F("n"),
                condition=Q(state="free"),
                name="slot_free",
            ),
            models.Index(
                F("dataset"),
                F("order_key"),
                F("task"),
                F("n"),
                condition=Q(state="free", returned=True),
                name="slot_returned",
            ),
            models.Index(
                F("dataset"), F("task"), condition=Q(state="withheld"), name="slot_withheld"
            ),
            models.Index(
                F("user"),
                F("dataset"),
                F("order_key"),
                condition=Q(state="leased"),
                name="slot_held",
            ),
            models.Index(
                F("dataset"),
                F("lease_expires_at"),
                condition=Q(state="leased"),
                name="slot_expiring",
            ),
            models.Index(F("dataset"), F("task"), condition=Q(only=[]), name="slot_for_nobody"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} slot {self.n}"


class Pass(models.Model):
    """Somebody gave a task back without an answer, and why."""

    class Reason(models.TextChoices):
        BROKEN_IMAGE = "broken_image"
        UNCLEAR = "unclear"
        NOT_MY_JOB = "not_my_job"

    class Policy(models.TextChoices):
        """Who sees the task again: `me_later` all at once and I after a while."""

        ME_LATER = "me_later"
        OTHERS = "others"
        MANAGER = "manager"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="passes")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    comment = models.TextField(blank=True)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.ME_LATER)
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(F("task"), F("user"), name="pass_by_person"),
            models.Index(F("user"), F("dataset"), F("until"), name="pass_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} passed on {self.task_id}"
