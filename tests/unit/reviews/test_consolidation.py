"""Whole consolidations by hand: the README's example, and each kind of conflict once."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.domain.shapes import ShapeError, outline, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark, read_answer
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.results import ALGORITHM, Consolidation, Member
from apps.reviews.domain.sentences import Names, english
from tests.unit.reviews.scenes import CANVAS, drawn, merged


def sentences(
    result: Consolidation, names: Names | None = None
) -> list[tuple[str, int | None, str]]:
    return [
        (each.kind, each.object, english(each.code, each.params, names))
        for each in result.conflicts
    ]


def test_the_worked_example_of_the_readme() -> None:
    result = merged(
        drawn("A", (100, 100, 200, 100, "car"), (500, 300, 80, 80, "dog")),
        drawn(
            "B",
            (104, 98, 200, 104, "car"),
            (502, 300, 80, 80, "dog"),
            (502, 301, 80, 80, "dog"),
            (700, 50, 40, 40, "dog"),
        ),
        drawn("C", (96, 101, 230, 99, "van"), (500, 300, 80, 80, "dog")),
    )
    car, dog, lone = result.objects
    assert car.shape == rectangle(100, 99.675, 206.545, 100.985)
    assert (car.label, car.label_votes) == ("car", (("car", 2), ("van", 1)))
    # Three labels are known here. Car: .8 * .8 * .1; van: .1 * .1 * .8; dog: .1 * .1 * .1.
    assert car.label_posterior == (
        ("car", pytest.approx(64 / 73)),
        ("van", pytest.approx(8 / 73)),
        ("dog", pytest.approx(1 / 73)),
    )
    seen_by_all = 0.85**3 / (0.75 * 0.03**2)
    assert (car.votes, car.of) == (3, 3)
    assert car.existence == pytest.approx(seen_by_all / (1 + seen_by_all))
    assert car.confidence == pytest.approx(car.existence * 64 / 73)
    assert car.disputed == ("label",)
    # B and C share 200 x 99; B has 20,800 and C 22,770.
    assert car.min_iou == pytest.approx(19_800 / (20_800 + 22_770 - 19_800))
    assert dog.shape == rectangle(500.657, 300.332, 80, 80)
    assert dog.members == (Member("A", "A2"), Member("B", "B3"), Member("C", "C2"))
    assert dog.duplicates == (Member("B", "B2"),)
    assert dog.state == "duplicate"
    assert (lone.shape, lone.state) == (rectangle(700, 50, 40, 40), "existence")
    seen_by_one = 0.85 * 0.15**2 / (0.25 * 0.97**2)
    assert lone.existence == pytest.approx(seen_by_one / (1 + seen_by_one))
    assert not lone.is_likely
    assert sentences(result) == [
        ("label", 0, "2 of 3 say car, 1 says van"),
        ("duplicate", 1, "B drew this twice"),
        ("existence", 2, "only B drew this"),
    ]
    assert result.confidence == lone.confidence
    assert result.algorithm == ALGORITHM


def test_two_agree_within_tolerance_and_the_mean_is_final() -> None:
    result = merged(drawn("A", (10, 10, 100, 100, "car")), drawn("B", (14, 10, 96, 104, "car")))
    (car,) = result.objects
    assert car.shape == rectangle(12, 10, 98, 102)
    assert result.agreed
    assert result.spans == [
        {
            "label": "car",
            "type": "rect",
            "x": 12,
            "y": 10,
            "width": 98,
            "height": 102,
            "points": [[12, 10], [12, 112], [110, 112], [110, 10]],
            "center": [61, 61],
        }
    ]


def test_a_tie_has_no_label() -> None:
    result = merged(drawn("A", (0, 0, 50, 50, "car")), drawn("B", (0, 0, 50, 50, "van")))
    (thing,) = result.objects
    assert (thing.label, thing.confidence) == (None, pytest.approx(thing.existence / 2))
    assert "label" not in thing.as_span()
    assert sentences(result) == [("label", 0, "1 of 2 says car, 1 says van")]


def test_who_drew_what_two_of_three_saw() -> None:
    box = (0, 0, 50, 50, "car")
    result = merged(drawn("u1", box), drawn("u2"), drawn("u3", box))
    names = Names(people={"u1": "A", "u2": "B", "u3": "C"})
    assert sentences(result, names) == [("existence", 0, "2 of 3 drew this, B did not")]
    assert result.objects[0].is_likely


def test_boxes_that_overlap_too_little_are_one_object_in_dispute() -> None:
    # 60 x 100 shared of 140 x 100: .43, enough to be one object and too little to agree on it.
    result = merged(drawn("A", (0, 0, 100, 100, "car")), drawn("B", (40, 0, 100, 100, "car")))
    assert result.objects[0].min_iou == pytest.approx(60 / 140)
    assert sentences(result) == [("extent", 0, "left edge differs 40 px")]


def test_outlines_merge_to_the_one_in_the_middle_and_meet_boxes() -> None:
    square = outline("polygon", ((0, 0), (0, 100), (100, 100), (100, 0)))
    shifted = outline("freehand", ((10, 0), (10, 100), (110, 100), (110, 0)))
    far = rectangle(25, 0, 100, 100)
    result = merged(
        AnnotatorAnswer("A", "accept", (Mark("a", square, "car"),)),
        AnnotatorAnswer("B", "accept", (Mark("b", far, "car"),)),
        AnnotatorAnswer("C", "accept", (Mark("c", shifted, "car"),)),
    )
    (car,) = result.objects
    assert car.shape == shifted
    assert car.min_iou == pytest.approx(75 / 125)
    assert result.agreed


def test_outlines_that_differ_say_by_how_much() -> None:
    tall = outline("polygon", ((0, 0), (0, 100), (50, 100), (50, 0)))
    half = outline("polygon", ((0, 0), (0, 50), (50, 50), (50, 0)))
    result = merged(
        AnnotatorAnswer("A", "accept", (Mark("a", tall, "car"),)),
        AnnotatorAnswer("B", "accept", (Mark("b", half, "car"),)),
    )
    assert sentences(result) == [("extent", 0, "outlines overlap by 50% only")]


def test_nothing_here_is_an_answer_on_which_people_can_agree() -> None:
    result = merged(drawn("A"), drawn("B"))
    assert (result.answer, result.objects, result.confidence) == ("accept", (), 1)
    assert result.agreed


def test_boxes_of_those_who_do_not_accept_do_not_count() -> None:
    box = Mark("1", rectangle(0, 0, 50, 50), "car")
    result = merged(
        AnnotatorAnswer("A", "accept", (box,)),
        AnnotatorAnswer("B", "reject", (box,)),
        AnnotatorAnswer("C", "ignore", (box,)),
    )
    (car,) = result.objects
    assert (car.votes, car.of) == (1, 1)
    assert result.answer is None
    assert sentences(result) == [("answer", None, "1 of 2 says accept, 1 says reject")]


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_lone_answer_is_taken_as_it_is(verdict: Any) -> None:
    span = {"id": 7, "x": 1, "y": 2, "width": 30, "height": 40, "label": "car", "why": [None, 1]}
    result = consolidate(CANVAS, [read_answer(annotator="A", answer=verdict, spans=[span])])
    assert result.answer == verdict
    assert {key: result.spans[0][key] for key in span} == span
    assert result.agreed


def test_unknown_keys_survive_where_all_agree() -> None:
    spans: list[dict[str, Any]] = [
        {"id": "a", "pose": {"x": 1}, "n": 1, "lit": True, "seen": 1},
        {"id": "b", "pose": {"x": 1}, "n": "1", "lit": 1},
    ]
    box = {"x": 1, "y": 2, "width": 30, "height": 40, "label": "car"}
    answers = [
        read_answer(annotator=name, answer="accept", spans=[{**box, **span}])
        for name, span in zip("AB", spans, strict=True)
    ]
    assert consolidate(CANVAS, answers).objects[0].extra == {"pose": {"x": 1}}


def test_spans_without_ids_of_their_own_are_known_by_their_place() -> None:
    box = {"x": 1, "y": 2, "width": 30, "height": 40}
    spans = [{**box, "id": 5}, box, {**box, "id": "5"}, {**box, "id": None}]
    answer = read_answer(annotator="A", answer="accept", spans=spans)
    assert [mark.id for mark in answer.marks] == ["5", "#1", "#2", "#3"]


def test_a_broken_span_is_named() -> None:
    box = {"x": 1, "y": 2, "width": 30, "height": 40}
    with pytest.raises(ShapeError) as refusal:
        read_answer(annotator="A", answer="accept", spans=[box, {**box, "x": None}])
    assert (refusal.value.index, refusal.value.field) == (1, "x")


@pytest.mark.parametrize("answers", [[], [drawn("A"), drawn("A")]])
def test_a_consolidation_needs_one_answer_of_each(answers: list[AnnotatorAnswer]) -> None:
    with pytest.raises(ValueError, match="one answer per annotator"):
        consolidate(CANVAS, answers)
