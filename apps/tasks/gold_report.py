"""How people did on gold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.domain.knowing import Share
from apps.tasks.models import Gold, Probe


@dataclass(frozen=True, slots=True)
class PersonOnGold:
    """One person's answers to gold: the mean of their scores (0 to 1), and the share of right
    ones."""

    user: User
    mean: float
    right: Share


@dataclass(frozen=True, slots=True)
class GoldReport:
    """How many tasks of a dataset are gold, and everybody who was measured on them, by name."""

    gold: int
    people: list[PersonOnGold]


def gold_report(dataset: Dataset) -> GoldReport:
    """Return how people did on gold in force; what was retired may have been wrong itself."""
    gold = Gold.objects.filter(dataset=dataset, retired_at=None)
    judged = Probe.objects.filter(gold__in=gold, right__isnull=False).order_by()
    rows = judged.values("user").annotate(
        n=Count("pk"), mean=Avg("score"), hits=Count("pk", filter=Q(right=True))
    )
    users = User.objects.in_bulk([row["user"] for row in rows])
    people = [
        PersonOnGold(users[row["user"]], row["mean"], Share(row["hits"], row["n"])) for row in rows
    ]
    people.sort(key=lambda each: (each.user.display_name.casefold(), str(each.user.pk)))
    return GoldReport(gold.count(), people)
