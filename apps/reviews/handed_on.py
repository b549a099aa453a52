"""Tasks that reviewers left to others: for good, or for a while."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.reviews.models import Decision

AWAY = timedelta(hours=1)
"""So long others come first for what somebody gave back, as with what annotators skip."""

GAVE_BACK, ESCALATED = Decision.Action.GIVE_BACK, Decision.Action.ESCALATE
HANDED_ON = (ESCALATED, GAVE_BACK)


def handed_on_by(user: User, datasets: Collection[uuid.UUID]) -> QuerySet[Decision]:
    """Return by what `user` left tasks to others, who do not come back to `user` (yet)."""
    recent = Q(action=GAVE_BACK, created_at__gt=Now() - AWAY)
    rows = Decision.objects.filter(user=user, dataset__in=datasets)
    return rows.filter(recent | Q(action=ESCALATED))
