"""Agreement on classes: of all, by label, between every two annotators, and without each one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from apps.reviews.domain.agreement import Agreement, agreement, alpha
from apps.reviews.domain.class_votes import Ballots
from apps.reviews.domain.estimates import Estimate, FloatArray, IntArray, draw, ratio
from apps.reviews.domain.pairs import runs

MAX_CELLS = 50_000_000
"""Items times labels, or pairs of answers to one item; more would not fit in memory."""
MOST_PEOPLE = 100
"""Of more people no table of two by two is made, nor figures without each one."""
FEW_ROUNDS = 200
"""Pairs and annotators are many, and a rough interval does."""


class TooMuchToCompare(ValueError):
    """There are too many items times labels, or answers to one item, for the memory."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators on the items that both answered; `kappa` is Cohen's."""

    first: str
    second: str
    percent: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """`labels` has each label against all others. `without` is alpha when an annotator's answers
    are left out: far above that of all, this annotator is the outlier. Of more than MOST_PEOPLE
    `pairs` and `without` are empty."""

    overall: Agreement
    labels: Mapping[str, Agreement]
    pairs: tuple[PairAgreement, ...]
    without: Mapping[str, Estimate]


def class_agreement(ballots: Ballots, rng: np.random.Generator) -> ClassAgreement:
    """All figures of one set of votes. Raises TooMuchToCompare."""
    counts = label_counts(ballots)
    answers = counts.sum(axis=1)
    if (answers * (answers - 1)).sum() > 2 * MAX_CELLS:
        raise TooMuchToCompare
    few = len(ballots.annotators) <= MOST_PEOPLE
    return ClassAgreement(
        overall=agreement(counts, rng),
        labels={
            label: agreement(np.column_stack((column, answers - column)), rng)
            for label, column in zip(ballots.labels, counts.T, strict=True)
        },
        pairs=pair_agreements(ballots, rng) if few else (),
        without={
            name: alpha(_without(ballots, counts, n), rng, FEW_ROUNDS)
            for n, name in enumerate(ballots.annotators if few else ())
        },
    )


def label_counts(ballots: Ballots) -> IntArray:
    """(items, labels): how many gave an item this label. Raises TooMuchToCompare."""
    shape = (len(ballots.items), len(ballots.labels))
    if shape[0] * shape[1] > MAX_CELLS:
        raise TooMuchToCompare
    cells = ballots.item * shape[1] + ballots.label
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _without(ballots: Ballots, counts: IntArray, annotator: int) -> IntArray:
    own = ballots.annotator == annotator
    rest = counts.copy()
    rest[ballots.item[own], ballots.label[own]] -= 1
    return rest


def pair_agreements(ballots: Ballots, rng: np.random.Generator) -> tuple[PairAgreement, ...]:
    """Every two annotators who answered an item in common, by name."""
    people, labels = len(ballots.annotators), len(ballots.labels)
    ends = np.append(ballots.starts[1:], ballots.item.size)
    votes = np.arange(ballots.item.size)
    first, second = runs(votes, ends[ballots.item] - votes - 1)
    pair = ballots.annotator[first] * people + ballots.annotator[second]
    said = ballots.label[first] * labels + ballots.label[second]
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    return tuple(
        _pair(ballots, int(pair[part[0]]), said[part], rng)
        for part in np.split(order, starts[1:])
        if part.size
    )


def _pair(ballots: Ballots, pair: int, said: IntArray, rng: np.random.Generator) -> PairAgreement:
    one, other = divmod(pair, len(ballots.annotators))
    codes, compact = np.unique(np.divmod(said, len(ballots.labels)), return_inverse=True)
    one_said, other_said = compact.reshape(2, -1)
    rows = _table_rows(one_said, other_said, codes.size)
    draws = draw(rows, rng, FEW_ROUNDS)
    return PairAgreement(
        first=ballots.annotators[one],
        second=ballots.annotators[other],
        percent=draws.estimate(lambda sums: ratio(sums[..., 0], sums[..., 1])),
        kappa=draws.estimate(_cohen),
    )


def _table_rows(first: IntArray, second: IntArray, labels: int) -> FloatArray:
    """Of each item: whether both said the same, 1, then what the first and what the second said."""
    said = np.eye(labels)
    return np.column_stack((first == second, np.ones(first.size), said[first], said[second]))


def _cohen(sums: FloatArray) -> FloatArray:
    """Observed agreement above that of chance, by each one's own habits."""
    n, labels = sums[..., 1], (sums.shape[-1] - 2) // 2
    by_chance = (sums[..., 2 : 2 + labels] * sums[..., 2 + labels :]).sum(axis=-1)
    return ratio(n * sums[..., 0] - by_chance, n * n - by_chance)
