"""What a line says of when its task is to be handed out: its priority and its score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.imports.domain.rows import Payload, RowError
from apps.tasks.domain.turns import HIGHEST_PRIORITY, HIGHEST_SCORE


def rank_of(values: Mapping[str, Any]) -> Payload:
    """The priority and the score among `values`, as far as they are there; raises RowError."""
    rank: Payload = {}
    if (priority := values.get("priority")) is not None:
        if not _is_number(priority, int) or abs(priority) > HIGHEST_PRIORITY:
            raise RowError(
                "bad_field",
                f"priority is not a whole number from -{HIGHEST_PRIORITY} to {HIGHEST_PRIORITY}.",
            )
        rank["priority"] = priority
    if (score := values.get("score")) is not None:
        if not _is_number(score, int | float) or not abs(score) <= HIGHEST_SCORE:
            raise RowError("bad_field", "score is not a number from -1e308 to 1e308.")
        rank["score"] = float(score)
    return rank


def rank_of_cells(cells: Mapping[str, str]) -> Payload:
    """The same of a table's columns by name; a cell that is no number says nothing of it.

    Tables come with columns of such names that mean something else, and all of them stay in `meta`.
    """
    rank: Payload = {}
    for name, read in (("priority", int), ("score", float)):
        try:
            rank |= rank_of({name: read(cells[name])})
        except (KeyError, ValueError):
            continue
    return rank


def _is_number(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)
