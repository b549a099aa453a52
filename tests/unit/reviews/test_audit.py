"""What a review says of the proposal that it was shown, and what may be trusted for it."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.domain.answers import AnnotatorAnswer, Question, read_answer
from apps.reviews.domain.audit import Truth, judged, parts_of
from apps.reviews.domain.calibration import Reviewed
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.trust import TARGETS, Trust, earn_trust

CANVAS = Question("image_manual")
CHOICE = Question("choice", ("a", "b"))


def box(x: float, label: str | None = "car") -> dict[str, Any]:
    return {"type": "rect", "x": x, "y": 0, "width": 40, "height": 20, "label": label}


def drawn(who: str, *spans: dict[str, Any]) -> AnnotatorAnswer:
    return read_answer(annotator=who, answer="accept", spans=spans)


def picked(who: str, *options: str) -> AnnotatorAnswer:
    return read_answer(annotator=who, answer="accept", accept=options)


def agreed(*spans: dict[str, Any]) -> Consolidation:
    return consolidate(CANVAS, [drawn("A", *spans), drawn("B", *spans)])


def rights(merged: Consolidation, *truth: dict[str, Any], answer: str = "accept") -> list[bool]:
    found = judged(CANVAS, merged, Truth(answer, truth), task="t")
    assert {each.image for each in found} <= {"t"}
    return [each.right for each in found]


def test_an_object_is_right_if_the_final_has_it_with_its_label() -> None:
    merged = agreed(box(0), box(100), box(200), box(300, None))
    # Shifted by 10 of 40: IoU 30 / 50 = .6. By 20: 20 / 60 = .33.
    truth = [box(10), box(120), box(200, "van"), box(300, None)]
    assert rights(merged, *truth) == [True, False, False, True]


def test_where_objects_are_in_dispute_only_those_were_looked_at() -> None:
    merged = consolidate(CANVAS, [drawn("A", box(0), box(100)), drawn("B", box(0))])
    assert rights(merged, box(100)) == [True]
    assert len(parts_of(CANVAS, merged)) == 2


def test_nothing_was_right_in_what_a_reviewer_rejected() -> None:
    assert rights(agreed(box(0)), box(0), answer="reject") == [False]


@pytest.mark.parametrize(
    ("truth", "right"),
    [
        (Truth("accept", accept=["a"]), True),
        (Truth("accept", accept=["b"]), False),
        (Truth("reject"), False),
    ],
)
def test_where_nothing_is_drawn_the_answer_is_right_as_a_whole(truth: Truth, right: bool) -> None:
    merged = consolidate(CHOICE, [picked("A", "a"), picked("B", "a"), picked("C", "b")])
    (found,) = judged(CHOICE, merged, truth, task="t")
    assert found.right is right


def reviews(count: int, *, wrong: int = 0) -> list[Reviewed]:
    """As many of which the answers were sure, `wrong` of them not right, and 40 that were not."""
    sure, unsure = (4.0, 1.0, 0.0, -4.0, 4.0), (0.0, 0.5, 0.0, -1.0, 4.0)
    return [
        *(Reviewed(f"s{n}", sure, n >= wrong) for n in range(count)),
        *(Reviewed(f"u{n}", unsure, n % 2 == 0) for n in range(40)),
    ]


def test_nothing_is_known_from_few_reviews() -> None:
    trust = earn_trust(reviews(0)[:29], [0.05])
    assert (trust.reviewed, trust.confidence([(4.0, 1.0, 0.0, -4.0, 4.0)])) == (29, None)
    assert trust.threshold(0.05) is None


def test_what_is_right_often_enough_may_be_accepted() -> None:
    # Four looks at an audit: with no error 1 - .0125 ** (1 / n) <= .05 from n = 86 on.
    few, many = earn_trust(reviews(80)), earn_trust(reviews(200))
    assert few.threshold(0.05) is None
    threshold = many.threshold(0.05)
    assert threshold is not None
    sure, unsure = (4.0, 1.0, 0.0, -4.0, 4.0), (0.0, 0.5, 0.0, -1.0, 4.0)
    least = many.confidence([sure, unsure])
    assert (many.confidence([sure]) or 0) >= threshold > (least or 1)
    assert many.confidence([]) is None


def test_the_promise_ends_with_the_errors_that_break_it() -> None:
    assert earn_trust(reviews(200, wrong=1)).threshold(0.05) is not None
    assert earn_trust(reviews(200, wrong=12)).threshold(0.05) is None


def test_a_target_of_ones_own_is_looked_at() -> None:
    trust = earn_trust(reviews(200), [0.033])
    assert [each.target for each in trust.acceptances] == sorted([*TARGETS, 0.033])
    assert Trust.from_dict(trust.as_dict()) == trust
