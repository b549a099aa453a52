"""What the server answers, read with care: it may be any server, and say anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

OVER = ("done", "cancelled", "failed", "undone")
ENDS = ("done", "duplicate", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset, by the names that addresses have for it."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Import:
    """An import and how far it is; `counts` are of rows by state, and of all of them as `total`."""

    id: UUID
    state: str
    error: str
    counts: dict[str, int]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in OVER

    @property
    def through(self) -> int:
        """How many rows have come to their end."""
        return sum(self.counts.get(state, 0) for state in ENDS)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why so many rows of an import failed; the reason is that of one of them."""

    code: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that failed, and what was sent as its image."""

    name: str
    code: str


def json_in(body: bytes) -> Any:
    """The JSON value in a body; raises ValueError for anything else."""
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def dataset_in(data: Any) -> Dataset:
    """Raises ValueError, as all below do, for what is none."""
    return Dataset(UUID(_text(data, "id")), _text(data, "slug"), _text(data, "name"))


def import_in(data: Any) -> Import:
    """An import, wherever one is shown."""
    counts = _value(data, "counts", dict)
    return Import(
        id=UUID(_text(data, "id")),
        state=_text(data, "state"),
        error=_text(data, "error"),
        counts={state: _value(counts, state, int) for state in (*ENDS, "total")},
    )


def failures_in(data: Any) -> list[Failure]:
    """The reasons, the most frequent first."""
    return [
        Failure(_text(each, "code"), _value(each, "count", int), _text(each, "reason"))
        for each in _value(data, "results", list)
    ]


def failed_rows_in(data: Any) -> list[FailedRow]:
    """The rows of one page."""
    return [
        FailedRow(_text(each, "url").removeprefix("upload:"), _text(each, "code"))
        for each in _value(data, "results", list)
    ]


def _text(data: Any, key: str) -> str:
    text: str = _value(data, key, str)
    return text


def _value(data: Any, key: str, kind: type) -> Any:
    value = data.get(key) if isinstance(data, dict) else None
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise ValueError(f"no {key}")
