"""Agreement on boxes: on what is there and what it is, and on where exactly it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from apps.reviews.domain.agreement import Agreement, agreement
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.box_matches import BoxMatches, match_boxes
from apps.reviews.domain.class_agreement import FEW_ROUNDS, MOST_PEOPLE
from apps.reviews.domain.columns import Columns, IntArray, to_columns
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
    `n` is the images that have objects and two answers. `pairs` are by name; of more than
    MOST_PEOPLE there are none."""

    objects: Agreement
    labels: Mapping[str, Agreement]
    overlap: Overlap
    pairs: Mapping[tuple[str, str], Overlap]


def box_agreement(
    questions: Sequence[Sequence[AnnotatorAnswer]],
    merged: Sequence[Sequence[MergedObject]],
    rng: np.random.Generator,
) -> BoxAgreement:
    """The figures for answers and for the objects that `merge_objects` made of them."""
    counts, labels, image = _table(questions, merged)
    answers = counts.sum(axis=1)
    columns = to_columns(questions)
    few = len(columns.people) <= MOST_PEOPLE
    matches = match_boxes(columns)
    return BoxAgreement(
        objects=agreement(counts, rng, group=image),
        labels={
            label: agreement(np.column_stack((column, answers - column)), rng, group=image)
            for label, column in zip(labels, counts.T, strict=True)
            if label not in (NO_OBJECT, NO_LABEL)
        },
        overlap=_overlap(_rows_of_all(questions, columns, matches), rng),
        pairs=_pairs(questions, columns, matches, rng) if few else {},
    )


def _table(
    questions: Sequence[Sequence[AnnotatorAnswer]], merged: Sequence[Sequence[MergedObject]]
) -> tuple[IntArray, list[str], IntArray]:
    """(objects, categories): how many drew it so; the categories; and the image of each object."""
    said: list[list[str]] = []
    image: list[int] = []
    for n, (answers, objects) in enumerate(zip(questions, merged, strict=True)):
        labels = {
            (answer.annotator, mark.id): NO_LABEL if mark.label is None else mark.label
            for answer in answers
            for mark in answer.marks
        }
        for each in objects:
            drawn = [labels[member.annotator, member.span or ""] for member in each.members]
            said.append(drawn + [NO_OBJECT] * (len(answers) - len(drawn)))
            image.append(n)
    categories = sorted({NO_OBJECT, *(label for row in said for label in row)})
    place = {label: n for n, label in enumerate(categories)}
    counts = np.zeros((len(said), len(categories)), np.int64)
    for n, row in enumerate(said):
        for label in row:
            counts[n, place[label]] += 1
    return counts, categories, np.array(image, np.int64)


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
