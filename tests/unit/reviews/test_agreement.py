"""Agreement coefficients against the worked examples of those who published them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.reviews.domain import class_agreement as class_agreement_module
from apps.reviews.domain.agreement import Agreement, agreement
from apps.reviews.domain.class_agreement import (
    ClassAgreement,
    PairAgreement,
    TooMuchToCompare,
    class_agreement,
)
from apps.reviews.domain.class_votes import Vote, to_ballots

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A, B and C: an annotator
# a row, an item a column, a dot where nothing was said.
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
MISSING = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)

# Fleiss, Measuring nominal scale agreement among many raters (Psychological Bulletin 76, 1971),
# table 1: 30 patients, six psychiatrists each, five diagnoses.
PATIENTS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 "
    "144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 "
    "111155 224444 133333 555555"
)


def said(rows: Sequence[str]) -> list[Vote]:
    return [
        (f"{item:03}", f"r{rater}", label)
        for rater, row in enumerate(rows)
        for item, label in enumerate(row.split())
        if label != "."
    ]


def agreed(rows: Sequence[str]) -> ClassAgreement:
    return class_agreement(to_ballots(said(rows)), np.random.default_rng(1))


def table(*cells: Sequence[int]) -> PairAgreement:
    """The only pair of a contingency table: rows are what the first said."""
    pairs = [
        (f"{one}", f"{other}")
        for one, row in enumerate(cells)
        for other, count in enumerate(row)
        for _ in range(count)
    ]
    votes = [
        (f"{n}", who, label)
        for n, pair in enumerate(pairs)
        for who, label in zip("ab", pair, strict=True)
    ]
    (pair,) = class_agreement(to_ballots(votes), np.random.default_rng(1)).pairs
    return pair


@pytest.mark.parametrize(
    ("rows", "alpha", "items"), [(BINARY, 0.095, 10), (NOMINAL, 0.692, 12), (MISSING, 0.743, 11)]
)
def test_alpha_is_that_of_krippendorffs_examples(
    rows: Sequence[str], alpha: float, items: int
) -> None:
    estimate = agreed(rows).overall.alpha
    assert estimate.value == pytest.approx(alpha, abs=0.0005)
    assert estimate.n == items  # the last item of the third has one answer


def test_gwets_handbook_has_the_same_table_for_the_others() -> None:
    # Gwet, Handbook of Inter-Rater Reliability (4th edition, 2014): four raters of twelve subjects.
    overall = agreed(MISSING).overall
    assert overall.percent.value == pytest.approx(0.81818, abs=1e-5)
    assert overall.fleiss.value == pytest.approx(0.76117, abs=1e-5)
    assert overall.ac1.value == pytest.approx(0.77544, abs=1e-5)


def test_fleiss_kappa_is_that_of_fleiss() -> None:
    rows = [" ".join(diagnoses) for diagnoses in zip(*PATIENTS.split(), strict=True)]
    overall = agreed(rows).overall
    assert overall.fleiss.value == pytest.approx(0.430, abs=0.0005)
    assert overall.percent.value == pytest.approx(0.556, abs=0.001)
    assert overall.fleiss.n == 30


def test_kappa_of_two_is_cohens() -> None:
    # Cohen, A coefficient of agreement for nominal scales (Educational and Psychological
    # Measurement 20, 1960): 200 patients, two judges, three diagnoses.
    assert table((88, 14, 18), (10, 40, 10), (2, 6, 12)).kappa.value == pytest.approx(
        0.492, abs=1e-3
    )
    # 35 of 50 alike; by chance .6 x .5 + .4 x .5 = .5.
    pair = table((20, 5), (10, 15))
    assert (pair.percent.value, pair.kappa.value) == (0.7, pytest.approx(0.4))
    assert (pair.first, pair.second, pair.kappa.n) == ("a", "b", 50)


def test_where_nearly_all_is_of_one_kind_ac1_stays_sane() -> None:
    # Gwet, Kappa statistic is not satisfactory (2002): 118 of 125 both positive.
    pair = table((118, 5), (2, 0))
    assert pair.kappa.value == pytest.approx(-0.0234, abs=5e-5)
    counts = np.array([[2, 0]] * 118 + [[1, 1]] * 7)
    overall = agreement(counts, np.random.default_rng(0))
    assert overall.ac1.value == pytest.approx(0.9408, abs=5e-5)
    assert overall.percent.value == pytest.approx(0.944)


def by_definition(counts: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Percent and alpha from all pairs of answers, one by one."""
    units = [
        [label for label, count in enumerate(row) for _ in range(count)]
        for row in counts
        if sum(row) >= 2
    ]
    values = [label for unit in units for label in unit]
    shares, observed = [], 0.0
    for unit in units:
        pairs = [(a, b) for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j]
        shares.append(sum(a == b for a, b in pairs) / len(pairs))
        observed += sum(a != b for a, b in pairs) / (len(unit) - 1)
    expected = sum(a != b for a in values for b in values) / (len(values) - 1)
    return float(np.mean(shares)), 1 - observed / expected if expected else float("nan")


COUNTS = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=12)


