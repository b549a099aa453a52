"""What is known of people who name classes: how often each is right, and what else they say.

Dawid and Skene (Applied Statistics 28, 1979) as a maximum a posteriori estimate: the rows of an
annotator's confusion matrix are shrunk to what this annotator's accuracy and everybody's confusions
foretell, so that one code serves from one answer to thousands. No gold is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.reviews.domain.class_votes import Ballots, IntArray

FloatArray = NDArray[np.float64]

ALGORITHM = "map-dawid-skene/1"
ROUNDS, SETTLED = 8, 1e-3
ROW_STRENGTH = 10.0
"""A row prior weighs as much as so many answers."""
OWN_STRENGTH = 4.0
"""Everybody's accuracy weighs as much as so many answers of one's own."""
MAX_LABELS, MAX_CELLS = 64, 2e7
"""Beyond so many labels, or cells of all confusion matrices, nobody has rows of their own."""
MAX_WORK = 5e7
"""Votes times labels that are learnt from; beyond it the numbers would not fit in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatorSkill:
    """`rows[said, true]` is how probably this annotator says one label where another is true; None
    if only the accuracy is known. `answers` is on how many items that rests."""

    answers: int
    accuracy: float
    rows: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class ClassSkills:
    """Learnt skills, to be stored and applied to one item at a time.

    `counts` is how often each label was true, `confused[said, true]` what a wrong answer says (its
    columns sum to 1 and its diagonal is 0), `accuracy` what is expected of an unknown annotator.
    """

    labels: tuple[str, ...]
    counts: FloatArray
    confused: FloatArray
    accuracy: float
    annotators: Mapping[str, AnnotatorSkill]

    def answers_of(self, annotator: str) -> int:
        """On how many answers the skill of an annotator rests."""
        skill = self.annotators.get(annotator)
        return skill.answers if skill else 0

    def posterior(self, votes: Mapping[str, str]) -> FloatArray | None:
        """How probable each of `labels` is, given annotators' votes on one item.

        None if a vote names a label that was unknown when the skills were learnt.
        """
        place = {label: n for n, label in enumerate(self.labels)}
        if not all(label in place for label in votes.values()):
            return None
        weight = np.log(self.counts + 1)
        for annotator in sorted(votes):  # one order, one sum
            weight = weight + np.log(self._row(annotator, place[votes[annotator]]))
        return _normalised(weight)

    def _row(self, annotator: str, said: int) -> FloatArray:
        skill = self.annotators.get(annotator)
        if skill is not None and skill.rows is not None:
            row: FloatArray = skill.rows[said]
            return row
        accuracy = skill.accuracy if skill else self.accuracy
        row = np.multiply(1 - accuracy, self.confused[said])
        row[said] = accuracy
        return row

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage; there `confusion` and `confused` have a row for each true label."""
        return {
            "algorithm": ALGORITHM,
            "labels": list(self.labels),
            "counts": self.counts.tolist(),
            "confused": self.confused.T.tolist(),
            "accuracy": self.accuracy,
            "annotators": {
                name: {
                    "answers": skill.answers,
                    "accuracy": skill.accuracy,
                    "confusion": None if skill.rows is None else skill.rows.T.tolist(),
                }
                for name, skill in self.annotators.items()
            },
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> ClassSkills:
        """What `as_dict` wrote."""
        annotators = {
            name: AnnotatorSkill(
                answers=skill["answers"],
                accuracy=skill["accuracy"],
                rows=None if skill["confusion"] is None else np.array(skill["confusion"]).T,
            )
            for name, skill in stored["annotators"].items()
        }
        return cls(
            labels=tuple(stored["labels"]),
            counts=np.array(stored["counts"]),
            confused=np.array(stored["confused"]).T,
            accuracy=stored["accuracy"],
            annotators=annotators,
        )


def can_learn(ballots: Ballots) -> bool:
    """Whether there is something to learn from, and not too much of it."""
    votes, labels = ballots.label.size, len(ballots.labels)
    return votes > 0 and labels > 1 and max(votes, labels) * labels <= MAX_WORK


def learn(ballots: Ballots) -> tuple[ClassSkills, FloatArray]:
    """The skills, and for each item how probable each label is: (N, K), rows sum to 1.

    Needs `can_learn`. These probabilities are too sure of themselves: annotators share errors.
    """
    matrices = _Matrices(ballots)
    truth = matrices.shares()
    for _ in range(ROUNDS):
        model = matrices.estimate(truth)
        previous, truth = truth, matrices.posterior(truth, model)
        if np.abs(truth - previous).max() < SETTLED:
            break
    model = matrices.estimate(truth)
    annotators = {
        name: AnnotatorSkill(
            answers=int(matrices.answers[n]),
            accuracy=float(model.accuracy[n]),
            rows=None if model.rows is None else model.rows[n],
        )
        for n, name in enumerate(ballots.annotators)
    }
    counts = truth.sum(axis=0)
    skills = ClassSkills(ballots.labels, counts, model.confused, model.expected, annotators)
    return skills, truth


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """One round's estimate; `rows` is (annotators, said, true)."""

    expected: float
    accuracy: FloatArray
    confused: FloatArray
    rows: FloatArray | None


