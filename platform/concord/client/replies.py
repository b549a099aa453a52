"""What the server answers, read with care: it may be any server, and say anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

OVER = ("done", "cancelled", "failed", "undone")
ENDS = ("done", "duplicate", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Facts:
    """A dataset as it was when it was asked for; `version` is what a change is based on."""

    id: UUID
    slug: str
    name: str
    interface: str
    version: int
    labels: list[str]
    options: list[dict[str, Any]]
    archived: bool


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


def problem_in(data: Any) -> tuple[str, str]:
    """The code of a refusal, and its sentence with the first fault that it names.

    Raises ValueError, as all below do, for what is none.
    """
    code, detail = _text(data, "code"), _text(data, "detail")
    fault = _first_fault(data.get("errors"))
    told = not fault or fault.rpartition(": ")[2] in detail
    return code, detail if told else f"{detail} {fault}".strip()


def dataset_in(data: Any) -> Facts:
    """A dataset, wherever one is shown."""
    return Facts(
        id=UUID(_text(data, "id")),
        slug=_text(data, "slug"),
        name=_text(data, "name"),
        interface=_text(data, "interface"),
        version=_value(data, "config_version", int),
        labels=[
            _text(label, "name")
            for label in _value(data, "labels", list)
            if not label.get("retired")
        ],
        options=_value(data, "options", list),
        archived=data.get("archived_at") is not None,
    )


def page_in(data: Any) -> tuple[list[Any], str | None]:
    """The items of one page of a list, and where the next one is, below the server's address."""
    following = data.get("next") if isinstance(data, dict) else None
    if following is not None and not isinstance(following, str):
        raise ValueError("next is no address")
    return _value(data, "results", list), following


def object_in(data: Any) -> dict[str, Any]:
    """An object of which only its reader knows what is in it."""
    if not isinstance(data, dict):
        raise ValueError("no object")  # noqa: TRY004 (as all here)
    return data


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a job writes, or a deed that it does: how far it is, and of how many."""

    id: UUID
    state: str
    done: int
    total: int
    error: str


def job_in(data: Any) -> Written:
    """What a job is about, wherever that is shown."""
    return Written(
        id=UUID(_text(data, "id")),
        state=_text(data, "state"),
        done=_value(data, "done", int),
        total=_value(data, "total", int),
        error=_text(data, "error"),
    )


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Answers that changed, where to go on, and whether there are more already."""

    lines: list[dict[str, Any]]
    cursor: str | None
    more: bool


def feed_page_in(data: Any) -> FeedPage:
    """A page of the feed of answers."""
    cursor = data.get("cursor") if isinstance(data, dict) else None
    if cursor is not None and not isinstance(cursor, str):
        raise ValueError("cursor is no text")
    lines = [object_in(line) for line in _value(data, "results", list)]
    return FeedPage(lines, cursor, more=data.get("more") is True)


@dataclass(frozen=True, slots=True)
class Predicted:
    """What became of a batch of predictions."""

    created: int
    unchanged: int


def predicted_in(data: Any) -> Predicted:
    """The counts of a batch."""
    return Predicted(_value(data, "created", int), _value(data, "unchanged", int))


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


def _first_fault(errors: Any, place: str = "") -> str:
    """The first sentence in what a refusal says of the parts of a request, and its place there."""
    if isinstance(errors, str):
        return f"{place}: {errors}" if place else errors
    if isinstance(errors, list):
        return _first_fault(errors[0], place) if errors else ""
    if not isinstance(errors, dict) or not errors:
        return ""
    key = "detail" if "detail" in errors else next(iter(errors))
    unnamed = key in {"detail", "non_field_errors"}
    return _first_fault(errors[key], place if unnamed else f"{place}.{key}".lstrip("."))
