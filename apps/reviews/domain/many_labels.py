"""Step E for more labels than confusion matrices are kept of: people are right or wrong, and who is
wrong may have meant any other label."""

from __future__ import annotations

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import Columns, IntArray, totals
from apps.reviews.domain.label_votes import (
    ENOUGH,
    ROUNDS,
    Ballots,
    Naming,
    accuracies,
    naming_of,
    widened,
)

Part = tuple[IntArray, IntArray, IntArray, FloatArray]


def name_by_accuracy(ballots: Ballots, naming: Naming, extra: int) -> Part:
    """Object, label, votes and probability of every label that was given to an object."""
    width = len(naming.labels) + extra
    counts = widened(naming.counts, extra)
    pairs, pair = _pairs(ballots, width)
    chance = _expected(ballots, pairs, pair, naming.accuracy, counts)
    votes = np.bincount(pair, minlength=pairs.size)
    return pairs // width, pairs % width, votes, chance


def learn_accuracies(columns: Columns, ballots: Ballots, z: FloatArray) -> Naming:
    """How often people are right, each object counted with the probability `z` that it is real."""
    people, labels = len(columns.people), len(columns.labels)
    pairs, pair = _pairs(ballots, labels)
    objects, weight = pairs // labels, z[ballots.object]
    given = totals(ballots.person, weight, people)
    cast = np.bincount(ballots.object, minlength=z.size)[objects]
    truth = (np.bincount(pair, minlength=pairs.size) + 0.1 / labels) / (cast + 0.1)
    for _ in range(ROUNDS):
        hits = totals(ballots.person, truth[pair] * weight, people)
        accuracy, common = accuracies(hits, given)
        counts = totals(pairs % labels, truth * z[objects], labels)
        before, truth = truth, _expected(ballots, pairs, pair, accuracy, counts)
        if not truth.size or np.abs(truth - before).max() < ENOUGH:
            break
    return naming_of(columns.labels, accuracy, common, np.zeros((people, 0, 0)), counts)


def _pairs(ballots: Ballots, width: int) -> tuple[IntArray, IntArray]:
    """The distinct pairs of object and label, object * width + label; and that of each ballot."""
    return np.unique(ballots.object * width + ballots.label, return_inverse=True)


def _expected(
    ballots: Ballots, pairs: IntArray, pair: IntArray, accuracy: FloatArray, counts: FloatArray
) -> FloatArray:
    """The probability of each pair. Labels that nobody gave an object share what all were wrong."""
    width = counts.size
    objects, place = np.unique(pairs // width, return_inverse=True)
    right = np.log(accuracy[ballots.person])
    wrong = np.log1p(-accuracy[ballots.person]) - np.log(max(width - 1, 1))
    voted = totals(pair, right - wrong, pairs.size) + np.log(counts[pairs % width] + 1)
    unvoted = (counts + 1).sum() - totals(place, counts[pairs % width] + 1, objects.size)
    top = np.zeros(objects.size)
    np.maximum.at(top, place, voted)
    likely = np.exp(voted - top[place])
    total = totals(place, likely, objects.size) + np.maximum(unvoted, 0.0) * np.exp(-top)
    return np.asarray(likely / total[place])
