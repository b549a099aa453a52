"""How well each annotator names classes, against what a reviewer made final, or the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from apps.reviews.domain.class_agreement import label_counts
from apps.reviews.domain.class_votes import Ballots
from apps.reviews.domain.estimates import FEW, IntArray, Share, share
from apps.reviews.domain.quality import Basis


@dataclass(frozen=True, slots=True)
class ClassQuality:
    """One annotator's figures; `basis` says against what. `confusions` are what was true, what was
    said instead and how often, most often first."""

    basis: Basis
    right: Share
    confusions: tuple[tuple[str, str, int], ...]


def class_quality(ballots: Ballots, truth: Mapping[str, str]) -> dict[str, ClassQuality]:
    """Figures of everybody who voted, by name; `truth` is what reviewers said of items.

    They are against the truth where 20 items that the annotator voted on have one, else against the
    label that leads among at least two others (leave one out). Raises TooMuchToCompare.
    """
    names = list(dict.fromkeys([*ballots.labels, *truth.values()]))
    place = {label: n for n, label in enumerate(names)}
    known = np.array([place[truth[item]] if item in truth else -1 for item in ballots.items])
    counts = label_counts(ballots)
    found = {}
    for n, name in enumerate(ballots.annotators):
        votes = np.flatnonzero(ballots.annotator == n)
        basis, true = _true(ballots, counts, votes, known[ballots.item[votes]])
        judged = true >= 0
        found[name] = _quality(names, basis, true[judged], ballots.label[votes[judged]])
    return found


def _true(
    ballots: Ballots, counts: IntArray, votes: IntArray, reviewed: IntArray
) -> tuple[Basis, IntArray]:
    """What is true of the items of one annotator's votes, -1 where that cannot be said."""
    if (reviewed >= 0).sum() < FEW:
        others = _others(counts[ballots.item[votes]], ballots.label[votes])
        if (others >= 0).any():
            return "consensus", others
    return "reviewed", reviewed


def _others(counts: IntArray, said: IntArray) -> IntArray:
    """The label that leads without what was said; -1 on a tie, or if there is but one other."""
    rows = np.arange(said.size)
    counts[rows, said] -= 1
    best = counts.argmax(axis=1)
    leads = (counts == counts[rows, best][:, None]).sum(axis=1) == 1
    return np.where(leads & (counts.sum(axis=1) >= 2), best, -1)


def _quality(names: list[str], basis: Basis, true: IntArray, said: IntArray) -> ClassQuality:
    pairs, counts = np.unique((true, said), axis=1, return_counts=True)
    confusions = [
        (names[t], names[s], count)
        for t, s, count in zip(*pairs.tolist(), counts.tolist(), strict=True)
        if t != s
    ]
    confusions.sort(key=lambda each: (-each[2], each[0], each[1]))
    return ClassQuality(basis, share(int((true == said).sum()), true.size), tuple(confusions))
