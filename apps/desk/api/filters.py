"""What is looked for in the data browser, as a URL says it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from rest_framework.request import Request

from apps.desk.queries.browser import Filter
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState
from concord.errors import Invalid

Value = TypeVar("Value")

FILTERS = ("state", "label", "conflict", "answers", "person", "day", "behind", "task")
MOST_DIGITS = 4


def read_filter(request: Request) -> Filter:
    """Read the query of a request; raises Invalid `bad_...` for what is none of its values."""
    return Filter(
        state=_one(request, "state", TaskState, f"one of {', '.join(TaskState.values)}"),
        label=request.query_params.get("label"),
        conflict=_one(
            request, "conflict", ConflictKind, f"one of {', '.join(ConflictKind.values)}"
        ),
        answers=_one(request, "answers", _number, "a number"),
        person=_one(request, "person", uuid.UUID, "the id of a person"),
        day=_one(request, "day", date.fromisoformat, "a date such as 2026-01-31"),
        behind=request.query_params.get("behind"),
        task=_one(request, "task", uuid.UUID, "the id of a task"),
    )


def _one(request: Request, name: str, read: Callable[[str], Value], kinds: str) -> Value | None:
    text = request.query_params.get(name)
    try:
        return None if text is None else read(text)
    except ValueError as error:
        raise Invalid(f"bad_{name}", f"{name} must be {kinds}.") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text)
    return int(text)
