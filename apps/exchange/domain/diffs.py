"""What differs between the finals of two moments: tasks that came, went or changed, and in those
that changed shape by shape what was added, removed, moved or called otherwise.

Both sides come in the order of their tasks and are read side by side, so memory does not grow with
them. Shapes are the same by their id, others by where they lie (`apps.tasks.domain.changes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.parsing import parse_shape
from apps.exchange.domain.finals import FinalRow, Line, digest_of
from apps.tasks.domain.changes import Change, changes_between

Kind = Literal["added", "removed", "changed"]
KINDS = ("added", "removed", "changed")
"""What may become of a task."""
DETAILS = (
    *("shape_added", "shape_removed", "moved", "relabelled", "described"),
    *("answer", "chosen", "said", "other"),
)
"""What may differ in one that changed; `other` is what was asked, or what is told beside it."""

BODY = ("answer", "spans", "accept", "attributes")
OF_SHAPES = {"added": "shape_added", "removed": "shape_removed"}


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task whose final differs. `before` and `after` are lines without `_review`, None where
    there is none; `details` what differs in one that changed: a `kind` of DETAILS, `before`,
    `after`, for shapes on both sides their overlap `iou`, for `other` the `keys` that differ."""

    task: str
    kind: Kind
    before: Line | None
    after: Line | None
    details: Sequence[Mapping[str, Any]] = ()

    @property
    def kinds(self) -> list[str]:
        """Its kind and those of its details, each once."""
        return list(dict.fromkeys([self.kind, *(each["kind"] for each in self.details)]))


def differences(before: Iterable[FinalRow], after: Iterable[FinalRow]) -> Iterator[TaskChange]:
    """Yield the tasks whose finals differ, in their order. Both sides come in the order of
    `place`."""
    for old, new in _side_by_side(iter(before), iter(after)):
        if old is None and new is not None:
            yield TaskChange(new.place[1], "added", None, new.line())
        elif old is not None and new is None:
            yield TaskChange(old.place[1], "removed", old.line(), None)
        elif old is not None and new is not None and old.digest != new.digest:
            lines = old.line(), new.line()
            yield TaskChange(old.place[1], "changed", *lines, details=details_between(*lines))


def details_between(before: Line, after: Line) -> list[dict[str, Any]]:
    """Return what differs between two finals of one task, shapes first."""
    found = [_told(each) for each in changes_between(_body(before, "-"), _body(after, "+"))]
    apart = sorted(key for key in {*before, *after} if _only(before, key) != _only(after, key))
    # What is told of shapes and answers is told in their words, unless those have none for it.
    keys = [key for key in apart if key not in BODY or not found]
    return [*found, {"kind": "other", "keys": keys}] if keys else found


def _only(line: Line, key: str) -> str | None:
    """What stands under a key, as it is hashed: 1, 1.0 and true are three things."""
    return digest_of({key: line[key]}) if key in line else None


def _body(line: Line, side: str) -> dict[str, Any]:
    """An answer as `changes_between` takes it; shapes without an id get one that no other has."""
    return {
        "answer": line.get("answer"),
        "spans": [
            {**span, "id": span.get("id", f"{side}{n}")}
            for n, span in enumerate(line.get("spans") or [])
        ],
        "accept": line.get("accept") or [],
        "attributes": line.get("attributes") or {},
    }


def _told(change: Change) -> dict[str, Any]:
    told = {
        "kind": OF_SHAPES.get(change.kind, change.kind),
        "before": change.before,
        "after": change.after,
    }
    if change.kind in ("moved", "relabelled", "described"):
        shapes = (parse_shape(span, index=0) for span in (change.before, change.after))
        told["iou"] = round(shape_iou(*shapes), 4)
    return told


def _side_by_side(
    before: Iterator[FinalRow], after: Iterator[FinalRow]
) -> Iterator[tuple[FinalRow | None, FinalRow | None]]:
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.place < new.place):
            yield old, None
            old = next(before, None)
        elif old is None or new.place < old.place:
            yield None, new
            new = next(after, None)
        else:
            yield old, new
            old, new = next(before, None), next(after, None)
