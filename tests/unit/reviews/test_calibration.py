"""What reviewers say is learnt from, and promised no further than it reaches."""

from __future__ import annotations

import json

import numpy as np
import pytest

from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.acceptance import accept_rule, audits_needed, upper_bound
from apps.reviews.domain.calibration import (
    Calibration,
    Features,
    Reviewed,
    calibrate,
    features_of,
    is_right,
    out_of_fold,
)
from apps.reviews.domain.objects import merge_objects
from apps.reviews.domain.shift import learn_shift
from tests.unit.reviews.scenes import drawn, skilled


def reviewed(count: int, seed: int = 0) -> list[Reviewed]:
    """Objects whose chance to be right is that of a curve over their first feature."""
    rng = np.random.default_rng(seed)
    rows = []
    for n in range(count):
        logit = float(rng.normal(2, 2))
        features: Features = (logit, float(rng.random()), 0.0, float(rng.normal()), 4.0)
        right = rng.random() < 1 / (1 + np.exp(-(0.5 * logit - 0.5)))
        rows.append(Reviewed(f"image {n // 3}", features, bool(right)))
    return rows


def test_overconfidence_is_taken_back() -> None:
    curve = calibrate(reviewed(3000), right_iou=0.5)
    assert curve is not None
    for logit in (-1.0, 1.0, 3.0):
        expected = 1 / (1 + np.exp(-(0.5 * logit - 0.5)))
        assert curve.confidence((logit, 0.5, 0.0, 0.0, 4.0)) == pytest.approx(expected, abs=0.03)
    assert Calibration.from_dict(json.loads(json.dumps(curve.as_dict()))) == curve


def test_few_reviews_calibrate_nothing_and_faultless_ones_promise_no_certainty() -> None:
    assert calibrate(reviewed(29), right_iou=0.5) is None
    faultless = [Reviewed(each.image, each.features, right=True) for each in reviewed(60)]
    curve = calibrate(faultless, right_iou=0.5)
    assert curve is not None
    assert 0.95 < curve.confidence(faultless[0].features) < 0.999


def test_an_audited_object_is_judged_by_a_curve_that_has_not_seen_its_image() -> None:
    rows = reviewed(90)
    confidences = out_of_fold(rows, right_iou=0.5)
    assert confidences is not None
    # Images are numbered by name; those of the first fold are every fifth.
    names = sorted({each.image for each in rows})
    fold = set(names[::5])
    curve = calibrate([each for each in rows if each.image not in fold], right_iou=0.5)
    assert curve is not None
    for each, confidence in zip(rows, confidences, strict=True):
        if each.image in fold:
            assert confidence == curve.confidence(each.features)
    assert out_of_fold(rows[:31], right_iou=0.5) is None


def test_the_features_of_an_object() -> None:
    ((lone,),) = merge_objects([[drawn("A", (0, 0, 50, 100, None)), drawn("B")]])
    logit, share, alone, worst, size = features_of(lone)
    assert lone.confidence == pytest.approx(1 / (1 + np.exp(-logit)))
    assert (share, alone) == (0.5, 1.0)
    assert worst == pytest.approx(np.log(lone.edge_sd[0] / 50))
    assert size == pytest.approx(np.log(5000) / 2)


def test_right_is_the_same_thing_in_the_same_place() -> None:
    ((car,),) = merge_objects([[drawn("A", (0, 0, 100, 100, "car"))]])
    moved = rectangle(20, 0, 100, 100)  # 80 of 120 in common
    assert is_right(car, moved, "car", right_iou=0.6)
    assert not is_right(car, moved, "car", right_iou=0.7)
    assert not is_right(car, moved, "van", right_iou=0.6)
    assert not is_right(car, None, None, right_iou=0.5)


@pytest.mark.parametrize(
    ("target", "needed"),
    [
        (0.05, [59, 93, 124, 153, 208]),
        (0.02, [149, 236, 313, 386, 523]),
        (0.01, [299, 473, 628, 773, 1049]),
    ],
)
def test_audits_that_a_promise_takes(target: float, needed: list[int]) -> None:
    """A known table: at 95 %, with 0, 1, 2, 3 and 5 errors."""
    for wrong, audited in zip((0, 1, 2, 3, 5), needed, strict=True):
        assert upper_bound(wrong, audited, 0.05) <= target < upper_bound(wrong, audited - 1, 0.05)


def test_four_looks_cost_more_than_one() -> None:
    # Without an error (1 - .05)^n must fall below .05 / 4: from 86 on, where one look takes 59.
    assert audits_needed(0.0, 0.05, 0.0125) == 86
    assert audits_needed(0.0, 0.05, 0.05) == 59
    enough = accept_rule([0.96] * 86, [True] * 86, target=0.05)
    assert (enough.threshold, enough.share, enough.more) == (0.90, 1.0, 0)
    short = accept_rule([0.96] * 85, [True] * 85, target=0.05)
    assert (short.threshold, short.more) == (None, 1)


def test_the_lowest_threshold_that_keeps_the_promise() -> None:
    confidences = [0.98] * 200 + [0.92] * 60 + [0.5] * 40
    right = [True] * 200 + [False] * 30 + [True] * 30 + [True] * 40
    rule = accept_rule(confidences, right, target=0.05)
    assert [(look.audited, look.wrong) for look in rule.looks] == [
        (0, 0),
        (200, 0),
        (200, 0),
        (260, 30),
    ]
    assert (rule.threshold, rule.share) == (0.95, pytest.approx(200 / 300))


def test_what_is_wrong_too_often_cannot_be_promised() -> None:
    rule = accept_rule([0.99] * 100, [n % 10 > 0 for n in range(100)], target=0.05)
    assert (rule.threshold, rule.more) == (None, None)
    assert accept_rule([], [], target=0.05).more == 86
    assert accept_rule([0.4] * 50, [True] * 50, target=0.05).more is None


def test_reviewers_who_draw_tighter_move_the_edges() -> None:
    merged = [rectangle(100, 100, 100, 50)] * 20
    # Left 6 px further right, bottom 5 px higher: 6 % and 10 % of the side, half believed of 20.
    truth = [rectangle(106, 100, 94, 45)] * 20
    shift = learn_shift(list(zip(merged, truth, strict=True)))
    assert shift == pytest.approx((0.03, 0, 0, -0.05))
    elsewhere = [(merged[0], rectangle(400, 100, 10, 10))] * 30
    assert learn_shift([*zip(merged, truth, strict=True), *elsewhere][:50]) == pytest.approx(shift)
    assert learn_shift([(merged[0], truth[0])] * 9) is None


def test_a_shift_moves_what_was_merged_and_nothing_else() -> None:
    skills = skilled(A={}, B={}).with_shift((0.03, 0.0, 0.0, -0.05))
    box = (100, 100, 100, 50, "car")
    ((both,),) = merge_objects([[drawn("A", box), drawn("B", box)]], skills)
    assert both.shape.edges == pytest.approx((103, 100, 200, 147.5))
    ((alone,),) = merge_objects([[drawn("A", box)]], skills)
    assert alone.shape == rectangle(*box[:4])
    outwards = skills.with_shift((-0.05, -0.05, 0.0, 0.0))
    edge = (2, 0, 100, 50, "car")
    ((there,),) = merge_objects([[drawn("A", edge), drawn("B", edge)]], outwards)
    assert there.shape.edges == pytest.approx((0, 0, 102, 50))
