"""Which suggestion a shape of an answer came from, and whether somebody changed it.

Nobody's word is taken for it: a shape keeps the id that it was offered under, and what is stored of
its origin is worked out from the suggestions that there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.datasets.queries import merged_labels
from apps.tasks.models import Suggestion, Task

ORIGIN = "_suggestion"
"""The key of a span that holds its origin; whatever comes in under it is dropped."""

SHAPE = ("type", "x", "y", "width", "height", "points", "attributes")


def with_origins(task: Task, spans: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return stored spans, those that were offered for `task` with `{id, model, version, changed}`
    of their suggestion.

    Where several suggestions offered a span of this id, it came from the newest one that it is
    still equal to, else from the newest.
    """
    plain = [without_origin(span) for span in spans]
    offered = _offered(task) if plain else {}
    merged = merged_labels(task.dataset_id) if offered else {}
    return [_traced(span, offered.get(span["id"], ()), merged) for span in plain]


def without_origin(span: Mapping[str, Any]) -> dict[str, Any]:
    """Return a span as its author knows it."""
    return {key: value for key, value in span.items() if key != ORIGIN}


Offer = tuple[Suggestion, Mapping[str, Any]]


def _offered(task: Task) -> dict[str, list[Offer]]:
    """What was offered under each id, oldest first."""
    offered: dict[str, list[Offer]] = {}
    for row in Suggestion.everything.filter(task=task).order_by("created_at", "id"):
        for span in row.spans:
            offered.setdefault(span["id"], []).append((row, span))
    return offered


def _traced(
    span: dict[str, Any], offers: Sequence[Offer], merged: Mapping[str, str]
) -> dict[str, Any]:
    if not offers:
        return span
    equal = [row for row, offered in offers if _drawn(offered, merged) == _drawn(span, merged)]
    row = (equal or [row for row, _ in offers])[-1]
    said_by = {"id": str(row.id), "model": row.model, "version": row.model_version}
    return {**span, ORIGIN: {**said_by, "changed": not equal}}


def _drawn(span: Mapping[str, Any], merged: Mapping[str, str]) -> list[Any]:
    """What people can change of a span; one without attributes has none."""
    label = span.get("label_id", "")
    return [merged.get(label, label), *(span.get(key) or None for key in SHAPE)]
