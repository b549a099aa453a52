"""The doors through which this app calls higher ones: what follows when somebody goes."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from apps.annotators.models import Invitation, User
from concord.ports import port


@port
def release_work(*, user: User, dataset_id: uuid.UUID | None = None) -> None:
    """Give back at once what `user` holds, in one dataset or in all; what they began is kept."""
    raise NotImplementedError


@port
def join(*, invitation: Invitation, name: str, password: str | None) -> User:
    """Accept an invitation, and take up what waits for its address; without a password, the person
    comes in by other doors."""
    raise NotImplementedError


@port
def count_datasets(*, people: QuerySet[User]) -> QuerySet[User]:
    """Tell each as `datasets` in how many of those that are there they have a role."""
    raise NotImplementedError


@port
def count_held(*, user: User) -> dict[str, int]:
    """Count what `release_work` would give back: `tasks` and `reviews`."""
    raise NotImplementedError


@port
def refit_datasets(*, user: User) -> None:
    """Let datasets count on the people they have, after `user` was deactivated or came back."""
    raise NotImplementedError
