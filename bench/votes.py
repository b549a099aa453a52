"""Items with a known class, and what people of known care would call them.

As in the scenes two things are shared by all who look at an item, because without them every vote
looks too good: how hard it is, and what it is mistaken for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Crowd:
    """`accuracies` has one person each; so many of them answer each item."""

    accuracies: Sequence[float]
    per_item: int
    labels: int = 10


@dataclass(frozen=True, slots=True)
class Poll:
    """`truth` by item, and votes of (item, person, label)."""

    truth: dict[str, str]
    votes: list[tuple[str, str, str]]


def poll(crowd: Crowd, *, items: int, seed: int) -> Poll:
    """Ask the crowd about so many items."""
    rng = np.random.default_rng(seed)
    people, labels = len(crowd.accuracies), crowd.labels
    truth = rng.integers(0, labels, items)
    difficulty = rng.beta(1.0, 8.0, items)
    lookalike = _another(rng, truth, labels)
    # Half of a person's errors go to one label, which is another for each person and true label.
    habit = _another(rng, np.tile(np.arange(labels), (people, 1)), labels)
    asked = rng.random((items, people)).argsort(axis=1)[:, : crowd.per_item]
    item = np.repeat(np.arange(items), crowd.per_item)
    person = asked.ravel()
    error = (1 - np.asarray(crowd.accuracies))[person] * (0.8 + 1.8 * difficulty[item])
    said = np.where(
        rng.random(item.size) < 0.5,
        habit[person, truth[item]],
        _another(rng, truth[item], labels),
    )
    said = np.where(rng.random(item.size) < difficulty[item], lookalike[item], said)
    said = np.where(rng.random(item.size) < error, said, truth[item])
    votes = [
        (f"i{at}", f"p{who}", f"c{label}")
        for at, who, label in zip(item.tolist(), person.tolist(), said.tolist(), strict=True)
    ]
    return Poll({f"i{n}": f"c{label}" for n, label in enumerate(truth.tolist())}, votes)


def _another(rng: np.random.Generator, label: IntArray, labels: int) -> IntArray:
    """Some other label for each."""
    return np.asarray((label + rng.integers(1, labels, label.shape)) % labels)
