"""Agreement on boxes: matches of every two, the table of objects, overlaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from apps.datasets.domain.iou import shape_iou
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.box_agreement import BoxAgreement, box_agreement
from apps.reviews.domain.box_matches import match_boxes
from apps.reviews.domain.columns import to_columns
from apps.reviews.domain.objects import merge_objects
from tests.unit.reviews.scenes import drawn, random_scene

Matched = set[tuple[str, str, str, str]]


def agreed(*questions: Sequence[AnnotatorAnswer]) -> BoxAgreement:
    return box_agreement(questions, merge_objects(questions), np.random.default_rng(1))


def matched(answers: Sequence[AnnotatorAnswer]) -> Matched:
    columns = to_columns([answers])
    found = match_boxes(columns)
    name = [columns.people[person] for person in columns.person.tolist()]
    return {
        (name[one], columns.marks[one].id, name[other], columns.marks[other].id)
        for one, other in zip(found.first.tolist(), found.second.tolist(), strict=True)
    }


def one_by_one(answers: Sequence[AnnotatorAnswer]) -> Matched:
    """The best pair of each two annotators again and again, by trying them all."""
    ranked = sorted(answers, key=lambda answer: answer.annotator)
    found = set()
    for n, one in enumerate(ranked):
        for other in ranked[n + 1 :]:
            pairs = [
                (-shape_iou(a.shape, b.shape), (len(a.id), a.id), (len(b.id), b.id), a.id, b.id)
                for a in one.marks
                for b in other.marks
            ]
            used: set[tuple[str, str]] = set()
            for iou, _, _, a, b in sorted(pairs):
                if -iou >= 0.5 and not {("a", a), ("b", b)} & used:
                    used |= {("a", a), ("b", b)}
                    found.add((one.annotator, a, other.annotator, b))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_matches_are_those_of_taking_the_best_pair_again_and_again(seed: int) -> None:
    scene = [
        AnnotatorAnswer(answer.annotator, "accept", answer.marks[:12])
        for answer in random_scene(seed)[:4]
    ]
    assert matched(scene) == one_by_one(scene)


def test_a_box_goes_to_its_best_partner_whatever_its_label() -> None:
    a = drawn("A", (0, 0, 100, 100, "car"))
    b = drawn("B", (20, 0, 100, 100, "car"), (5, 0, 100, 100, "van"))
    assert matched([a, b]) == {("A", "A1", "B", "B2")}


def test_overlap_counts_matches_twice_over_all_boxes() -> None:
    # The first boxes are equal, the second share 80 x 100 of 12,000: .667; the third stands alone.
    # In the other image nobody sees anything, which makes neither better.
    a = drawn("A", (0, 0, 100, 100, "car"), (500, 0, 100, 100, "car"))
    b = drawn("B", (0, 0, 100, 100, "van"), (520, 0, 100, 100, "car"), (0, 500, 50, 50, "car"))
    found = agreed([a, b], [drawn("A"), drawn("B")])
    assert found.overlap.f1.value == pytest.approx(4 / 5)
    assert found.overlap.strict_f1.value == pytest.approx(2 / 5)
    assert found.overlap.iou.value == pytest.approx((1 + 2 / 3) / 2)
    assert (found.overlap.f1.n, found.objects.alpha.n) == (2, 1)
    assert found.pairs["A", "B"].f1.value == found.overlap.f1.value


def test_what_somebody_who_answered_did_not_draw_is_a_category() -> None:
    # Two objects; C answered the first image only. Table: car car car; van van none; car car.
    car, van = (0, 0, 100, 100, "car"), (500, 0, 80, 80, "van")
    first = [drawn("A", car, van), drawn("B", car, van), drawn("C", car)]
    found = agreed(first, [drawn("A", car), drawn("B", car)])
    # Answers: car 5, van 2, none 1; pairs that differ: the second object's, 2 x 2 / (3 - 1) = 2.
    expected = 1 - (8 - 1) * 2 / (64 - 25 - 4 - 1)
    assert found.objects.alpha.value == pytest.approx(expected)
    assert found.objects.percent.value == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert set(found.labels) == {"car", "van"}
    assert found.labels["car"].alpha.value == 1.0
    assert {pair: each.f1.n for pair, each in found.pairs.items()} == {
        ("A", "B"): 2,
        ("A", "C"): 1,
        ("B", "C"): 1,
    }


def test_full_agreement_is_1_and_the_order_of_answers_does_not_matter() -> None:
    boxes = [(0, 0, 100, 100, "car"), (500, 0, 80, 80, "van"), (900, 0, 80, 80, None)]
    questions = [[drawn(who, *boxes) for who in "ABC"] for _ in range(3)]
    found = agreed(*questions)
    assert [found.objects.alpha.value, found.overlap.f1.value] == [1.0, 1.0]
    assert [found.overlap.strict_f1.low, found.overlap.iou.high] == [1.0, 1.0]
    scenes = [random_scene(seed) for seed in (3, 4, 5)]
    assert agreed(*scenes) == agreed(*[scene[::-1] for scene in scenes])


def test_nothing_to_compare_is_no_figure() -> None:
    alone = agreed([drawn("A", (0, 0, 10, 10, "car"))])
    assert (alone.overlap.f1.value, alone.objects.alpha.value, alone.pairs) == (None, None, {})
    assert agreed([drawn("A"), drawn("B")]).overlap.f1.value is None


def test_whoever_sees_other_things_than_all_others_stands_out() -> None:
    """Without Odd the two agree on everything; what only Odd drew is no object then."""
    scenes = [
        [
            drawn("Ann", (0, 0, 50, 50, "car"), (100, 0, 50, 50, "van")),
            drawn("Ben", (0, 0, 50, 50, "car"), (100, 0, 50, 50, "van")),
            drawn("Odd", (300, 0, 50, 50, "car"), (0, 0, 50, 50, "van")),
        ]
        for _ in range(5)
    ]
    found = agreed(*scenes)
    assert found.without["Odd"].value == 1.0
    assert found.without["Odd"].n == 5
    of_all = found.objects.alpha.value
    assert of_all is not None
    # Without Ann the same three objects remain, each drawn by one or named in two ways.
    assert found.without["Ann"].value == found.without["Ben"].value
    assert (found.without["Ann"].value or 0) < of_all < 1.0
