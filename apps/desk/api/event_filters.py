"""What is looked for among events, as a query says it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from apps.datasets.models import Dataset
from apps.desk.domain.kinds import GROUPS, KINDS, kinds_in
from apps.desk.queries.event_names import TYPES
from apps.desk.queries.events import Sought
from concord.errors import Invalid

Value = TypeVar("Value")

FILTERS = ("actor", "kind", "group", "object_type", "object", "from", "to")
LONGEST = 64
FIRST_YEAR, LAST_YEAR = 1970, 9998
A_TIME = "a date such as 2026-01-31 (UTC), or a time with its offset"

PARAMETERS = [
    OpenApiParameter("actor", OpenApiTypes.UUID, description="who did it"),
    OpenApiParameter("kind", str, enum=KINDS, many=True, description="one of these"),
    OpenApiParameter("group", str, enum=[*GROUPS], many=True, description="kinds of one of these"),
    OpenApiParameter("object_type", str, enum=TYPES, description="with object"),
    OpenApiParameter("object", str, description="the id of what it was done to"),
    OpenApiParameter("from", str, description=f"then or later: {A_TIME}"),
    OpenApiParameter("to", str, description="before then; of a date, on it or before"),
]


def read_sought(request: Request, *, of: Dataset | None = None) -> Sought:
    """Read the filters of a query; in dataset `of` alone, where one is given.

    Raises Invalid `bad_...` for what is none of a name's values.
    """
    actor = _one(request, "actor", uuid.UUID, "the id of a person")
    dataset = _one(request, "dataset", uuid.UUID, "the id of a dataset")
    kinds = _many(request, "kind", KINDS) + kinds_in(_many(request, "group", [*GROUPS]))
    return Sought(
        dataset=of.pk if of else dataset,
        actor=actor,
        kinds=tuple(dict.fromkeys(kinds)),
        about=_about(request),
        since=_one(request, "from", _start_of, A_TIME),
        until=_one(request, "to", _end_of, A_TIME),
    )


def _about(request: Request) -> tuple[str, str] | None:
    type_ = _one(request, "object_type", _type, f"one of {', '.join(TYPES)}")
    pk = _one(request, "object", str, "the id of something")
    if (type_ is None) != (pk is None):
        raise Invalid("bad_object", "object and object_type go together.")
    return None if type_ is None or pk is None else (type_, pk)


def _many(request: Request, name: str, known: list[str] | tuple[str, ...]) -> list[str]:
    given = request.query_params.getlist(name)
    if len(given) > len(known) or not set(given) <= set(known):
        raise Invalid(f"bad_{name}", f"{name} must be one of {', '.join(known)}.")
    return given


def _one(request: Request, name: str, read: Callable[[str], Value], kinds: str) -> Value | None:
    given = request.query_params.getlist(name)
    if not given:
        return None
    text = given[0]
    try:
        if len(given) > 1 or len(text) > LONGEST or not text.isascii() or not text.isprintable():
            raise ValueError(text)
        return read(text)
    except ValueError as error:
        raise Invalid(f"bad_{name}", f"{name} must be {kinds}.") from error


def _type(text: str) -> str:
    if text not in TYPES:
        raise ValueError(text)
    return text


def _start_of(text: str) -> datetime:
    return _moment(text, days=0)


def _end_of(text: str) -> datetime:
    return _moment(text, days=1)


def _moment(text: str, *, days: int) -> datetime:
    """A time as it is, and of a date its beginning or, `days` later, its end."""
    if len(text) == len("2026-01-31"):
        start = datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
        moment = start + timedelta(days=days) if start.year <= LAST_YEAR else start
    else:
        moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(text)
    return moment
