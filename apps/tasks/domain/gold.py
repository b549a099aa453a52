"""How an answer compares with the known truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from apps.datasets.domain.matching import Labelled, same_objects

Asks = Literal["verdict", "one", "several", "shapes"]
"""What there is to say beside accept, reject and ignore: one option, several, shapes, nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its verdict, the options picked, and shapes with the keys of their labels."""

    answer: str
    accept: Sequence[int | str] = ()
    shapes: Sequence[Labelled] = ()


def score_answer(truth: Said, said: Said, *, asks: Asks) -> float:
    """Return how far `said` is the truth, from 0 to 1; 1 is right.

    Another verdict is worth nothing. Only an accepting answer says more than its verdict: one
    option is right or wrong; of several the shared part of all that either picked counts (Jaccard);
    of shapes F1, where a shape is found if one of the same label overlaps it by half or more.
    """
    if said.answer != truth.answer:
        return 0.0
    if truth.answer != "accept" or asks == "verdict":
        return 1.0
    if asks == "shapes":
        return _f1(truth.shapes, said.shapes)
    picked, right = _typed(said.accept), _typed(truth.accept)
    if asks == "one":
        return float(picked == right)
    return len(picked & right) / len(picked | right) if picked | right else 1.0


def _typed(options: Iterable[int | str]) -> set[tuple[type, int | str]]:
    # 1 and "1" are two options.
    return {(type(option), option) for option in options}


def _f1(truth: Sequence[Labelled], said: Sequence[Labelled]) -> float:
    if not truth and not said:
        return 1.0
    return 2 * len(same_objects(truth, said)) / (len(truth) + len(said))
