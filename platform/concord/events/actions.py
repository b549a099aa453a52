"""Writing down what happened."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from concord.events import bell
from concord.events.models import Event
from concord.http.request_id import current_request_id
from concord.rows import insert


def record(
    *,
    kind: str,
    actor: AbstractBaseUser | None,
    dataset_id: uuid.UUID | None = None,
    subject: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Append one Event. Call it inside the transaction of the change that it tells of.

    `kind` is a noun and a past verb ("task.decided"); `subject` is the object changed. No secrets
    and no free text of users' answers in `data`: events are shown and sent to webhooks.
    """
    event = Event(
        kind=kind,
        actor_id=None if actor is None else actor.pk,
        dataset_id=dataset_id,
        object_type="" if subject is None else subject._meta.model_name or "",
        object_id="" if subject is None else str(subject.pk),
        data=dict(data or {}),
        request_id=current_request_id(),
    )
    insert(event)
    bell.ring_after_commit(kind)
