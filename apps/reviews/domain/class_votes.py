"""Votes that name one class each, as columns of numbers in canonical order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

Vote = tuple[str, str, str]
"""Item, annotator, label."""


class VotedTwice(ValueError):
    """One annotator has two votes on one item; `vote` is the place of the later one."""

    def __init__(self, vote: int) -> None:
        super().__init__(f"vote {vote} is the second one of its annotator on its item")
        self.vote = vote


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """M votes on N items, sorted by (item, annotator); names are sorted, codes are their places.

    `starts` is where each item's votes begin. Every item has a vote; labels may have none.
    """

    items: tuple[str, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    item: IntArray
    annotator: IntArray
    label: IntArray
    starts: IntArray


def to_ballots(votes: Sequence[Vote], labels: Iterable[str] = ()) -> Ballots:
    """The votes in canonical order, so that the order of the input changes nothing.

    `labels` may name some that nobody voted for. Raises VotedTwice.
    """
    # Not zip(*votes): with a hundred thousand arguments it takes four times as long.
    columns = [list(map(itemgetter(place), votes)) for place in range(3)]
    names = [tuple(sorted(set(column))) for column in columns]
    names[2] = tuple(sorted({*labels, *names[2]}))
    item, annotator, label = (_codes(column, of) for column, of in zip(columns, names, strict=True))
    order = np.argsort(item * len(names[1]) + annotator, kind="stable")
    item, annotator = item[order], annotator[order]
    again = np.flatnonzero((item[1:] == item[:-1]) & (annotator[1:] == annotator[:-1]))
    if again.size:  # the sort is stable, so the later of two comes second
        raise VotedTwice(int(order[again + 1].min()))
    return Ballots(
        *(names[0], names[1], names[2]),
        item=item,
        annotator=annotator,
        label=label[order],
        starts=np.flatnonzero(np.diff(item, prepend=-1)),
    )


def _codes(column: Sequence[str], names: Sequence[str]) -> IntArray:
    place = {name: n for n, name in enumerate(names)}
    return np.fromiter(map(place.__getitem__, column), np.int64, len(column))
