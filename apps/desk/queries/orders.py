"""The orders of the data browser, and where in one a page begins."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading begins: after the task with this key; a key of None is among the nulls."""

    key: Any
    task: uuid.UUID


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list that one index has in reading order: SQL of its WHERE and ORDER BY."""

    where: str
    order: str


@dataclass(frozen=True, slots=True)
class Order:
    """Tasks by one `column` and then by their id; nulls come last either way.

    The column is one of the facts `f`, or, `of_task`, of the task `t`. `read` makes a key of what a
    cursor holds and raises ValueError or TypeError.
    """

    column: str
    read: Callable[[Any], Any]
    nullable: bool = False
    descending: bool = False
    of_task: bool = False

    def place(self, values: tuple[Any, ...] | None) -> Place | None:
        """Return the place that a cursor's values name; raises ValueError, TypeError."""
        if values is None:
            return None
        key, task = values
        if key is None and not self.nullable:
            raise ValueError(values)
        return Place(None if key is None else self.read(key), uuid.UUID(task))

    def stretches(self, place: Place | None, *, backwards: bool) -> Iterator[Stretch]:
        """Yield what is to be read one after the other from `place` on.

        The place's values are `%(key)s` and `%(place)s`.
        """
        column, task = self._names()
        rising = self.descending == backwards
        compare, way = (">", "ASC") if rising else ("<", "DESC")
        order = f"{column} {way}, {task} {way}"
        beyond = f"({column}, {task}) {compare} (%(key)s, %(place)s)"
        if not self.nullable:
            yield Stretch(beyond if place else "true", order)
            return
        there, missing = f"{column} IS NOT NULL", f"{column} IS NULL"
        rest = f"{missing} AND {task} {compare} %(place)s"
        if place is None:
            parts = [missing, there] if backwards else [there, missing]
        elif place.key is None:
            parts = [rest, there] if backwards else [rest]
        else:
            parts = [beyond] if backwards else [beyond, missing]
        yield from (Stretch(part, order) for part in parts)

    def beyond(self, place: Place | None, *, backwards: bool) -> str:
        """Return the condition that holds for all that is to be read from `place` on."""
        parts = [part.where for part in self.stretches(place, backwards=backwards)]
        return f"({' OR '.join(parts)})" if place else "true"

    def sorted(self, *, backwards: bool, key: str, task: str) -> str:
        """Return an ORDER BY in reading order for rows that have their key and their task so."""
        way = "ASC" if self.descending == backwards else "DESC"
        nulls = "FIRST" if backwards else "LAST"
        return f"{key} {way} NULLS {nulls}, {task} {way}"

    def within(self, *, backwards: bool, key: str, task: str) -> str:
        """Return `sorted` for the rows of one stretch, as an index has them: with a word about
        nulls, of which it has none or all, they would be sorted once more."""
        way = "ASC" if self.descending == backwards else "DESC"
        return f"{key} {way}, {task} {way}"

    def _names(self) -> tuple[str, str]:
        return (f"t.{self.column}", "t.id") if self.of_task else (f"f.{self.column}", "f.task_id")


def _whole(value: Any) -> int:
    if type(value) is int and abs(value) <= LARGEST_NUMBER:
        return value
    raise ValueError(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(number := float(value)):
        raise ValueError(value)
    return number


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def _both_ways(**orders: tuple[str, Callable[[Any], Any], bool]) -> dict[str, Order]:
    return {
        sign + name: Order(
            column, read, nullable, descending=bool(sign), of_task=name == "updated_at"
        )
        for name, (column, read, nullable) in orders.items()
        for sign in ("", "-")
    }


ORDERS = _both_ways(
    order_key=("order_key", _whole, False),
    created_at=("made_at", _moment, False),
    updated_at=("updated_at", _moment, False),
    score=("score", _number, True),
    confidence=("confidence", _number, True),
    shapes=("shapes", _whole, True),
)
