"""Votes by hand: accept and reject, one option, several options."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.reviews.domain.answers import AnnotatorAnswer, OptionId, Question
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.sentences import Names, english
from tests.unit.reviews.scenes import drawn

ONE = Question("choice", (1, "1", 0, -1))
SEVERAL = Question("choice", (1, "1", 0, -1), multiple=True)


def said(result: Consolidation, names: Names | None = None) -> list[tuple[str, str]]:
    return [(each.kind, english(each.code, each.params, names)) for each in result.conflicts]


def verdicts(*answers: Any) -> Consolidation:
    return consolidate(
        Question("classification"),
        [AnnotatorAnswer(f"u{n}", answer) for n, answer in enumerate(answers)],
    )


def picks(question: Question, *selections: tuple[OptionId, ...] | str) -> Consolidation:
    """One annotator per selection; a word stands for an answer that is not an accept."""
    answers = [
        AnnotatorAnswer(f"u{n}", "accept", accept=each)
        if isinstance(each, tuple)
        else AnnotatorAnswer(f"u{n}", each)  # type: ignore[arg-type]
        for n, each in enumerate(selections)
    ]
    return consolidate(question, answers)


@pytest.mark.parametrize(
    ("answers", "verdict", "confidence", "conflicts"),
    [
        (["accept"], "accept", 1, []),
        (["reject", "reject"], "reject", 1, []),
        (
            ["accept", "reject", "accept"],
            "accept",
            2 / 3,
            [("answer", "2 of 3 say accept, 1 says reject")],
        ),
        (["accept", "reject"], None, 1 / 2, [("answer", "1 of 2 says accept, 1 says reject")]),
        (["accept", "accept", "ignore"], "accept", 2 / 3, []),
        (["accept", "ignore"], "accept", 1 / 2, [("unsure", "1 of 2 is unsure")]),
        (["ignore", "ignore"], "ignore", 0, [("unsure", "2 of 2 are unsure")]),
        (["ignore"], "ignore", 0, [("unsure", "1 of 1 is unsure")]),
        (
            ["accept", "reject", "ignore", "ignore"],
            None,
            1 / 4,
            [("unsure", "2 of 4 are unsure"), ("answer", "1 of 2 says accept, 1 says reject")],
        ),
    ],
)
def test_a_verdict(answers: Any, verdict: Any, confidence: float, conflicts: Any) -> None:
    result = verdicts(*answers)
    assert (result.answer, result.confidence) == (verdict, pytest.approx(confidence))
    assert said(result) == conflicts
    assert result.accept is None


def test_a_selection_on_which_all_agree() -> None:
    result = picks(ONE, (0,), (0,))
    assert (result.accept, result.confidence, result.agreed) == ((0,), 1, True)
    assert result.option_votes == ((1, 0), ("1", 0), (0, 2), (-1, 0))


def test_the_number_1_is_not_the_string_1() -> None:
    result = picks(ONE, (1,), ("1",), (1,))
    assert json.dumps(result.as_dict()["accept"]) == "[1]"
    names = Names(options={1: "one", "1": "quoted"})
    assert said(result, names) == [("label", "2 of 3 say one, 1 says quoted")]


def test_a_tie_between_options_proposes_none() -> None:
    result = picks(ONE, (0,), (-1,))
    assert (result.accept, result.confidence) == (None, 0.5)
    assert said(result) == [("label", "1 of 2 says 0, 1 says -1")]


def test_picking_nothing_is_a_vote_of_its_own() -> None:
    assert picks(ONE, (), ()).accept == ()
    assert said(picks(ONE, (), (), (0,))) == [("label", "2 of 3 say none, 1 says 0")]


def test_of_several_options_each_is_voted_on() -> None:
    result = picks(SEVERAL, (1, 0), (0, "1"), (0, 1))
    assert result.accept == (1, 0)
    assert result.confidence == pytest.approx(2 / 3)
    assert [(each.option, english(each.code, each.params)) for each in result.conflicts] == [
        (1, "2 of 3 pick 1"),
        ("1", "1 of 3 picks 1"),
    ]


def test_a_tie_on_one_of_several_options_leaves_it_out() -> None:
    result = picks(SEVERAL, (0, 1), (0,))
    assert (result.accept, len(result.conflicts)) == ((0,), 1)


def test_the_order_in_which_options_were_picked_does_not_matter() -> None:
    assert picks(SEVERAL, (-1, 1), (1, -1)).agreed


def test_an_option_that_is_no_longer_offered_still_counts() -> None:
    result = picks(ONE, ("old",), ("old",), (9,))
    assert result.accept == ("old",)
    assert result.option_votes[-2:] == ((9, 1), ("old", 2))


def test_who_rejects_the_question_does_not_vote_on_its_options() -> None:
    result = picks(ONE, (0,), (0,), "reject")
    assert result.accept == (0,)
    assert said(result) == [("answer", "2 of 3 say accept, 1 says reject")]
    assert picks(ONE, "reject", "reject").accept == ()


def test_in_a_grid_of_images_each_tile_is_voted_on() -> None:
    result = picks(Question("image_choice", ("t1", "t2")), ("t1",), ("t1", "t2"), ("t1",))
    assert result.accept == ("t1",)
    assert [each.option for each in result.conflicts] == ["t2"]


def test_shapes_of_a_classification_belong_to_the_question() -> None:
    box = (0, 0, 50, 50, "car")
    result = consolidate(Question("image"), [drawn("A", box), drawn("B")])
    assert (result.objects, result.agreed) == ((), True)
