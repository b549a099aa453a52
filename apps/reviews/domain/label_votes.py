"""What an object is called, from what people called it: step E of the README.

Dawid and Skene's confusion matrices, each row shrunk to its annotator's accuracy times what all
people confuse (maximum a posteriori), so that few answers behave like a majority vote.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import (
    BoolArray,
    Columns,
    IntArray,
    run_sizes,
    run_starts,
    spread,
    totals,
)
from apps.reviews.domain.groups import Groups

ACCURACY = 0.8
ROUNDS, ENOUGH = 8, 1e-3
LEAST_KEPT = 1e-3
"""Fewer votes than this, which a confusion always has a trace of, are not kept."""
STRENGTH = 10.0
"""So many votes is the prior of a row worth."""
MOST_LABELS, MOST_CELLS = 64, 2e7
"""Beyond these, what an annotator confuses is not kept, only how often one is right."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How people name objects; `labels` are sorted.

    `accuracy` of each person by place, `common` that of anybody. `said[a, s, t]` is how often a
    said s of what is t, of shape (A, 0, 0) when that is not kept; `confusions[s, t]` sums it over
    all people, without what was right. `counts[t]` is how many objects are t.
    """

    labels: tuple[str, ...]
    accuracy: FloatArray
    common: float
    said: FloatArray
    confusions: FloatArray
    counts: FloatArray


@dataclass(frozen=True, slots=True)
class Ballots:
    """Labels that people gave, by object: by whom (a place in `Columns.people`) and what."""

    object: IntArray
    person: IntArray
    label: IntArray

    def where(self, chosen: BoolArray) -> Ballots:
        return Ballots(self.object[chosen], self.person[chosen], self.label[chosen])


def unknown_naming(people: int) -> Naming:
    """Of people of whom nothing is known."""
    accuracy = np.full(people, ACCURACY)
    return naming_of((), accuracy, ACCURACY, np.zeros((people, 0, 0)), np.zeros(0))


def naming_of(
    labels: tuple[str, ...],
    accuracy: FloatArray,
    common: float,
    said: FloatArray,
    counts: FloatArray,
) -> Naming:
    """The naming in which people confuse what they said."""
    confusions = said.sum(axis=0)
    np.fill_diagonal(confusions, 0.0)
    return Naming(labels, accuracy, common, said, confusions, counts)


def ballots_of(columns: Columns, groups: Groups) -> Ballots:
    """The labels given to each object."""
    label = columns.label[groups.rows]
    given = label >= 0
    return Ballots(groups.object[given], columns.person[groups.rows][given], label[given])


def learn_rows(columns: Columns, ballots: Ballots, z: FloatArray) -> Naming:
    """How people name objects, each object counted with the probability `z` that it is real.

    Objects that the same people called the same are one, with the weight of all.
    """
    people, labels = len(columns.people), len(columns.labels)
    kinds, weight = _kinds(ballots, labels, z)
    votes = np.zeros((weight.size, labels))
    np.add.at(votes, (kinds.object, kinds.label), 1)
    truth = votes + 0.1 / max(labels, 1)
    truth /= truth.sum(axis=1, keepdims=True)
    hand = kinds.person * labels + kinds.label
    by_hand = np.argsort(hand, kind="stable")
    first, starts = run_starts(hand[by_hand]), run_starts(kinds.object)
    naming = unknown_naming(people)
    for _ in range(ROUNDS if weight.size else 0):
        weighted = truth * weight[:, None]
        said = np.zeros((people * labels, labels))
        said[hand[by_hand][first]] = np.add.reduceat(weighted[kinds.object[by_hand]], first)
        naming = _maximised(columns.labels, said.reshape(people, labels, labels), weighted)
        score = np.add.reduceat(log_rows(naming, 0)[kinds.person, kinds.label], starts)
        before, truth = truth, normalised(score + np.log(naming.counts + 1))
        if np.abs(truth - before).max() < ENOUGH:
            break
    said = np.where(naming.said < LEAST_KEPT, 0.0, naming.said)
    return naming_of(naming.labels, naming.accuracy, naming.common, said, naming.counts)


def _kinds(ballots: Ballots, labels: int, z: FloatArray) -> tuple[Ballots, FloatArray]:
    """The distinct ways in which objects were voted on as ballots, and the weight of each."""
    starts = run_starts(ballots.object)
    sizes = run_sizes(starts, ballots.object.size)
    objects, owner = ballots.object[starts], np.repeat(np.arange(starts.size), sizes)
    table = np.full((sizes.max(initial=0), objects.size), -1)
    table[np.arange(owner.size) - starts[owner], owner] = ballots.person * labels + ballots.label
    order = np.lexsort(table) if objects.size else objects
    new = np.ones(objects.size, np.bool_)
    new[1:] = (table[:, order[1:]] != table[:, order[:-1]]).any(axis=0)
    kind = np.empty(objects.size, np.int64)
    kind[order] = np.cumsum(new) - 1
    example = order[new]
    chosen = spread(np.arange(owner.size), starts[example], sizes[example])
    return Ballots(
        np.repeat(np.arange(example.size), sizes[example]),
        ballots.person[chosen],
        ballots.label[chosen],
    ), totals(kind, z[objects], example.size)


def _maximised(labels: tuple[str, ...], said: FloatArray, weighted: FloatArray) -> Naming:
    hits, given = np.trace(said, axis1=1, axis2=2), said.sum(axis=(1, 2))
    accuracy, common = accuracies(hits, given)
    return naming_of(labels, accuracy, common, said, weighted.sum(axis=0))


def accuracies(hits: FloatArray, given: FloatArray) -> tuple[FloatArray, float]:
    """The share of right labels of each person, drawn to that of all, which comes second."""
    common = float((hits.sum() + 10 * ACCURACY) / (given.sum() + 10))
    return (hits + 4 * common) / (given + 4), common


def log_rows(naming: Naming, unknown: int) -> FloatArray:
    """log P(a says s of what is t) as [a, s, t], with so many labels more than are known."""
    weights = widened(naming.confusions, unknown) + 0.5
    np.fill_diagonal(weights, 0.0)
    totals = weights.sum(axis=0)
    wrong = weights / np.where(totals > 0, totals, 1.0)
    accuracy = naming.accuracy[:, None, None]
    prior = accuracy * np.eye(len(weights)) + (1 - accuracy) * wrong
    said = widened(naming.said, unknown)
    return np.asarray(np.log((said + STRENGTH * prior) / (said.sum(axis=1)[:, None] + STRENGTH)))


def widened(table: FloatArray, more: int) -> FloatArray:
    """The table with so many zeros more in its last two dimensions, or its only one."""
    if not more:
        return table
    last = min(table.ndim, 2)
    return np.pad(table, [(0, 0)] * (table.ndim - last) + [(0, more)] * last)


def normalised(score: FloatArray) -> FloatArray:
    """Probabilities, row by row, from logarithms of what they are proportional to."""
    likely = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))