@settings(max_examples=50)
@given(COUNTS, st.randoms(use_true_random=False))
def test_the_closed_forms_are_what_all_pairs_come_to(
    counts: list[tuple[int, ...]], random: Random
) -> None:
    found = agreement(np.array(counts), np.random.default_rng(2))
    if all(sum(row) < 2 for row in counts):
        assert (found.percent.value, found.alpha.value, found.alpha.n) == (None, None, 0)
        return
    percent, alpha = by_definition(counts)
    assert found.percent.value == pytest.approx(percent)
    assert found.alpha.value == (None if np.isnan(alpha) else pytest.approx(alpha, abs=1e-9))
    for each in (found.percent, found.alpha, found.fleiss, found.ac1):
        if each.value is not None and each.low is not None and each.high is not None:
            assert each.low <= each.value <= each.high
    random.shuffle(counts)
    assert agreement(np.array(counts), np.random.default_rng(2)) == found


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(2, 5)), min_size=2, max_size=20))
def test_full_agreement_is_1_unless_nothing_varies(items: list[tuple[int, int]]) -> None:
    counts = np.zeros((len(items), 3), np.int64)
    for item, (label, answers) in enumerate(items):
        counts[item, label] = answers
    found = agreement(counts, np.random.default_rng(0))
    assert (found.percent.value, found.ac1.value) == (1.0, 1.0)
    varied = len({label for label, _ in items}) > 1
    assert found.alpha.value == (pytest.approx(1) if varied else None)
    assert found.fleiss.value == (pytest.approx(1) if varied else None)


def chances(rng: np.random.Generator, items: int) -> Agreement:
    """Three who are right with .8, else say one of three labels at random."""
    truth = rng.integers(0, 3, items)
    labels = np.where(rng.random((3, items)) < 0.8, truth, rng.integers(0, 3, (3, items)))
    counts = np.stack([(labels == label).sum(axis=0) for label in range(3)], axis=1)
    return agreement(counts, rng)


def test_the_interval_holds_the_true_figure_in_about_95_of_100_samples() -> None:
    # Two agree when both know, or by chance: alpha is .8 x .8 = .64 in all items there could be.
    rng = np.random.default_rng(5)
    intervals = [chances(rng, 120).alpha for _ in range(100)]
    held = sum(each.low <= 0.64 <= each.high for each in intervals if each.low and each.high)
    assert 88 <= held <= 99
    wide, narrow = intervals[0], chances(rng, 4 * 120).alpha
    assert None not in (wide.low, wide.high, narrow.low, narrow.high)
    assert (narrow.high or 0) - (narrow.low or 0) < 0.7 * ((wide.high or 0) - (wide.low or 0))


def test_units_of_one_item_are_drawn_together() -> None:
    rng = np.random.default_rng(3)
    counts = np.array([[2, 0], [0, 2], [1, 1], [2, 0]] * 30)
    tens = agreement(counts, rng, group=np.arange(120) // 12)
    alone = agreement(counts, rng)
    assert tens.alpha.value == pytest.approx(alone.alpha.value or 0)
    assert (tens.alpha.n, alone.alpha.n) == (10, 120)
    # Every group of twelve is like any other, so nothing varies from draw to draw.
    assert tens.alpha.low == pytest.approx(tens.alpha.high or 0)


def test_each_label_is_compared_with_all_others_and_outliers_stand_out() -> None:
    rng = np.random.default_rng(4)
    truth = rng.choice(["ox", "cow", "calf"], 80)
    votes = [(f"{n}", who, label) for who in "abc" for n, label in enumerate(truth)]
    votes = [vote if vote[2] == "ox" or vote[1] != "b" else (*vote[:2], "cow") for vote in votes]
    votes += [(f"{n}", "mad", label) for n, label in enumerate(rng.permutation(truth))]
    found = class_agreement(to_ballots(votes), rng)
    sane = class_agreement(to_ballots([vote for vote in votes if vote[1] != "mad"]), rng)
    assert sane.labels["ox"].alpha.value == 1.0
    assert (sane.labels["calf"].alpha.value or 1) < 0.7
    assert found.without["mad"].value == pytest.approx(sane.overall.alpha.value or 0)
    assert max(found.without, key=lambda who: found.without[who].value or 0) == "mad"
    pairs = {(each.first, each.second): each.kappa.value or 0 for each in found.pairs}
    assert len(pairs) == 6 and pairs["a", "c"] == 1.0 and abs(pairs["a", "mad"]) < 0.3
    assert found.overall.alpha.band == "fix_guideline" and sane.labels["ox"].alpha.band == "good"


def test_of_a_large_crowd_no_table_of_two_by_two_is_made() -> None:
    votes = [(f"{n // 5}", f"p{n}", "ox" if n % 3 else "cow") for n in range(505)]
    found = class_agreement(to_ballots(votes), np.random.default_rng(0))
    assert (found.pairs, found.without, found.overall.alpha.n) == ((), {}, 101)


def test_what_does_not_fit_in_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = [("1", f"p{n}", "ox") for n in range(20)]
    monkeypatch.setattr(class_agreement_module, "MAX_CELLS", 190)
    class_agreement(to_ballots(votes), np.random.default_rng(0))
    with pytest.raises(TooMuchToCompare):
        class_agreement(to_ballots([*votes, ("1", "q", "ox")]), np.random.default_rng(0))
    with pytest.raises(TooMuchToCompare):
        class_agreement(to_ballots(votes, map(str, range(200))), np.random.default_rng(0))


def test_who_never_met_makes_no_pair_and_nothing_is_no_agreement() -> None:
    found = agreed(("a b . .", ". . a b"))
    assert (found.pairs, found.overall.alpha.value, found.overall.alpha.n) == ((), None, 0)
    assert class_agreement(to_ballots([]), np.random.default_rng(0)).overall.percent.n == 0
