"""What is looked for in the data browser, as a query or JSON says it: the one reader for all."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from apps.desk.queries.wanted import Filter, Range
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState, Verdict
from concord.errors import Invalid

Value = TypeVar("Value")

MANY = ("state", "label", "tag", "conflict")
NUMBERS = ("score", "confidence", "size")
COUNTS = ("width", "height", "shapes")
BOUNDS = tuple(f"{end}_{name}" for name in (*NUMBERS, *COUNTS) for end in ("min", "max"))
ONES = ("answers", "person", "day", "behind", "task", "verdict", "flagged", "text")
IMPORTED = ("imported_from", "imported_to", "import")
FILTERS = (*MANY, *ONES, *IMPORTED, *BOUNDS)
"""All names that a filter may have."""

MOST_DIGITS = 9
MOST_VALUES = 50
MOST_CHARACTERS = 300
LEAST_TEXT, MOST_TEXT = 3, 100
A_DATE = "a date such as 2026-01-31"

Given = Mapping[str, list[str]]
"""The values of each name that was given."""


def read_filter(given: Given) -> Filter:
    """Read the filters among what was given, which may hold other names too.

    Raises Invalid `bad_...` for what is none of a name's values.
    """
    for name in FILTERS:
        _check(name, given.get(name, []))
    return Filter(
        states=_many(given, "state", TaskState, f"one of {', '.join(TaskState.values)}"),
        labels=tuple(given.get("label", [])),
        tags=_many(given, "tag", _plain, "the name of a tag"),
        conflicts=_many(
            given, "conflict", ConflictKind, f"one of {', '.join(ConflictKind.values)}"
        ),
        answers=_one(given, "answers", _count, "a number"),
        person=_one(given, "person", uuid.UUID, "the id of a person"),
        day=_one(given, "day", _day, A_DATE),
        behind=_one(given, "behind", str, "a name"),
        task=_one(given, "task", uuid.UUID, "the id of a task"),
        verdict=_one(given, "verdict", Verdict, f"one of {', '.join(Verdict.values)}"),
        flagged=_one(given, "flagged", _true, "true") or False,
        text=_one(given, "text", _text, f"{LEAST_TEXT} to {MOST_TEXT} characters"),
        imported_from=_one(given, "imported_from", _day, A_DATE),
        imported_to=_one(given, "imported_to", _day, A_DATE),
        of_import=_one(given, "import", uuid.UUID, "the id of an import"),
        **{name: _range(given, name, _number, "a number") for name in NUMBERS},
        **{name: _range(given, name, _count, "a whole number") for name in COUNTS},
    )


def read_json(data: Any) -> dict[str, list[str]]:
    """Return a filter that came as JSON in the form of a query: names to values or lists of them.

    Raises Invalid `bad_filter`, `unknown_parameter`.
    """
    if not isinstance(data, dict):
        raise Invalid("bad_filter", "filter must be an object of names and values.")
    if unknown := sorted(set(data) - set(FILTERS)):
        raise Invalid("unknown_parameter", f"Unknown filter: {', '.join(unknown)[:100]}.")
    return {name: [*map(_as_text, _listed(value))] for name, value in data.items()}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_text(value: Any) -> str:
    if value is True:
        return "true"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Invalid("bad_filter", "The values of a filter are texts and numbers.")
    return str(value)


def _check(name: str, values: list[str]) -> None:
    """Refuse what cannot be a value of anything, before PostgreSQL is asked about it."""
    if len(values) > (MOST_VALUES if name in MANY else 1):
        raise Invalid(f"bad_{name}", f"{name} was given too often.")
    for value in values:
        if len(value) > MOST_CHARACTERS or not _is_plain(value):
            # What a dataset has no label for was always told so.
            code = "unknown_label" if name == "label" else f"bad_{name}"
            raise Invalid(code, f"{name} has a value that nothing here can have.")


def _is_plain(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= each <= "\udfff" for each in value)


def _many(given: Given, name: str, read: Callable[[str], Value], kinds: str) -> tuple[Value, ...]:
    return tuple(_read(name, text, read, kinds) for text in given.get(name, []))


def _one(given: Given, name: str, read: Callable[[str], Value], kinds: str) -> Value | None:
    values = given.get(name)
    return _read(name, values[0], read, kinds) if values else None


def _range(given: Given, name: str, read: Callable[[str], float], kinds: str) -> Range:
    least, most = (_one(given, f"{end}_{name}", read, kinds) for end in ("min", "max"))
    return Range(least, most)


def _read(name: str, text: str, read: Callable[[str], Value], kinds: str) -> Value:
    try:
        return read(text)
    except ValueError as error:
        raise Invalid(f"bad_{name}", f"{name} must be {kinds}.") from error


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    if not text.isascii() or not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    # The day after it, and its beginning in other time zones, are dates as well.
    if not date.min.year < day.year < date.max.year:
        raise ValueError(text)
    return day


def _true(text: str) -> bool:
    if text != "true":
        raise ValueError(text)
    return True


def _plain(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _text(text: str) -> str:
    if not LEAST_TEXT <= len(text) <= MOST_TEXT:
        raise ValueError(text)
    return text
