"""What people said beside the final: verdicts, options that keep their type, and shapes."""

from __future__ import annotations

import pytest

from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark, Question
from apps.reviews.domain.judging import PICKED, Judgement, Truth, judge
from apps.reviews.domain.tallies import EXAMPLES, MOST_TASKS, Tally, key_of, people_of, size_of

SIGN = Mark("o", rectangle(0, 0, 10, 10), "stop")
BOXES = Question("image_manual")
SINGLE = Question("choice", options=(1, "1", 2))
SEVERAL = Question("choice", options=(1, "1", 2), multiple=True)


def options(*picked: tuple[str, tuple[int | str, ...]]) -> list[AnnotatorAnswer]:
    return [AnnotatorAnswer(name, "accept", accept=accept) for name, accept in picked]


def chosen(*accept: int | str) -> Truth:
    return Truth("accept", (), accept, [])


def told(items: list[Judgement]) -> list[tuple[str, str | None, str | None, bool]]:
    return [(item.annotator, item.said, item.final, item.ruled) for item in items]


def test_one_and_the_text_one_are_two_options() -> None:
    answers = options(("ann", (1,)), ("ben", ("1",)), ("cleo", ()))
    assert told(list(judge(SINGLE, answers, chosen(1)))) == [
        ("ann", "1", "1", True),
        ("ben", '"1"', "1", True),
        ("cleo", None, "1", True),
    ]


def test_where_several_may_be_picked_each_is_judged_alone() -> None:
    answers = options(("ann", (1, 2)), ("ben", (1,)))
    assert told(list(judge(SEVERAL, answers, chosen(1)))) == [
        ("ann", "1", "1", False),
        ("ben", "1", "1", False),
        ("ann", "2", None, True),
    ]


def test_images_that_are_picked_have_no_names_to_confuse() -> None:
    question = Question("image_choice", options=("tile a", "tile b"))
    answers = options(("ann", ("tile a",)), ("ben", ("tile b",)))
    found = told(list(judge(question, answers, chosen("tile a"))))
    assert found == [
        ("ann", PICKED, PICKED, True),
        ("ben", None, PICKED, True),
        ("ben", PICKED, None, True),
    ]


@pytest.mark.parametrize(("interface", "n"), [("classification", 2), ("image_manual", 0)])
def test_a_verdict_on_which_all_are_right_is_told_where_it_is_the_question(
    interface: str, n: int
) -> None:
    answers = [AnnotatorAnswer("ann", "reject"), AnnotatorAnswer("ben", "reject")]
    question = Question(interface)  # type: ignore[arg-type]  # one of the literals
    assert len(list(judge(question, answers, Truth("reject", (), (), [])))) == n


def test_ignore_says_nothing_and_who_rejects_draws_nothing() -> None:
    mark = Mark("s", rectangle(0, 0, 10, 10), "stop")
    answers = [
        AnnotatorAnswer("ann", "accept", (mark,)),
        AnnotatorAnswer("ben", "reject", (mark,)),
        AnnotatorAnswer("cleo", "ignore"),
    ]
    members = [{"annotator": "ann", "span": "s"}, {"annotator": "ben", "span": "s"}]
    truth = Truth(
        "accept",
        (SIGN,),
        (),
        [{"span": "o", "kept": True, "members": members, "rulings": []}],
    )
    found = list(judge(BOXES, answers, truth))
    assert [(item.annotator, item.kind, item.said) for item in found] == [
        ("ann", "answer", "accept"),
        ("ben", "answer", "reject"),
        ("ann", "label", "stop"),
    ]


def test_a_shape_that_only_the_reviewer_drew_was_missed_by_all_who_accept() -> None:
    answers = [AnnotatorAnswer("ann", "accept"), AnnotatorAnswer("ben", "accept")]
    entry = {"span": "o", "kept": True, "members": [], "rulings": ["r"]}
    found = list(judge(BOXES, answers, Truth("accept", (SIGN,), (), [entry])))
    assert told(found) == [("ann", None, "stop", True), ("ben", None, "stop", True)]


def test_only_so_many_examples_and_tasks_are_kept_but_all_are_counted() -> None:
    tally = Tally()
    fault = Judgement("ann", "answer", "accept", "reject", ruled=True)
    for task in range(MOST_TASKS + 5):
        tally.add(str(task), [fault, fault], {"ann": "2026-01-05"})
    (row,) = tally.confusions()
    assert (row["count"], row["of"]) == (2 * MOST_TASKS + 10, 2 * MOST_TASKS + 10)
    assert len(row["examples"]) == EXAMPLES
    assert len(tally.behind[row["behind"]]) == MOST_TASKS


def test_names_of_numbers_are_distinct_and_say_whose_they_are() -> None:
    assert key_of("said", "option", "a:b", None) == "said:option:a%3Ab:*"
    assert key_of("said", "option", "*", "x") != key_of("said", "option", None, "x")
    assert people_of(key_of("said", "label", "a", "b")) == set()
    assert people_of(key_of("overturned", "ann")) == {"ann"}
    assert people_of(key_of("missed_small", "ann")) == {"ann"}


@pytest.mark.parametrize(("side", "size"), [(31, "small"), (32, "medium"), (96, "large")])
def test_sizes_go_by_area(side: float, size: str) -> None:
    assert size_of((5, 5, 5 + 2 * side, 5 + side / 2)) == size
