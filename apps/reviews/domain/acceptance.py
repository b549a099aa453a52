"""What may be accepted unseen: a promise about errors, backed by an audit and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log1p

THRESHOLDS = (0.99, 0.97, 0.95, 0.90)
RISK = 0.05
"""The chance that the promise is wrong. It is shared by all thresholds: four looks at one audit
must be paid for."""
HALVINGS = 50
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """The audited objects of at least this confidence, and those that were wrong; `bound` is the
    largest share of wrong ones that fits with that."""

    threshold: float
    audited: int
    wrong: int
    bound: float


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether a target can be promised. `threshold` is the lowest confidence that may be accepted,
    None while there is none; then `more` is about how many reviews it takes, None if errors are too
    common for any number. `share` of the audited objects would be accepted."""

    target: float
    threshold: float | None
    share: float
    more: int | None
    looks: tuple[Look, ...]


def accept_rule(
    confidences: Sequence[float], right: Sequence[bool], *, target: float
) -> Acceptance:
    """What an audit allows: `confidences` of its objects, and whether each was right.

    The objects are drawn at random, and their confidences are not from a curve fitted to them.
    """
    audit = list(zip(confidences, right, strict=True))
    looks = tuple(_look(audit, threshold) for threshold in THRESHOLDS)
    passed = [look for look in looks if look.audited and look.bound <= target]
    if passed:
        lowest = passed[-1]
        share = lowest.audited / len(audit)
        return Acceptance(target, lowest.threshold, share, 0, looks)
    return Acceptance(target, None, 0.0, _more(looks, len(audit), target), looks)


def _look(audit: Sequence[tuple[float, bool]], threshold: float) -> Look:
    seen = [right for confidence, right in audit if confidence >= threshold]
    wrong = seen.count(False)
    return Look(threshold, len(seen), wrong, upper_bound(wrong, len(seen), _risk()))


def _risk() -> float:
    return RISK / len(THRESHOLDS)


def _more(looks: Sequence[Look], audited: int, target: float) -> int | None:
    """The fewest further reviews after which one look passes if errors go on as they were."""
    if not any(look.audited for look in looks):
        return None if audited else audits_needed(0.0, target, _risk())
    waits = []
    for look in looks:
        rate = look.wrong / look.audited if look.audited else 1.0
        needed = audits_needed(rate, target, _risk())
        if needed is not None:
            waits.append(ceil((needed - look.audited) * audited / look.audited))
    return max(min(waits), 1) if waits else None


def audits_needed(rate: float, target: float, risk: float) -> int | None:
    """The fewest audited objects that promise a target with this rate of errors, rounded down."""
    if rate >= target:
        return None
    low, high = 0, 1
    while upper_bound(int(rate * high), high, risk) > target:
        low, high = high, 2 * high
        if high > MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        passes = upper_bound(int(rate * middle), middle, risk) <= target
        low, high = (low, middle) if passes else (middle, high)
    return high


def upper_bound(wrong: int, audited: int, risk: float) -> float:
    """The one-sided upper bound of Clopper and Pearson for a share (Biometrika 26, 1934): with a
    larger one, so few wrong ones would have had a chance below `risk`."""
    if wrong >= audited:
        return 1.0
    low, high = wrong / audited, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _at_most(wrong, audited, middle) > risk:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, audited: int, share: float) -> float:
    """The binomial probability of at most `wrong` among `audited`."""
    if share >= 1:
        return 0.0
    ways = [lgamma(audited + 1) - lgamma(k + 1) - lgamma(audited - k + 1) for k in range(wrong + 1)]
    return sum(
        exp(way + k * log(share) + (audited - k) * log1p(-share)) for k, way in enumerate(ways)
    )
