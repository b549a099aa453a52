"""Lists in pages, by key: a page starts after the last row of the one before it, so it costs the
same at any depth and never skips or repeats a row because others come or go."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from concord.errors import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 500
AT_END = "end"
"""The cursor of a list's last page, where it has one; no other one reads like this."""

Row = TypeVar("Row", bound=Model)
Direction = Literal["next", "previous"]


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the ordering values of a row, and which way to read from it."""

    direction: Direction
    values: tuple[Any, ...]

    def encode(self) -> str:
        text = json.dumps([self.direction, *self.values], separators=(",", ":"), default=_plain)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, *, length: int) -> "Cursor":
        try:
            padded = text + "=" * (-len(text) % 4)
            direction, *values = json.loads(base64.urlsafe_b64decode(padded.encode()))
        except (binascii.Error, ValueError, TypeError) as error:
            raise _bad_cursor() from error
        plain = all(isinstance(value, str | int | float | None) for value in values)
        if direction not in {"next", "previous"} or len(values) != length or not plain:
            raise _bad_cursor()
        return cls(direction, tuple(values))


def page_response(
    request: Request,
    queryset: QuerySet[Row],
    *,
    order: Sequence[str],
    render: Callable[[Row], Any],
    filters: Iterable[str] = (),
) -> Response:
    """Answer with `{next, previous, results}`: one page of `queryset`, each row rendered.

    `order` names fields without nulls, the last of them unique ("-created_at", "-id").
    `filters` are the query parameters that the view itself reads; any other is refused.
    """
    refuse_unknown_parameters(request, ["limit", "cursor", *filters])
    limit = limit_of(request)
    text = request.query_params.get("cursor")
    cursor = Cursor.decode(text, length=len(order)) if text else None
    rows, more = _read(queryset, order, cursor, limit)
    backwards = cursor is not None and cursor.direction == "previous"
    has_next = backwards or more
    has_previous = more if backwards else cursor is not None
    return Response(
        {
            "next": _link(request, "next", rows[-1:], order) if has_next else None,
            "previous": _link(request, "previous", rows[:1], order) if has_previous else None,
            "results": [render(row) for row in rows],
        }
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A row in its place: the ordering values by which a cursor finds it again."""

    values: tuple[Any, ...]
    row: Any


Find = Callable[[bool, tuple[Any, ...] | None, int], list[Found]]
"""Given whether to read backwards, the values to start after (None for the list's beginning, or
backwards its end) and how many: the rows in reading order. Raises ValueError for strange values."""


def found_response(
    request: Request, *, length: int, find: Find, render: Callable[[Any], Any]
) -> Response:
    """Answer as `page_response` does, with a list that finds its own rows; `last` is its last page.

    `length` is that of the ordering values, which may be null. The view has refused parameters that
    it does not know.
    """
    limit = limit_of(request)
    text = request.query_params.get("cursor")
    at_end = text == AT_END
    cursor = Cursor.decode(text, length=length) if text and not at_end else None
    backwards = at_end or (cursor is not None and cursor.direction == "previous")
    try:
        found = find(backwards, cursor.values if cursor else None, limit + 1)
    except (ValueError, TypeError, OverflowError, DataError) as error:
        if cursor is None:
            raise
        raise _bad_cursor() from error
    more = len(found) > limit
    rows = found[:limit][::-1] if backwards else found[:limit]
    has_next = (backwards and not at_end) or (more and not backwards)
    has_previous = more if backwards else cursor is not None
    return Response(
        {
            "next": _leading(request, "next", rows[-1:]) if has_next else None,
            "previous": _leading(request, "previous", rows[:1]) if has_previous else None,
            "last": _address(request, AT_END) if has_next else None,
            "results": [render(each.row) for each in rows],
        }
    )


def _leading(request: Request, direction: Direction, edge: list[Found]) -> str:
    cursor = Cursor(direction, edge[0].values).encode() if edge else None
    return _address(request, cursor)


def refuse_unknown_parameters(request: Request, known: Iterable[str]) -> None:
    """Raise Invalid if the query string holds anything else: a typo must not widen a search."""
    if unknown := sorted(set(request.query_params) - set(known)):
        raise Invalid(
            "unknown_parameter",
            f"Unknown query parameter: {', '.join(unknown)}.",
            errors={name: ["Unknown parameter."] for name in unknown},
        )


def limit_of(request: Request) -> int:
    """How many rows the caller wants at once; raises Invalid `bad_limit`."""
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MAX_LIMIT):
        raise Invalid("bad_limit", f"limit must be a number from 1 to {MAX_LIMIT}.")
    return int(text)


def _read(
    queryset: QuerySet[Row], order: Sequence[str], cursor: Cursor | None, limit: int
) -> tuple[list[Row], bool]:
    """The rows of the page in list order, and whether more lie beyond in reading direction."""
    backwards = cursor is not None and cursor.direction == "previous"
    reading = [_reversed(name) for name in order] if backwards else list(order)
    try:
        if cursor is not None:
            queryset = queryset.filter(_beyond(reading, cursor.values))
        rows = list(queryset.order_by(*reading)[: limit + 1])
    except (ValidationError, ValueError, TypeError, OverflowError, DataError) as error:
        if cursor is None:
            raise
        raise _bad_cursor() from error
    more = len(rows) > limit
    del rows[limit:]
    if backwards:
        rows.reverse()
    return rows, more


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after these values: later in the first field, or equal there and later in the next."""
    condition = Q()
    equal = Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        comparison = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
    return condition


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _link(request: Request, direction: Direction, edge: list[Any], order: Sequence[str]) -> str:
    """Path and query of the neighbouring page. A page that turned out empty leads back to the
    first one."""
    cursor = None
    if edge:
        values = tuple(_value(edge[0], name.lstrip("-")) for name in order)
        cursor = Cursor(direction, values).encode()
    return _address(request, cursor)


def _address(request: Request, cursor: str | None) -> str:
    query = [
        (name, value)
        for name, values in request.query_params.lists()
        if name != "cursor"
        for value in values
    ]
    if cursor is not None:
        query.append(("cursor", cursor))
    return f"{request.path}?{urlencode(query)}" if query else request.path


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _bad_cursor() -> Invalid:
    return Invalid("bad_cursor", "The cursor is not one that this list gave out.")
