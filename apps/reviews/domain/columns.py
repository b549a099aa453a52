"""The shapes of many questions as columns of numbers, in canonical order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from apps.datasets.domain.iou import FloatArray, box_iou, polygon_iou, to_polygons
from apps.reviews.domain.answers import AnnotatorAnswer, Mark

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_SIDES = attrgetter("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class Teams:
    """Who answered each question, empty answers included.

    `kind` names the team of each question; team t are `person[starts[t]:starts[t + 1]]`, people by
    place in `Columns.people`, ascending.
    """

    kind: IntArray
    starts: IntArray
    person: IntArray

    @property
    def sizes(self) -> IntArray:
        """How many people each team has."""
        return self.starts[1:] - self.starts[:-1]


@dataclass(frozen=True, slots=True)
class Columns:
    """N shapes. Canonical order is (question, annotator, length of the mark's id, the id).

    Shorter ids first, so that `#2` comes before `#10`. `annotator` counts within the question,
    `person` within `people`, who are sorted. `label` is a place in `labels`, which are sorted too,
    -1 without one. `edges` is (N, 4): left, top, right, bottom.
    """

    people: tuple[str, ...]
    labels: tuple[str, ...]
    teams: Teams
    marks: tuple[Mark, ...]
    question: IntArray
    annotator: IntArray
    person: IntArray
    label: IntArray
    edges: FloatArray
    outlined: BoolArray

    @property
    def team(self) -> IntArray:
        """How many people answered the question of each shape."""
        return self.teams.sizes[self.teams.kind[self.question]]

    def between(self, low: int, high: int) -> Columns:
        """The shapes `low` to `high`, still with all people, labels and questions."""
        return Columns(
            self.people,
            self.labels,
            self.teams,
            self.marks[low:high],
            self.question[low:high],
            self.annotator[low:high],
            self.person[low:high],
            self.label[low:high],
            self.edges[low:high],
            self.outlined[low:high],
        )

    def overlap(self, first: IntArray, second: IntArray, growth: float = 0.0) -> FloatArray:
        """IoU of shapes `first[n]` and `second[n]`, boxes grown by `growth` pixels on each side.

        A pair with an outline in it is compared by outline and does not grow.
        """
        if not first.size:
            return np.empty(0)
        grown = self.grown(growth) if growth else self.edges
        result = box_iou(grown.take(first, axis=0), grown.take(second, axis=0))
        if not self.outlined.any():
            return result
        by_outline = np.flatnonzero(self.outlined[first] | self.outlined[second])
        if by_outline.size:
            result[by_outline] = self._polygon_overlap(first[by_outline], second[by_outline])
        return result

    def _polygon_overlap(self, first: IntArray, second: IntArray) -> FloatArray:
        rows, place = np.unique(np.concatenate((first, second)), return_inverse=True)
        polygons = to_polygons(self.marks[row].shape for row in rows)
        return polygon_iou(polygons[place[: first.size]], polygons[place[first.size :]])

    def grown(self, growth: float) -> FloatArray:
        """The rectangles around the shapes, larger by `growth` pixels on each side."""
        return self.edges + growth * np.array([-1.0, -1.0, 1.0, 1.0])


def totals(owner: IntArray, values: FloatArray, count: int) -> FloatArray:
    """The sum of the values of each of `count` owners."""
    return np.asarray(np.bincount(owner, values, count), np.float64)


def run_starts(*keys: IntArray) -> IntArray:
    """Where each run of equal keys begins; the keys are sorted, so equal ones stand together."""
    new = np.zeros(keys[0].size, np.bool_)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def run_sizes(starts: IntArray, count: int) -> IntArray:
    """The lengths of runs that begin there and fill `count` places."""
    sizes = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=sizes[:-1])
    sizes[-1:] = count - starts[-1:]
    return sizes


def spread(values: IntArray, starts: IntArray, sizes: IntArray) -> IntArray:
    """The values of each run, one run after the other."""
    before = np.cumsum(sizes) - sizes
    chosen: IntArray = values[np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)]
    return chosen


def to_columns(questions: Sequence[Sequence[AnnotatorAnswer]]) -> Columns:
    """The shapes of all answers to all questions; each question has one answer per annotator."""
    ordered = [sorted(answers, key=attrgetter("annotator")) for answers in questions]
    people = tuple(sorted({each.annotator for answers in ordered for each in answers}))
    codes = {name: code for code, name in enumerate(people)}
    marks: list[Mark] = []
    sizes: list[int] = []
    for answer in chain.from_iterable(ordered):
        marks += _in_order(answer.marks)
        sizes.append(len(answer.marks))
    labels = tuple(sorted({mark.label for mark in marks if mark.label is not None}))
    named: dict[str | None, int] = {label: code for code, label in enumerate(labels)}
    asked = [len(answers) for answers in ordered]
    hands = [codes[answer.annotator] for answers in ordered for answer in answers]
    return Columns(
        people=people,
        labels=labels,
        teams=_teams(hands, asked),
        marks=tuple(marks),
        question=np.repeat(np.repeat(np.arange(len(asked)), asked), sizes),
        annotator=np.repeat(_counted(asked), sizes),
        person=np.repeat(np.array(hands, np.int64), sizes),
        label=_ints((named.get(mark.label, -1) for mark in marks), marks),
        edges=_edges(marks),
        outlined=np.fromiter((mark.shape.type != "rect" for mark in marks), np.bool_, len(marks)),
    )


def _in_order(marks: tuple[Mark, ...]) -> Sequence[Mark]:
    return marks if len(marks) < 2 else sorted(marks, key=lambda each: (len(each.id), each.id))


def _teams(hands: list[int], asked: list[int]) -> Teams:
    known: dict[tuple[int, ...], int] = {}
    kind, low = [], 0
    for size in asked:
        kind.append(known.setdefault(tuple(hands[low : low + size]), len(known)))
        low += size
    starts = np.cumsum([0, *map(len, known)])
    person = np.fromiter(chain.from_iterable(known), np.int64, int(starts[-1]))
    return Teams(np.array(kind, np.int64), starts.astype(np.int64), person)


def _counted(sizes: list[int]) -> IntArray:
    """0 to n-1 for each of the sizes n, one after the other."""
    return _ints(chain.from_iterable(map(range, sizes)), range(sum(sizes)))


def _edges(marks: Sequence[Mark]) -> FloatArray:
    count = len(marks)
    sides = chain.from_iterable(_SIDES(mark.shape) for mark in marks)
    table = np.fromiter(sides, np.float64, 4 * count).reshape(count, 4)
    table[:, 2:] += table[:, :2]
    return table


def _ints(values: Iterable[int], like: Sequence[object]) -> IntArray:
    return np.fromiter(values, np.int64, len(like))
