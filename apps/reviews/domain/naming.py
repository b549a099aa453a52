"""The probability of each label of each object, given how people name things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import Columns, IntArray, run_sizes, run_starts
from apps.reviews.domain.groups import Groups
from apps.reviews.domain.label_votes import (
    MOST_CELLS,
    MOST_LABELS,
    Ballots,
    Naming,
    ballots_of,
    learn_rows,
    log_rows,
    normalised,
    widened,
)
from apps.reviews.domain.many_labels import learn_accuracies, name_by_accuracy

SHOWN = 0.01
"""Labels that nobody gave are told of from this probability on."""
CELLS = 1_000_000
"""Numbers held at a time: objects times labels."""


@dataclass(frozen=True, slots=True)
class Named:
    """Labels of objects by place in `labels`: their `votes`, and how probable each is.

    Sorted by object, then most votes first, then by name. An object to which nobody gave a label
    has no entry.
    """

    labels: tuple[str, ...]
    object: IntArray
    label: IntArray
    votes: IntArray
    probability: FloatArray


@dataclass(frozen=True, slots=True)
class _Slate:
    """Ballots with labels as each question knows them: those of the naming by their place there,
    and after them those that are new in this question. `extra` counts the latter, by question;
    `new` are their places in `Columns.labels`, question after question from `begin` on."""

    label: IntArray
    extra: IntArray
    begin: IntArray
    new: IntArray


def name_objects(columns: Columns, groups: Groups, naming: Naming) -> Named:
    """How probable each label is. What a question cannot be about is left out: its labels are those
    of the naming, and those that somebody gave there."""
    ballots = ballots_of(columns, groups)
    question = columns.question[groups.rows[groups.starts]]
    slate = _slate(columns, ballots, question[ballots.object], naming)
    mine = Ballots(ballots.object, ballots.person, slate.label)
    extras = slate.extra[question[ballots.object]]
    parts = []
    for extra in sorted(set(extras.tolist())):
        some = mine.where(extras == extra) if extras.min() < extras.max() else mine
        many = len(naming.labels) + extra > MOST_LABELS or not _keeps_rows(naming)
        parts.append((name_by_accuracy if many else _by_rows)(some, naming, extra))
    return _joined(columns, naming, slate, question, parts)


def learn_naming(columns: Columns, ballots: Ballots, z: FloatArray) -> Naming:
    """How people name objects, each object counted with the probability `z` that it is real."""
    labels = len(columns.labels)
    many = labels > MOST_LABELS or len(columns.people) * labels**2 > MOST_CELLS
    return (learn_accuracies if many else learn_rows)(columns, ballots, z)


def _keeps_rows(naming: Naming) -> bool:
    return naming.confusions.size > 0 or not naming.labels


def _slate(columns: Columns, ballots: Ballots, question: IntArray, naming: Naming) -> _Slate:
    place = {label: n for n, label in enumerate(naming.labels)}
    known = np.array([place.get(label, -1) for label in columns.labels], np.int64)
    label = known[ballots.label]
    unknown = label < 0
    if not unknown.any():
        none = np.zeros(columns.teams.kind.size, np.int64)
        return _Slate(label, none, none, none)
    pairs, rank = np.unique(
        question[unknown] * len(columns.labels) + ballots.label[unknown], return_inverse=True
    )
    owner = pairs // len(columns.labels)
    extra = np.bincount(owner, minlength=columns.teams.kind.size)
    begin = np.cumsum(extra) - extra
    label[unknown] = len(naming.labels) + rank - begin[question[unknown]]
    return _Slate(label, extra, begin, pairs % len(columns.labels))


Part = tuple[IntArray, IntArray, IntArray, FloatArray]
"""Object, label, votes, probability."""


def _by_rows(ballots: Ballots, naming: Naming, extra: int) -> Part:
    rows, width = log_rows(naming, extra), len(naming.labels) + extra
    prior = np.log(widened(naming.counts, extra) + 1)
    starts = run_starts(ballots.object)
    objects = ballots.object[starts]
    place = np.repeat(np.arange(starts.size), run_sizes(starts, ballots.object.size))
    votes = np.zeros((objects.size, width), np.int64)
    np.add.at(votes, (place, ballots.label), 1)
    chance = np.empty(votes.shape)
    step = max(CELLS // width, 1)
    for low in range(0, objects.size, step):
        high = min(low + step, objects.size)
        begin, end = starts[low], starts[high] if high < starts.size else place.size
        said = rows[ballots.person[begin:end], ballots.label[begin:end]]
        chance[low:high] = normalised(np.add.reduceat(said, starts[low:high] - begin) + prior)
    row, label = np.nonzero((votes > 0) | (chance >= SHOWN))
    return objects[row], label, votes[row, label], chance[row, label]


def _joined(
    columns: Columns, naming: Naming, slate: _Slate, question: IntArray, parts: list[Part]
) -> Named:
    """The parts in order, labels by name."""
    if not parts:
        none = np.empty(0, np.int64)
        return Named((), none, none, none, np.empty(0))
    thing, local, votes, chance = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    names = tuple(sorted({*columns.labels, *naming.labels}))
    code = {name: n for n, name in enumerate(names)}
    known = np.array([code[name] for name in naming.labels], np.int64)
    drawn = np.array([code[name] for name in columns.labels], np.int64)
    new = local >= known.size
    label = np.empty_like(local)
    label[~new] = known[local[~new]]
    if new.any():
        at = slate.begin[question[thing[new]]] + local[new] - known.size
        label[new] = drawn[slate.new[at]]
    order = np.lexsort((label, -votes, thing))
    return Named(names, thing[order], label[order], votes[order], chance[order])
