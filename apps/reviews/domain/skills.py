"""What has been learnt of annotators from a dataset's answers, to merge the next ones with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import IntArray
from apps.reviews.domain.existence import RECALL, SPURIOUS, SPURIOUS_RATIO, Sight, unknown_sight
from apps.reviews.domain.geometry import Hands, unknown_hands
from apps.reviews.domain.label_votes import Naming, naming_of, unknown_naming

FORMAT = 1
KEYS = {
    "format",
    "annotators",
    "joined",
    "per_image",
    "offset",
    "pooled_variance",
    "labels",
    "label_counts",
    "accuracy",
    "shift",
}
ANNOTATOR_KEYS = {"recall", "spurious", "accuracy", "said", "bias", "variance"}
MOST_SHIFT = 0.5
Shift = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class BoxSkills:
    """What `people` see, how they name it and how they draw; arrays are by place in `people`.

    `shift` is by how much of the side reviewers moved left, top, right and bottom of what was
    merged; None where that is not known or not wanted. Two are equal if their dicts are.
    """

    people: tuple[str, ...]
    sight: Sight
    naming: Naming
    hands: Hands
    shift: Shift | None = None

    @classmethod
    def prior(cls) -> Self:
        """What is taken of people of whom nothing is known."""
        return cls((), unknown_sight(0), unknown_naming(0), unknown_hands(0))

    def of(self, people: Sequence[str]) -> BoxSkills:
        """The skills of these people, in their order; of a stranger, what is common."""
        known = {name: place for place, name in enumerate(self.people)}
        place = np.array([known.get(name, len(known)) for name in people], np.int64)
        sight, naming, hands = self.sight, self.naming, self.hands
        stranger = max(SPURIOUS, float(sight.spurious.max(initial=0.0)) / SPURIOUS_RATIO)
        return BoxSkills(
            people=tuple(people),
            sight=Sight(
                recall=_pick(sight.recall, RECALL, place),
                spurious=_pick(sight.spurious, stranger, place),
                joined=sight.joined,
                per_image=sight.per_image,
            ),
            naming=Naming(
                labels=naming.labels,
                accuracy=_pick(naming.accuracy, naming.common, place),
                common=naming.common,
                said=_pick(naming.said, 0.0, place),
                confusions=naming.confusions,
                counts=naming.counts,
            ),
            hands=Hands(
                offset=hands.offset,
                bias=_pick(hands.bias, 0.0, place),
                variance=_pick(hands.variance, hands.pooled, place),
                pooled=hands.pooled,
            ),
            shift=self.shift,
        )

    def with_shift(self, shift: Shift | None) -> Self:
        """The same skills, and what reviewers were seen to do to merged edges."""
        return replace(self, shift=shift)

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {
            "format": FORMAT,
            "annotators": {name: self._annotator(n) for n, name in enumerate(self.people)},
            "joined": self.sight.joined,
            "per_image": self.sight.per_image,
            "offset": self.hands.offset,
            "pooled_variance": self.hands.pooled.tolist(),
            "labels": list(self.naming.labels),
            "label_counts": self.naming.counts.tolist(),
            "accuracy": self.naming.common,
            "shift": None if self.shift is None else list(self.shift),
        }

    def _annotator(self, place: int) -> dict[str, Any]:
        said = self.naming.said[place]
        return {
            "recall": float(self.sight.recall[place]),
            "spurious": float(self.sight.spurious[place]),
            "accuracy": float(self.naming.accuracy[place]),
            "said": [[int(s), int(t), float(said[s, t])] for s, t in np.argwhere(said)]
            if said.size
            else None,
            "bias": self.hands.bias[place].tolist(),
            "variance": self.hands.variance[place].tolist(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote; raises ValueError for anything else."""
        if set(data) != KEYS or data["format"] != FORMAT:
            raise ValueError("these are not skills of this format")
        people, rows, labels = _read(data["annotators"], data["labels"])
        recall, spurious, accuracy = (
            _numbers([row[key] for row in rows], (len(rows),), above=0.0)
            for key in ("recall", "spurious", "accuracy")
        )
        shift = data["shift"]
        return cls(
            people=people,
            sight=Sight(recall, spurious, _number(data["joined"]), _number(data["per_image"])),
            naming=naming_of(
                labels,
                accuracy,
                _number(data["accuracy"]),
                _said(rows, len(labels)),
                _numbers(data["label_counts"], (len(labels),)),
            ),
            hands=Hands(
                offset=_number(data["offset"]),
                bias=_numbers([row["bias"] for row in rows], (len(rows), 4), above=-np.inf),
                variance=_numbers([row["variance"] for row in rows], (len(rows), 4), above=0.0),
                pooled=_numbers(data["pooled_variance"], (4,), above=0.0),
            ),
            shift=None if shift is None else _shift(shift),
        )


def _pick(values: FloatArray, stranger: float | FloatArray, place: IntArray) -> FloatArray:
    """The values at these places; one past the end is a stranger's."""
    picked = np.empty((place.size, *values.shape[1:]))
    known = place < len(values)
    picked[known], picked[~known] = values[place[known]], stranger
    return picked


Rows = Sequence[Mapping[str, Any]]


def _read(annotators: Any, labels: Any) -> tuple[tuple[str, ...], Rows, tuple[str, ...]]:
    """The annotators' names, what is known of each, and the labels."""
    if not isinstance(annotators, Mapping) or not isinstance(labels, Sequence):
        raise ValueError("these are not skills of this format")  # noqa: TRY004  # JSON has one fault
    rows = list(annotators.values())
    if any(not isinstance(row, Mapping) or set(row) != ANNOTATOR_KEYS for row in rows):
        raise ValueError("an annotator's skills lack something or have too much")
    if any(not isinstance(label, str) for label in labels):
        raise ValueError("the labels of skills are text")
    return tuple(annotators), rows, tuple(labels)


def _said(rows: Rows, labels: int) -> FloatArray:
    if any(row["said"] is None for row in rows):
        return np.zeros((len(rows), 0, 0))
    said = np.zeros((len(rows), labels, labels))
    for place, row in enumerate(rows):
        cells = _numbers(row["said"], (len(row["said"]), 3))
        at = cells[:, :2].astype(np.int64)
        if (at != cells[:, :2]).any() or (at >= labels).any():
            raise ValueError("a skill is of a label that is not there")
        said[place, at[:, 0], at[:, 1]] = cells[:, 2]
    return said


def _shift(values: Any) -> Shift:
    """Less than half of the side, so that a box stays a box."""
    array = _numbers(values, (4,), above=-MOST_SHIFT)
    if (array >= MOST_SHIFT).any():
        raise ValueError("a skill is out of its range")
    left, top, right, bottom = array.tolist()
    return left, top, right, bottom


def _number(value: Any) -> float:
    return float(_numbers(value, (), above=0.0))


def _numbers(values: Any, shape: tuple[int, ...], *, above: float = -1e-300) -> FloatArray:
    """Finite numbers of this shape, all of them above a bound."""
    array = np.array(values)
    if array.dtype.kind not in "fi" and array.size:
        raise ValueError("skills are numbers")
    array = array.astype(np.float64)
    if array.size == 0:
        array = array.reshape(shape)
    if array.shape != shape or not np.isfinite(array).all() or not (array > above).all():
        raise ValueError("a skill is out of its range")
    return array
