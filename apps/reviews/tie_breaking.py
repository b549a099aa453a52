"""Who decides where people differ, in datasets that name somebody for it."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership
from apps.reviews.handed_on import HANDED_ON
from apps.reviews.models import Decision
from apps.reviews.returns import REVIEWERS
from apps.tasks.models import Answer, Task, TaskState


def tie_breaker_of(dataset: Dataset) -> uuid.UUID | None:
    """Return the person whom `dataset` names, if they may review there."""
    address = dataset.config.get("tie_breaker")
    if not address:
        return None
    members = Membership.objects.filter(dataset=dataset, role__in=REVIEWERS).values("user")
    people = User.objects.filter(Q(pk__in=members) | Q(is_admin=True), is_active=True)
    return people.filter(email=address).values_list("pk", flat=True).first()


def kept_for_tie_breakers(user: User, datasets: Collection[uuid.UUID]) -> QuerySet[Task]:
    """Return the disputed tasks that are for a tie-breaker who is not `user`.

    Those that the tie-breaker has answered, or left to others, are for any reviewer.
    """
    mine = {"task": OuterRef(OuterRef("pk")), "user": OuterRef("pk")}
    role = Membership.objects.filter(
        dataset=OuterRef(OuterRef("dataset")), user=OuterRef("pk"), role__in=REVIEWERS
    )
    breaker = (
        User.objects.filter(Q(is_admin=True) | Exists(role), is_active=True)
        .filter(email=OuterRef("address"))
        .exclude(pk=user.pk)
        .exclude(Exists(Answer.objects.filter(**mine)))
        .exclude(Exists(Decision.objects.filter(**mine, action__in=HANDED_ON)))
    )
    disputed = Task.objects.filter(dataset__in=datasets, state=TaskState.CONFLICTED)
    named = disputed.annotate(address=KeyTextTransform("tie_breaker", "dataset__config"))
    return named.filter(Exists(breaker))
