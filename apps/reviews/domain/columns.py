"""The shapes of many questions as columns of numbers, in canonical order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from apps.datasets.domain.iou import FloatArray, box_iou, polygon_iou, to_polygons
from apps.reviews.domain.answers import AnnotatorAnswer, Mark

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """N shapes. Canonical order is (question, annotator, length of the mark's id, the id).

    Shorter ids first, so that `#2` comes before `#10`. `annotator` counts within the question,
    `team` is how many annotators the question has; equal labels have equal codes, no label is a
    code too. `edges` is (N, 4): left, top, right, bottom.
    """

    names: tuple[str, ...]
    marks: tuple[Mark, ...]
    question: IntArray
    annotator: IntArray
    team: IntArray
    label: IntArray
    edges: FloatArray
    outlined: BoolArray

    def overlap(self, first: IntArray, second: IntArray, growth: float = 0.0) -> FloatArray:
        """IoU of shapes `first[n]` and `second[n]`, boxes grown by `growth` pixels on each side.

        A pair with an outline in it is compared by outline and does not grow.
        """
        grown = self.grown(growth)
        result = box_iou(grown[first], grown[second])
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


def to_columns(questions: Sequence[Sequence[AnnotatorAnswer]]) -> Columns:
    """The shapes of all answers to all questions; each question has one answer per annotator."""
    codes: dict[str | None, int] = {}
    names: list[str] = []
    marks: list[Mark] = []
    numbers: list[tuple[int, int, int, int]] = []
    for question, answers in enumerate(questions):
        for place, answer in enumerate(sorted(answers, key=lambda each: each.annotator)):
            for mark in sorted(answer.marks, key=lambda each: (len(each.id), each.id)):
                code = codes.setdefault(mark.label, len(codes))
                names.append(answer.annotator)
                marks.append(mark)
                numbers.append((question, place, len(answers), code))
    count = len(marks)
    table = np.fromiter(chain.from_iterable(numbers), np.int64, 4 * count).reshape(count, 4)
    edges = chain.from_iterable(mark.shape.edges for mark in marks)
    return Columns(
        names=tuple(names),
        marks=tuple(marks),
        question=table[:, 0].copy(),
        annotator=table[:, 1].copy(),
        team=table[:, 2].copy(),
        label=table[:, 3].copy(),
        edges=np.fromiter(edges, np.float64, 4 * count).reshape(count, 4),
        outlined=np.fromiter((mark.shape.type != "rect" for mark in marks), np.bool_, count),
    )
