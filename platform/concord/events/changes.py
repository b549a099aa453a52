"""What a change was, for an Event: from what, to what, and no longer than somebody reads."""

from collections.abc import Mapping
from typing import Any

LONGEST = 200
"""So many characters of a value are told, and so many items of a list."""

NESTED = 3
"""So deep a value is told."""

Changes = dict[str, dict[str, Any]]
"""`{name: {"was": value, "is": value}}` of what differs."""


def changes_between(was: Mapping[str, Any], now: Mapping[str, Any]) -> Changes:
    """Return what differs between two states with the same names, in the order of `now`."""
    return {
        name: {"was": told(was.get(name)), "is": told(value)}
        for name, value in now.items()
        if was.get(name) != value
    }


def told(value: Any, *, depth: int = NESTED) -> Any:
    """Return a JSON value, cut where it is too long or too deep; a cut ends with an ellipsis."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    if not isinstance(value, dict | list | tuple):
        return value
    if not depth:
        return "…"
    if isinstance(value, dict):
        kept = [*value.items()][:LONGEST]
        return {str(name): told(each, depth=depth - 1) for name, each in kept}
    items = [told(each, depth=depth - 1) for each in value[:LONGEST]]
    return items if len(value) <= LONGEST else [*items, "…"]
