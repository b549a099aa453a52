"""Agreement on boxes: on what is there and what it is, and on where exactly it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.reviews.domain.agreement import Agreement, agreement, alpha
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.box_matches import BoxMatches, match_boxes
from apps.reviews.domain.class_agreement import FEW_ROUNDS, MOST_PEOPLE
from apps.reviews.domain.columns import BoolArray, Columns, IntArray, to_columns
from apps.reviews.domain.estimates import ROUNDS, Estimate, FloatArray, draw, ratio
from apps.reviews.domain.results import MergedObject

STRICT = 0.75
NO_OBJECT = ""
"""The category of an object that an annotator did not draw."""
NO_LABEL = "\0"
"""The category of a shape without a label; no label is called so."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How well two annotators' shapes, or all annotators' by twos, lie in the same places.

    `f1` is twice the matches from an IoU of .5 on over all shapes of both, `strict_f1` from .75 on,
    labels left aside; `iou` the mean over the matches. `n` is in images.
    """

    f1: Estimate
    strict_f1: Estimate
    iou: Estimate


@dataclass(frozen=True, slots=True)
class BoxAgreement:
    """`objects` is agreement in the table of objects and annotators, with "not drawn" as a category
    for those who answered; `labels` has each label against all else, "not drawn" among it. Their
    `n` is the images that have objects and two answers. `pairs` are by name, and `without` is alpha
    when an annotator's answers are left out: far above that of all, this annotator is the outlier.
    Of more than MOST_PEOPLE there are none."""

    objects: Agreement
    labels: Mapping[str, Agreement]
    overlap: Overlap
    pairs: Mapping[tuple[str, str], Overlap]
    without: Mapping[str, Estimate]


def box_agreement(
    questions: Sequence[Sequence[AnnotatorAnswer]],
    merged: Sequence[Sequence[MergedObject]],
    rng: np.random.Generator,
) -> BoxAgreement:
    """The figures for answers and for the objects that `merge_objects` made of them."""
    table = _table(questions, merged)
    counts, image = table.counts(), table.image
    answers = counts.sum(axis=1)
    columns = to_columns(questions)
    few = len(columns.people) <= MOST_PEOPLE
    matches = match_boxes(columns)
    return BoxAgreement(
        objects=agreement(counts, rng, group=image),
        labels={
            label: agreement(np.column_stack((column, answers - column)), rng, group=image)
            for label, column in zip(table.categories, counts.T, strict=True)
            if label not in (NO_OBJECT, NO_LABEL)
        },
        overlap=_overlap(_rows_of_all(questions, columns, matches), rng),
        pairs=_pairs(questions, columns, matches, rng) if few else {},
        without={name: _alpha_without(table, name, rng) for name in table.people() if few},
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What each annotator said of each object: cell n is that `person[n]` put `thing[n]` into
    `category[n]`. `image` is that of each object; the first category is "not drawn"."""

    categories: list[str]
    image: IntArray
    thing: IntArray
    person: NDArray[np.str_]
    category: IntArray

    def people(self) -> list[str]:
        return sorted(set(self.person.tolist()))

    def counts(self, chosen: BoolArray | None = None) -> IntArray:
        """(objects, categories): how many put it there, all or of the chosen cells."""
        cells = self.thing * len(self.categories) + self.category
        shape = (self.image.size, len(self.categories))
        counted = np.bincount(
            cells if chosen is None else cells[chosen], minlength=shape[0] * shape[1]
        )
        return counted.reshape(shape)


def _alpha_without(table: _Table, person: str, rng: np.random.Generator) -> Estimate:
    """Alpha of all others; what only this annotator drew is no object then."""
    counts = table.counts(table.person != person)
    drawn = counts[:, 1:].any(axis=1)
    return alpha(counts[drawn], rng, FEW_ROUNDS, group=table.image[drawn])