class _Matrices:
    """The two steps of the EM over all votes at once."""

    def __init__(self, ballots: Ballots) -> None:
        self.ballots = ballots
        self.labels, people = len(ballots.labels), len(ballots.annotators)
        self.own_rows = self.labels <= MAX_LABELS and people * self.labels**2 <= MAX_CELLS
        self.answers = np.bincount(ballots.annotator, minlength=people)
        # A vote's row among those that are summed: of who said what, or only of what was said.
        self.hands = people if self.own_rows else 1
        self.row = ballots.label + (ballots.annotator * self.labels if self.own_rows else 0)
        by_row = np.argsort(self.row, kind="stable")
        ranked = self.row[by_row]
        self.row_starts = np.flatnonzero(np.diff(ranked, prepend=-1))
        self.filled: IntArray = ranked[self.row_starts]
        self.item_by_row: IntArray = ballots.item[by_row]
        self.turns = list(_turns(ballots))

    def shares(self) -> FloatArray:
        """The shares of votes, with which the EM begins."""
        cells = self.ballots.item * self.labels + self.ballots.label
        shape = (len(self.ballots.items), self.labels)
        votes = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape) + 0.1 / self.labels
        return np.asarray(votes / votes.sum(axis=1, keepdims=True))

    def estimate(self, truth: FloatArray) -> _Model:
        """The M-step: what annotators must be like if this is the truth."""
        said = np.zeros((self.hands * self.labels, self.labels))
        said[self.filled] = np.add.reduceat(
            truth.take(self.item_by_row, axis=0), self.row_starts, axis=0
        )
        counted = said.reshape(self.hands, self.labels, self.labels)
        right = truth[self.ballots.item, self.ballots.label]
        hits = np.bincount(self.ballots.annotator, right, self.answers.size)
        expected = float((hits.sum() + 8) / (right.size + 10))
        accuracy = (hits + OWN_STRENGTH * expected) / (self.answers + OWN_STRENGTH)
        confused = counted.sum(axis=0) + 0.5
        np.fill_diagonal(confused, 0.0)
        confused /= confused.sum(axis=0)
        rows = self._rows(counted, accuracy, confused) if self.own_rows else None
        return _Model(expected, accuracy, confused, rows)

    def _rows(self, counted: FloatArray, accuracy: FloatArray, confused: FloatArray) -> FloatArray:
        prior = _row_prior(accuracy, confused)
        weight = counted.sum(axis=1, keepdims=True) + ROW_STRENGTH
        return np.asarray((counted + ROW_STRENGTH * prior) / weight)

    def posterior(self, truth: FloatArray, model: _Model) -> FloatArray:
        """The E-step: what is true if annotators are like this."""
        weight = np.tile(np.log(truth.sum(axis=0) + 1), (len(truth), 1))
        rows = None if model.rows is None else np.log(model.rows).reshape(-1, self.labels)
        for items, votes in self.turns:
            said = (
                self._without_rows(model, votes)
                if rows is None
                else rows.take(self.row[votes], axis=0)
            )
            if items.size == len(weight):  # a view is twice as fast as a choice of rows
                weight += said
            else:
                weight[items] += said
        return _normalised(weight)

    def _without_rows(self, model: _Model, votes: IntArray) -> FloatArray:
        """What the row prior says of these votes: (votes, true), as logarithms."""
        label = self.ballots.label[votes]
        accuracy = model.accuracy[self.ballots.annotator[votes]]
        said = (1 - accuracy)[:, None] * model.confused.take(label, axis=0)
        said[np.arange(label.size), label] = accuracy
        return np.log(said)


def _turns(ballots: Ballots) -> Iterator[tuple[IntArray, IntArray]]:
    """The first votes of all items, then the second ones, and so on: items, and places of votes.

    A sum over few long columns is faster than one over many short rows.
    """
    turn = np.arange(ballots.item.size) - ballots.starts[ballots.item]
    votes = np.argsort(turn, kind="stable")
    for part in np.split(votes, np.flatnonzero(np.diff(turn[votes])) + 1):
        yield ballots.item[part], part


def _row_prior(accuracy: FloatArray, confused: FloatArray) -> FloatArray:
    """(annotators, said, true): right with the annotator's accuracy, else wrong as all are."""
    prior = (1 - accuracy)[:, None, None] * confused
    diagonal = np.arange(len(confused))
    prior[:, diagonal, diagonal] = accuracy[:, None]
    return np.asarray(prior)


def _normalised(weight: FloatArray) -> FloatArray:
    """Probabilities of log weights, along the last axis, in their place."""
    weight -= weight.max(axis=-1, keepdims=True)
    np.exp(weight, out=weight)
    weight /= weight.sum(axis=-1, keepdims=True)
    return weight
