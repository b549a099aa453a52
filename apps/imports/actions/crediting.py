"""Answers that a file brings, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from apps.annotators.actions.imported import imported_person
from apps.annotators.models import User, normalise_email
from apps.datasets.models import Image
from apps.datasets.queries import labellers_of
from apps.imports.actions.contents import ids_of, placed_spans
from apps.imports.domain.rows import ListRefused, RowRead
from apps.imports.models import Import
from apps.imports.naming import Located
from apps.imports.options import Options
from apps.tasks.actions.recording import GivenElsewhere, record_answers
from apps.tasks.models import Task
from apps.tasks.options import picked_tiles

MOST_PEOPLE = 1000
"""So many accounts one file may make."""


def add_answers(*, found: Import, task: Task, image: Image | None, payload: dict[str, Any]) -> int:
    """Record what a line says that people answered; returns how many answers are new.

    Without an `image` the task is one of several to pick from, which the line names.

    Raises what `record_answers` raises, and Invalid `other_size`.
    """
    answers = payload.get("answers", [])
    if not answers:
        return 0
    people = {answer["by"]: person_of(found, answer["by"]) for answer in answers}
    given = [
        GivenElsewhere(
            user=people[answer["by"]],
            data=(
                _placed(answer["data"], task=task, image=image, payload=payload)
                if image
                else {**answer["data"], "accept": picked_tiles(task, answer["data"]["accept"])}
            ),
            at=datetime.fromisoformat(answer["at"]) if answer["at"] else None,
        )
        for answer in answers
    ]
    return record_answers(task=task, given=given, actor=found.created_by)


def person_of(found: Import, name: str) -> User:
    """Return whose an answer is: the member of that address, if the importer wants that, else the
    account that stands for the name."""
    if Options.of(found).match_people:
        member = labellers_of(found.dataset).get(normalise_email(name))
        if member is not None:
            return User.objects.get(pk=member)
    return imported_person(name=name, actor=found.created_by)


def introduced(rows: Iterable[Located], *, found: Import) -> Iterator[Located]:
    """Yield rows as they are, after accounts were made for those whom they name.

    Here, where the list is read, nobody else makes them: lanes that did would wait for one another.
    Raises ListRefused `too_many_people`.
    """
    known: set[str] = set()
    for each in rows:
        answers = each.row.payload.get("answers", []) if isinstance(each.row, RowRead) else []
        for name in {answer["by"] for answer in answers} - known:
            if len(known) == MOST_PEOPLE:
                reason = f"The file names more than {MOST_PEOPLE} people. Look who answered."
                raise ListRefused("too_many_people", reason)
            person_of(found, name)
            known.add(name)
        yield each


def _placed(
    data: dict[str, Any], *, task: Task, image: Image, payload: dict[str, Any]
) -> dict[str, Any]:
    spans = placed_spans(image, data["spans"], payload)
    return {**data, "spans": spans, "accept": ids_of(task, data["accept"])}