def _table(
    questions: Sequence[Sequence[AnnotatorAnswer]], merged: Sequence[Sequence[MergedObject]]
) -> _Table:
    said: list[tuple[int, str, str]] = []
    image: list[int] = []
    for n, (answers, objects) in enumerate(zip(questions, merged, strict=True)):
        labels = {
            (answer.annotator, mark.id): NO_LABEL if mark.label is None else mark.label
            for answer in answers
            for mark in answer.marks
        }
        for each in objects:
            spans = {member.annotator: member.span or "" for member in each.members}
            for answer in answers:
                name = answer.annotator
                label = labels[name, spans[name]] if name in spans else NO_OBJECT
                said.append((len(image), name, label))
            image.append(n)
    categories = sorted({NO_OBJECT, *(label for _, _, label in said)})
    place = {label: n for n, label in enumerate(categories)}
    return _Table(
        categories=categories,
        image=np.array(image, np.int64),
        thing=np.array([thing for thing, _, _ in said], np.int64),
        person=np.array([name for _, name, _ in said], np.str_),
        category=np.array([place[label] for _, _, label in said], np.int64),
    )


def _overlap(rows: FloatArray, rng: np.random.Generator, rounds: int = ROUNDS) -> Overlap:
    """Rows are, by image: matches, strict ones, the sum of their IoU, and the shapes of both."""
    draws = draw(rows, rng, rounds)
    return Overlap(
        f1=draws.estimate(lambda sums: ratio(2 * sums[..., 0], sums[..., 3])),
        strict_f1=draws.estimate(lambda sums: ratio(2 * sums[..., 1], sums[..., 3])),
        iou=draws.estimate(lambda sums: ratio(sums[..., 2], sums[..., 0])),
    )


def _rows_of_all(
    questions: Sequence[Sequence[AnnotatorAnswer]], columns: Columns, matches: BoxMatches
) -> FloatArray:
    """The rows of all pairs of annotators added up, for images with two answers or more."""
    shapes = [
        (len(answers) - 1) * sum(len(answer.marks) for answer in answers) for answers in questions
    ]
    rows = _matched(columns.question[matches.first], matches.iou, len(questions))
    rows[:, 3] = shapes
    return rows[np.array([len(answers) > 1 for answers in questions], np.bool_)]


def _matched(image: IntArray, iou: FloatArray, images: int) -> FloatArray:
    rows = np.zeros((images, 4))
    rows[:, 0] = np.bincount(image, minlength=images)
    rows[:, 1] = np.bincount(image, iou >= STRICT, images)
    rows[:, 2] = np.bincount(image, iou, images)
    return rows


def _pairs(
    questions: Sequence[Sequence[AnnotatorAnswer]],
    columns: Columns,
    matches: BoxMatches,
    rng: np.random.Generator,
) -> dict[tuple[str, str], Overlap]:
    """Every two annotators on the images that both answered, empty answers among them."""
    shapes: dict[tuple[str, str], dict[int, int]] = {}
    for n, answers in enumerate(questions):
        ranked = sorted(answers, key=lambda answer: answer.annotator)
        for place, one in enumerate(ranked):
            for other in ranked[place + 1 :]:
                pair = (one.annotator, other.annotator)
                shapes.setdefault(pair, {})[n] = len(one.marks) + len(other.marks)
    rows_of: dict[tuple[str, str], list[int]] = {pair: [] for pair in shapes}
    person = (columns.person[rows].tolist() for rows in (matches.first, matches.second))
    for row, (first, second) in enumerate(zip(*person, strict=True)):
        rows_of[columns.people[first], columns.people[second]].append(row)
    found = {}
    for pair in sorted(shapes):
        images = np.array(list(shapes[pair]), np.int64)
        chosen = np.array(rows_of[pair], np.int64)
        image = np.searchsorted(images, columns.question[matches.first[chosen]])
        rows = _matched(image, matches.iou[chosen], images.size)
        rows[:, 3] = list(shapes[pair].values())
        found[pair] = _overlap(rows, rng, FEW_ROUNDS)
    return found
