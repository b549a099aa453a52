"""How far several people agree on what things are, from how many said what of each item.

Every coefficient is a function of sums over items, so that a bootstrap only adds up sums again.
Formulas and sources are in the README.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.reviews.domain.estimates import ROUNDS, Estimate, FloatArray, IntArray, draw, ratio


@dataclass(frozen=True, slots=True)
class Agreement:
    """Four figures of one table; `percent` is not corrected for chance.

    Each rests on the items that have two answers or more. `alpha` is Krippendorff's, nominal, and
    the one to read first; `fleiss` is Fleiss' kappa, `ac1` Gwet's, which stays sane where nearly
    everything is of one category.
    """

    percent: Estimate
    alpha: Estimate
    fleiss: Estimate
    ac1: Estimate


def agreement(
    counts: IntArray, rng: np.random.Generator, *, group: IntArray | None = None
) -> Agreement:
    """Agreement in a table of (units, categories): how many annotators put a unit there.

    `group` has for each unit the item it is part of: items are drawn in the bootstrap, as a whole,
    and counted in `n`. Without it each unit is an item.
    """
    rows = _features(counts)
    if group is not None:
        rows = _by_group(rows, group)
    items = int((rows[:, _ITEMS] > 0).sum())
    draws = draw(rows, rng)
    return Agreement(
        percent=draws.estimate(_percent, items),
        alpha=draws.estimate(_alpha, items),
        fleiss=draws.estimate(_fleiss, items),
        ac1=draws.estimate(_ac1, items),
    )


def alpha(
    counts: IntArray,
    rng: np.random.Generator,
    rounds: int = ROUNDS,
    *,
    group: IntArray | None = None,
) -> Estimate:
    """Krippendorff's alpha alone, as in `agreement`."""
    rows = _features(counts)[:, : _FIRST + counts.shape[1]]
    if group is not None:
        rows = _by_group(rows, group)
    items = int((rows[:, _ITEMS] > 0).sum())
    return draw(rows, rng, rounds).estimate(_alpha_of, items)


# The features of a unit, summed over units: how often two answers to it are alike, per answer and
# per pair; whether it has two answers; whether it has one; then per category its answers, if it has
# two, and its share of the answers.
_ALIKE, _SHARE, _ITEMS, _UNITS, _FIRST = range(5)


def _features(counts: IntArray) -> FloatArray:
    answers = counts.sum(axis=1)
    paired = answers >= 2
    alike = (counts * (counts - 1)).sum(axis=1)
    per_answer = np.where(paired, alike / np.maximum(answers - 1, 1), 0.0)
    return np.column_stack(
        (
            per_answer,
            per_answer / np.maximum(answers, 1),
            paired,
            answers > 0,
            counts * paired[:, None],
            counts / np.maximum(answers, 1)[:, None],
        )
    )


def _by_group(rows: FloatArray, group: IntArray) -> FloatArray:
    place = np.unique(group, return_inverse=True)[1]
    summed = np.zeros((int(place.max(initial=-1)) + 1, rows.shape[1]))
    np.add.at(summed, place, rows)
    return summed


def _percent(sums: FloatArray) -> FloatArray:
    return ratio(sums[..., _SHARE], sums[..., _ITEMS])


def _alpha(sums: FloatArray) -> FloatArray:
    categories = (sums.shape[-1] - _FIRST) // 2
    return _alpha_of(sums[..., : _FIRST + categories])


def _alpha_of(sums: FloatArray) -> FloatArray:
    """1 - observed over expected disagreement; undefined when all answers are of one category.

    The sums end with the answers per category.
    """
    answers = sums[..., _FIRST:]
    total = answers.sum(axis=-1)
    observed = (total - 1) * (total - sums[..., _ALIKE])
    return 1 - ratio(observed, total**2 - (answers**2).sum(axis=-1))


def _fleiss(sums: FloatArray) -> FloatArray:
    expected = (_prevalence(sums) ** 2).sum(axis=-1)
    return ratio(_percent(sums) - expected, 1 - expected)


def _ac1(sums: FloatArray) -> FloatArray:
    prevalence = _prevalence(sums)
    categories = prevalence.shape[-1]
    expected = (prevalence * (1 - prevalence)).sum(axis=-1) / max(categories - 1, 1)
    return ratio(_percent(sums) - expected, 1 - expected)


def _prevalence(sums: FloatArray) -> FloatArray:
    shares = sums[..., (sums.shape[-1] + _FIRST) // 2 :]
    return shares / np.maximum(sums[..., _UNITS], 1)[..., None]
