"""How well each annotator draws, against what a reviewer made final, or else against the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.box_matches import BoxMatches, match_boxes
from apps.reviews.domain.clusters import DUPLICATE_IOU
from apps.reviews.domain.columns import Columns, IntArray, to_columns
from apps.reviews.domain.estimates import FEW, Estimate, FloatArray, Share, draw, ratio, share
from apps.reviews.domain.objects import merge_objects
from apps.reviews.domain.pairs import overlapping_pairs

Basis = Literal["reviewed", "consensus"]
Size = Literal["small", "medium", "large", "all"]
Edges = tuple[float, float, float, float]

SMALL, LARGE = 32.0, 96.0
"""Sides, in pixels, of squares as large as the smallest medium and the smallest large object."""
NORMAL = 1.4826
"""The standard deviation of a normal distribution over its median absolute deviation."""
OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one question, and what a reviewer made final; None if nobody looked at it.

    What was accepted without a look is no truth here: its annotators would confirm themselves.
    """

    answers: Sequence[AnnotatorAnswer]
    truth: tuple[Mark, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A reviewer decided a point in dispute on which this annotator had taken a side."""

    annotator: str
    overturned: bool


@dataclass(frozen=True, slots=True)
class EdgeSpread:
    """Where left, top, right and bottom lie beside the truth's, as shares of its side, outwards
    above 0: the median, and the spread about it as a robust standard deviation. `n` is in boxes."""

    bias: Edges
    sigma: Edges
    n: int


@dataclass(frozen=True, slots=True)
class BoxQuality:
    """One annotator's figures; `basis` says against what, `questions` on how many.

    `recall` is the share of what is there that was drawn, `precision` of what was drawn that is
    there, `labels` of those found that have the right label; `iou` is their mean overlap.
    `duplicates` is the share of boxes drawn twice. Against the others' consensus, what only this
    annotator sees counts against the annotator.
    """

    basis: Basis
    questions: int
    recall: Share
    precision: Share
    labels: Share
    iou: Estimate
    edges: Mapping[Size, EdgeSpread]
    duplicates: Share
    overturned: Share


def box_quality(
    answered: Sequence[Answered], rulings: Iterable[Ruled], rng: np.random.Generator
) -> dict[str, BoxQuality]:
    """Figures of everybody who answered, by name.

    They are against reviewers' truth where that has 20 objects on the questions that the annotator
    answered, else against what most of at least two others drew there (leave one out).
    """
    decided = Counter((each.annotator, each.overturned) for each in rulings)
    people = sorted({answer.annotator for each in answered for answer in each.answers})
    return {name: _quality(name, answered, decided, rng) for name in people}


def _quality(
    name: str,
    answered: Sequence[Answered],
    decided: Mapping[tuple[str, bool], int],
    rng: np.random.Generator,
) -> BoxQuality:
    basis: Basis = "reviewed"
    pairs = _reviewed(name, answered)
    if sum(len(truth) for truth, _ in pairs) < FEW:
        others = _consensus(name, answered)
        if others:
            basis, pairs = "consensus", others
    compared = _Compared(pairs)
    overturned = decided.get((name, True), 0)
    return BoxQuality(
        basis=basis,
        questions=len(pairs),
        recall=share(len(compared.matches), compared.true.size),
        precision=share(len(compared.matches), compared.drawn.size),
        labels=compared.labels(),
        iou=compared.iou(len(pairs), rng),
        edges=compared.edges(),
        duplicates=share(compared.duplicates(), compared.drawn.size),
        overturned=share(overturned, overturned + decided.get((name, False), 0)),
    )


Pairs = list[tuple[tuple[Mark, ...], tuple[Mark, ...]]]
"""What is true of a question, and what one annotator drew there."""


def _reviewed(name: str, answered: Sequence[Answered]) -> Pairs:
    return [
        (each.truth, answer.marks)
        for each in answered
        for answer in each.answers
        if answer.annotator == name and each.truth is not None
    ]


def _consensus(name: str, answered: Sequence[Answered]) -> Pairs:
    """Against what more than half of the others drew, where there are two others or more."""
    own: list[tuple[Mark, ...]] = []
    others: list[Sequence[AnnotatorAnswer]] = []
    for each in answered:
        rest = [answer for answer in each.answers if answer.annotator != name]
        if len(rest) == len(each.answers) - 1 >= 2:
            others.append(rest)
            own += [answer.marks for answer in each.answers if answer.annotator == name]
    truths = [
        tuple(
            Mark(str(n), found.shape, found.label)
            for n, found in enumerate(objects)
            if 2 * found.votes > found.of
        )
        for objects in merge_objects(others)
    ]
    return list(zip(truths, own, strict=True))


class _Compared:
    """Truth and answer side by side, as the two annotators of a question."""

    def __init__(self, pairs: Pairs) -> None:
        self.columns = _side_by_side(pairs)
        self.true = np.flatnonzero(self.columns.person == 0)
        self.drawn = np.flatnonzero(self.columns.person == 1)
        self.matches: BoxMatches = match_boxes(self.columns)  # the truth comes first

    def labels(self) -> Share:
        true, drawn = self.matches.first, self.matches.second
        label = self.columns.label
        named = label[true] >= 0
        return share(int((label[true] == label[drawn])[named].sum()), int(named.sum()))

    def iou(self, questions: int, rng: np.random.Generator) -> Estimate:
        """The mean overlap; intervals over questions, `n` in matches."""
        question = self.columns.question[self.matches.first]
        sums = np.bincount(question, self.matches.iou, questions)
        counts = np.bincount(question, minlength=questions)
        draws = draw(np.column_stack((sums, counts)), rng)
        return draws.estimate(lambda rows: ratio(rows[..., 0], rows[..., 1]), len(self.matches))

    def duplicates(self) -> int:
        """How many were drawn again with the same label."""
        columns = self.columns
        first, second = overlapping_pairs(columns.question, columns.edges)
        twice = (columns.person[first] == 1) & (columns.person[second] == 1)
        twice &= columns.label[first] == columns.label[second]
        first, second = first[twice], second[twice]
        return int(np.unique(second[columns.overlap(first, second) >= DUPLICATE_IOU]).size)

    def edges(self) -> dict[Size, EdgeSpread]:
        true = self.columns.edges[self.matches.first]
        sides = true[:, 2:] - true[:, :2]
        off = (self.columns.edges[self.matches.second] - true) * OUTWARD / np.tile(sides, 2)
        side = np.sqrt(sides.prod(axis=1))
        chosen: dict[Size, IntArray] = {
            "small": np.flatnonzero(side < SMALL),
            "medium": np.flatnonzero((side >= SMALL) & (side < LARGE)),
            "large": np.flatnonzero(side >= LARGE),
            "all": np.arange(side.size),
        }
        return {size: _spread(off[rows]) for size, rows in chosen.items() if rows.size}


def _side_by_side(pairs: Pairs) -> Columns:
    """Person 0 is the truth and person 1 the annotator; both are there if anybody is."""
    truth, answer = AnnotatorAnswer("0", "accept"), AnnotatorAnswer("1", "accept")
    return to_columns(
        [(replace(truth, marks=true), replace(answer, marks=drawn)) for true, drawn in pairs]
    )


def _spread(off: FloatArray) -> EdgeSpread:
    bias = np.median(off, axis=0)
    sigma = NORMAL * np.median(np.abs(off - bias), axis=0)
    left, top, right, bottom = bias.tolist()
    return EdgeSpread((left, top, right, bottom), tuple(sigma.tolist()), len(off))
