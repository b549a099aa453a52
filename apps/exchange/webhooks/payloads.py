"""What webhooks are told: ids and pseudonyms, nothing that people wrote, and no address."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from apps.datasets.models import Dataset
from apps.exchange.pseudonyms import pseudonym
from apps.tasks.models import TaskState
from concord.events.models import Event

Json = dict[str, Any]
TEST = "webhook.test"


def _of_answer(event: Event) -> Json:
    kept = {key: event.data[key] for key in ("revision", "answer", "late")}
    return {"task": event.object_id, **kept, "annotator": _actor(event)}


def _of_state(event: Event) -> Json | None:
    """A task is complete when it has its final answer; it may be opened again."""
    if event.data["to"] != TaskState.FINAL:
        return None
    return {"task": event.object_id, "was": event.data["from"]}


def _of_review(event: Event) -> Json:
    return {"task": event.object_id, "reviewer": _actor(event)}


def _of_import(event: Event) -> Json:
    return {"import": event.object_id}


def _of_export(event: Event) -> Json:
    kept = {key: event.data[key] for key in ("sha256", "size")}
    return {"export": event.object_id, **kept}


def _of_snapshot(event: Event) -> Json:
    kept = {key: event.data[key] for key in ("content_sha256", "finals")}
    return {"snapshot": event.object_id, **kept}


SOURCES: dict[str, tuple[str, Callable[[Event], Json | None]]] = {
    "answer.created": ("answer.created", _of_answer),
    "answer.updated": ("answer.updated", _of_answer),
    "task.state": ("task.completed", _of_state),
    "review.finalised": ("review.finalised", _of_review),
    "import.done": ("import.done", _of_import),
    "export.finished": ("export.done", _of_export),
    "snapshot.made": ("snapshot.made", _of_snapshot),
}
"""By the kind of an Event: as what webhooks know it, and what they are told, if anything."""

KINDS = tuple(kind for kind, _ in SOURCES.values())
"""All that a webhook may ask for."""


def told_of(event: Event) -> Iterator[tuple[str, Json]]:
    """Yield what is to be told of an event: its kind for webhooks, and the `data`."""
    kind, tell = SOURCES[event.kind]
    data = tell(event)
    if data is not None:
        yield kind, data


def body_of(*, delivery: uuid.UUID, kind: str, at: str, dataset: Dataset, data: Json) -> str:
    """Return the JSON of a message."""
    where = {"id": str(dataset.id), "slug": dataset.slug}
    told = {"id": str(delivery), "type": kind, "timestamp": at, "dataset": where, "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _actor(event: Event) -> str | None:
    if event.actor_id is None or event.dataset_id is None:
        return None
    return pseudonym(dataset_id=event.dataset_id, user_id=event.actor_id)
