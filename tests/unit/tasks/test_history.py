"""The judge of the crowd's history finds what is wrong, and only that."""

from __future__ import annotations

from typing import Literal

from tests.jobs.tasks.history import Deed, answered_twice, false_nothing_left, over_claims


def deed(
    person: str,
    kind: Literal["claim", "submit", "release"],
    sent: float,
    done: float,
    *tasks: str,
) -> Deed:
    return Deed(person, kind, sent, done, tasks)


ANN = deed("ann", "claim", 0, 1, "t")
ANN_LEAVES = deed("ann", "release", 4, 5, "t")


def test_two_people_who_surely_had_the_one_slot_at_once_are_one_too_many() -> None:
    assert over_claims([ANN, deed("ben", "claim", 2, 3, "t")], overlap=1) == ["t"]
    assert over_claims([ANN, deed("ben", "claim", 2, 3, "t")], overlap=2) == []


def test_a_slot_given_back_may_go_to_the_next_while_the_reply_is_on_its_way() -> None:
    assert over_claims([ANN, ANN_LEAVES, deed("ben", "claim", 4.1, 4.5, "t")], overlap=1) == []
    assert over_claims([ANN, ANN_LEAVES, deed("ben", "claim", 2, 3, "t")], overlap=1) == ["t"]


def test_an_answer_keeps_its_slot() -> None:
    history = [ANN, deed("ann", "submit", 2, 3, "t"), deed("ben", "claim", 8, 9, "t")]
    assert over_claims(history, overlap=1) == ["t"]


def test_an_answer_given_twice_is_found() -> None:
    once = deed("ann", "submit", 2, 3, "t")
    assert answered_twice([ANN, once, deed("ben", "submit", 2, 3, "t")]) == []
    assert answered_twice([ANN, once, once]) == [("ann", "t")]


def test_nothing_left_is_false_where_a_slot_was_free_throughout() -> None:
    told = deed("ben", "claim", 2, 3)
    assert false_nothing_left([ANN, told], tasks=["t"], overlap=1) == []
    assert false_nothing_left([ANN, told], tasks=["t"], overlap=2) == [(told, "t")]
    assert false_nothing_left([ANN, told], tasks=["t", "u"], overlap=1) == [(told, "u")]


def test_nothing_left_is_true_while_somebody_gives_back_or_claims() -> None:
    for told in (deed("ben", "claim", 4.5, 6), deed("ben", "claim", 0.5, 0.7)):
        assert false_nothing_left([ANN, ANN_LEAVES, told], tasks=["t"], overlap=1) == []
    later = deed("ben", "claim", 5.1, 6)
    assert false_nothing_left([ANN, ANN_LEAVES, later], tasks=["t"], overlap=1) == [(later, "t")]


def test_nothing_left_is_true_for_who_answered_everything() -> None:
    told = deed("ann", "claim", 5, 6)
    history = [ANN, deed("ann", "submit", 2, 3, "t"), told]
    assert false_nothing_left(history, tasks=["t"], overlap=3) == []
