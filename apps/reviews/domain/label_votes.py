"""What an object is called, from what people called it: step E of the README.

Dawid and Skene's confusion matrices, each row shrunk to its annotator's accuracy times what all
people confuse (maximum a posteriori), so that few answers behave like a majority vote.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import Columns, IntArray
from apps.reviews.domain.groups import Groups

ACCURACY = 0.8
ROUNDS, ENOUGH = 8, 1e-3
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
    """How people name objects, each object counted with the probability `z` that it is real."""
    people, labels = len(columns.people), len(columns.labels)
    objects, place = np.unique(ballots.object, return_inverse=True)
    weight = z[objects]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    votes = np.zeros((objects.size, labels))
    np.add.at(votes, (place, ballots.label), 1)
    truth = votes + 0.1 / max(labels, 1)
    truth /= truth.sum(axis=1, keepdims=True)
    by_hand = np.argsort(ballots.person * labels + ballots.label, kind="stable")
    hand = (ballots.person * labels + ballots.label)[by_hand]
    first = np.flatnonzero(np.diff(hand, prepend=-1))
    naming = unknown_naming(people)
    for _ in range(ROUNDS if objects.size else 0):
        weighted = truth * weight[:, None]
        said = np.zeros((people * labels, labels))
        said[hand[first]] = np.add.reduceat(weighted[place[by_hand]], first)
        naming = _maximised(columns.labels, said.reshape(people, labels, labels), weighted)
        score = np.add.reduceat(log_rows(naming, 0)[ballots.person, ballots.label], starts)
        before, truth = truth, normalised(score + np.log(naming.counts + 1))
        if np.abs(truth - before).max() < ENOUGH:
            break
    return naming


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
    more = (0, unknown)
    weights = np.pad(naming.confusions, (more, more)) + 0.5
    np.fill_diagonal(weights, 0.0)
    totals = weights.sum(axis=0)
    wrong = weights / np.where(totals > 0, totals, 1.0)
    accuracy = naming.accuracy[:, None, None]
    prior = accuracy * np.eye(len(weights)) + (1 - accuracy) * wrong
    said = np.pad(naming.said, ((0, 0), more, more))
    return np.asarray(np.log((said + STRENGTH * prior) / (said.sum(axis=1)[:, None] + STRENGTH)))


def normalised(score: FloatArray) -> FloatArray:
    """Probabilities, row by row, from logarithms of what they are proportional to."""
    likely = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))
