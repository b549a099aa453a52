"""Whom a task goes to by what its meta says."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Find = Callable[[str], uuid.UUID | None]
"""Finds whoever has an e-mail address and may label; None for an address that nobody has."""


@dataclass(frozen=True, slots=True)
class Route:
    """Who gets tasks by what their meta says under the key `meta`.

    `to` a list of e-mail addresses: tasks whose value is, or whose list holds, `equals` go to these
    people alone; 7 and "7" are the same. `to` "named": a task goes to the people whose addresses
    its meta holds. `to` "others": those people (its author, say) do not get it.
    """

    meta: str
    to: tuple[str, ...] | Literal["named", "others"]
    equals: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may get a task: these alone (None: everybody), and never those in `barred`.

    `strangers` are the addresses that it was sent to and that nobody has who may label here.
    """

    only: tuple[uuid.UUID, ...] | None = None
    barred: tuple[uuid.UUID, ...] = ()
    strangers: tuple[str, ...] = ()


def audience_of(
    meta: Mapping[str, Any],
    routes: Sequence[Route],
    *,
    find: Find,
    assigned: Sequence[uuid.UUID] | None = None,
) -> Audience:
    """Return who may get the task with this meta.

    The people it was `assigned` to, or else the first route that fits it and names people, say who
    gets it; every route to "others" that fits takes somebody out. Nobody may be left: then `only`
    is empty, and the task waits.
    """
    kept_out = [route for route in routes if route.to == "others"]
    barred = _people((name for route in kept_out for name in _values(meta, route)), find)
    if assigned is not None:
        return Audience(only=tuple(sorted({*assigned} - {*barred})))
    for route in routes:
        if addresses := _sent_to(meta, route):
            only = tuple(person for person in _people(addresses, find) if person not in barred)
            strangers = tuple(name for name in addresses if find(name) is None)
            return Audience(only=only, strangers=strangers)
    return Audience(barred=barred)


def _sent_to(meta: Mapping[str, Any], route: Route) -> list[str]:
    """The addresses that a route sends this task to; none if it does not fit or only takes out."""
    values = _values(meta, route)
    if route.to == "others":
        return []
    if route.to == "named":
        return [value for value in values if isinstance(value, str) and value.strip()]
    return list(route.to) if any(_same(value, route.equals) for value in values) else []


def _values(meta: Mapping[str, Any], route: Route) -> list[Any]:
    value = meta.get(route.meta)
    return value if isinstance(value, list) else [] if value is None else [value]


def _same(value: Any, wanted: Any) -> bool:
    """Equal as they are written: a table has no numbers, and neither has a text field."""
    return _written(value) == _written(wanted)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _people(addresses: Iterable[Any], find: Find) -> tuple[uuid.UUID, ...]:
    found = (find(address) for address in addresses if isinstance(address, str))
    return tuple(sorted({person for person in found if person is not None}))
