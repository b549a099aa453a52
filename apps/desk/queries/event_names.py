"""What the people and things of events are called now, in one query for each sort of thing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.annotators.models import ApiToken, Invitation, User
from apps.datasets.models import Dataset, Image, Label
from apps.desk.models import Act
from apps.exchange.models import Export
from apps.imports.models import Connection, Import
from apps.tasks.models import Composition, Task, TaskImage
from concord.events.models import Event

Names = dict[str, str]
"""By id, what those that are still there are called."""

Find = Callable[[list[uuid.UUID], str], Names]


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about. `name` is "" where nobody knows any more or it never had one."""

    type: str
    id: str
    name: str
    exists: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The dataset of an event; `slug` is "" once it leads nowhere."""

    id: uuid.UUID
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Named:
    """An event with the names of who did it, what it is about, and where that is."""

    event: Event
    who: User | None
    about: About | None
    place: Place | None


def named(events: Iterable[Event], *, using: str) -> list[Named]:
    """Give events their names; a fixed number of queries for any number of events."""
    rows = list(events)
    people = _people(rows, using)
    places = _places(rows, using)
    names = {
        type_: find(_ids(rows, type_), using)
        for type_, find in FINDERS.items()
        if any(row.object_type == type_ for row in rows)
    }
    return [
        Named(
            event=row,
            who=None if row.actor_id is None else people.get(row.actor_id),
            about=_about(row, names, people, places),
            place=None if row.dataset_id is None else places.get(row.dataset_id),
        )
        for row in rows
    ]


def _people(rows: list[Event], using: str) -> dict[uuid.UUID, User]:
    ids = {row.actor_id for row in rows} | set(_ids(rows, "user"))
    ids |= {uuid.UUID(row.data["user"]) for row in rows if _is_membership(row)}
    return User.objects.using(using).in_bulk([each for each in ids if each is not None])


def _is_membership(row: Event) -> bool:
    return row.object_type == "membership" and "user" in row.data


def _places(rows: list[Event], using: str) -> dict[uuid.UUID, Place]:
    """Datasets by id. What a purged one was called is left in the event of its purge."""
    ids = {row.dataset_id for row in rows if row.dataset_id} | set(_ids(rows, "dataset"))
    found = {
        row.pk: Place(row.pk, row.name, "" if row.deleted_at else row.slug)
        for row in Dataset.objects.using(using).filter(pk__in=ids)
    }
    if gone := ids - found.keys():
        purges = Event.objects.using(using).filter(
            kind="dataset.purged", object_type="dataset", object_id__in=map(str, gone)
        )
        known = {uuid.UUID(row.object_id): row.data.get("name", "") for row in purges}
        found |= {pk: Place(pk, known.get(pk, ""), "") for pk in gone}
    return found


def _about(
    row: Event,
    names: Mapping[str, Names],
    people: Mapping[uuid.UUID, User],
    places: Mapping[uuid.UUID, Place],
) -> About | None:
    if not row.object_type:
        return None
    name, exists = str(row.data.get("name", "")), False
    if row.object_type == "user":
        person = people.get(uuid.UUID(row.object_id))
        name, exists = person.display_name if person else "", person is not None
    elif row.object_type == "dataset":
        place = places.get(uuid.UUID(row.object_id))
        name, exists = (place.name, bool(place.slug)) if place else (name, False)
    elif _is_membership(row):
        person = people.get(uuid.UUID(row.data["user"]))
        name, exists = person.display_name if person else "", person is not None
    elif row.object_type in names:
        exists = row.object_id in names[row.object_type]
        name = names[row.object_type].get(row.object_id, "") or name
    return About(row.object_type, row.object_id, name, exists)


def _ids(rows: list[Event], type_: str) -> list[uuid.UUID]:
    return list({uuid.UUID(row.object_id) for row in rows if row.object_type == type_})


def _tasks(ids: list[uuid.UUID], using: str) -> Names:
    """A task is called as its first image."""
    found: Names = dict.fromkeys(
        map(str, Task.objects.using(using).filter(pk__in=ids).values_list("pk", flat=True)), ""
    )
    first = TaskImage.objects.using(using).filter(task__in=ids).order_by("task_id", "n")
    for task, name in first.distinct("task_id").values_list("task_id", "image__name"):
        if str(task) in found:
            found[str(task)] = name
    return found


def _called(model: Any, field: str) -> Find:
    def find(ids: list[uuid.UUID], using: str) -> Names:
        rows = model.objects.using(using).filter(pk__in=ids).values_list("pk", field)
        return {str(pk): str(name) for pk, name in rows}

    return find


FINDERS: dict[str, Find] = {
    "label": _called(Label, "name"),
    "image": _called(Image, "name"),
    "task": _tasks,
    "invitation": _called(Invitation, "email"),
    "apitoken": _called(ApiToken, "name"),
    "import": _called(Import, "name"),
    "connection": _called(Connection, "name"),
    "export": _called(Export, "format"),
    "act": _called(Act, "deed"),
    "composition": _called(Composition, "state"),
}
"""What is called by a field of its own, and a task. People and datasets are found anyway."""

TYPES = ("user", "dataset", "membership", *FINDERS)
"""What an event can be about."""
