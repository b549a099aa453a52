"""What an object is called: by hand, by what people are known to confuse, and with many labels."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from apps.reviews.domain import naming
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.known import Known
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.objects import learn_and_merge, merge_objects
from apps.reviews.domain.results import MergedObject
from apps.reviews.domain.sentences import english
from apps.reviews.domain.skills import BoxSkills
from tests.unit.reviews.scenes import CANVAS, drawn, skilled

PLACE = (100, 100, 80, 60)


def called(skills: BoxSkills | None = None, **said: str) -> MergedObject:
    answers = [drawn(name, (*PLACE, label)) for name, label in said.items()]
    ((only,),) = merge_objects([answers], skills)
    return only


def chances(merged: MergedObject) -> dict[str, Any]:
    return dict(merged.label_posterior)


def test_two_of_three_lead() -> None:
    # .8 * .8 * .2 against .8 * .2 * .2.
    car = called(A="car", B="car", C="van")
    assert (car.label, chances(car)["car"]) == ("car", pytest.approx(0.8))
    assert car.confidence == pytest.approx(0.8 * car.existence)


def test_where_skill_and_majority_differ_nothing_leads() -> None:
    skills = skilled(A={"accuracy": 0.55}, B={"accuracy": 0.55}, C={"accuracy": 0.95})
    # .55 * .55 * .05 against .45 * .45 * .95.
    thing = called(skills, A="car", B="car", C="van")
    assert chances(thing)["van"] == pytest.approx(0.192375 / (0.192375 + 0.015125))
    assert thing.label is None
    answers = [
        drawn(name, (*PLACE, label))
        for name, label in zip("ABC", ("car", "car", "van"), strict=True)
    ]
    (conflict,) = consolidate(CANVAS, answers, Known(boxes=skills)).conflicts
    assert english(conflict.code, conflict.params) == "2 of 3 say car, 1 says van; van is likelier"


def test_a_majority_of_one_voice_that_is_not_believed_is_a_conflict_too() -> None:
    # A calls every van a car: 12 times, and B and C agree on what it is.
    lesson = [
        [drawn("A", (*PLACE, "car")), drawn("B", (*PLACE, label)), drawn("C", (*PLACE, label))]
        for label in ["van"] * 12 + ["car"]
    ]
    skills = learn_box_skills(lesson)
    thing = called(skills, A="car")
    assert chances(thing)["van"] > 0.5
    assert (thing.label, thing.disputed) == (None, ("label",)) if thing.of > 1 else True
    ((alone, *_),) = merge_objects([[drawn("A", (*PLACE, "car")), drawn("Z")]], skills)
    assert (alone.label, alone.disputed) == (None, ("existence", "label"))


def test_a_tie_stays_one_although_one_side_is_likelier() -> None:
    skills = skilled(A={"accuracy": 0.6}, B={"accuracy": 0.9})
    thing = called(skills, A="car", B="van")
    assert thing.label is None
    assert thing.label_posterior[0][0] == "van"


def test_a_lone_answer_is_called_what_it_says() -> None:
    assert called(skilled(A={"accuracy": 0.1}), A="car").label == "car"


def test_labels_that_nobody_has_seen_before_are_candidates_where_somebody_gives_them() -> None:
    skills = learn_box_skills([[drawn("A", (*PLACE, "car")), drawn("B", (*PLACE, "van"))]])
    assert skills.naming.labels == ("car", "van")
    new = called(skills, A="bus", B="bus", C="car")
    assert new.label == "bus"
    assert set(chances(new)) <= {"bus", "car", "van"}
    elsewhere = called(skills, A="car", B="car")
    assert "bus" not in chances(elsewhere)


def test_no_label_at_all_is_no_dispute() -> None:
    ((thing,),) = merge_objects([[drawn("A", (*PLACE, None)), drawn("B", (*PLACE, None))]])
    assert (thing.label, thing.label_posterior, thing.disputed) == (None, (), ())
    assert thing.confidence == thing.existence


def lessons(labels: list[str]) -> list[list[AnnotatorAnswer]]:
    """Each label once; C is wrong in every other image."""
    wrong = itertools.cycle([True, False])
    return [
        [
            drawn("A", (*PLACE, label)),
            drawn("B", (*PLACE, label)),
            drawn("C", (*PLACE, labels[(n + 1) % len(labels)] if next(wrong) else label)),
        ]
        for n, label in enumerate(labels)
    ]


@pytest.mark.parametrize("count", [40, 80])
def test_accuracies_are_learnt_with_few_labels_and_with_many(count: int) -> None:
    skills, merged = learn_and_merge(lessons([f"l{n}" for n in range(count)]))
    assert skills.naming.said.size == (0 if count > naming.MOST_LABELS else 3 * count**2)
    assert skills.naming.accuracy[:2] == pytest.approx([1, 1], abs=0.03)
    assert skills.naming.accuracy[2] == pytest.approx(0.5, abs=0.05)
    assert [objects[0].label for objects in merged] == [f"l{n}" for n in range(count)]
    assert BoxSkills.from_dict(skills.as_dict()).as_dict() == skills.as_dict()


def test_many_labels_and_confusions_nearly_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = lessons([f"l{n}" for n in range(8)] * 5)
    _, by_rows = learn_and_merge(questions)
    monkeypatch.setattr(naming, "MOST_LABELS", 4)
    _, by_accuracy = learn_and_merge(questions)
    for (one,), (other,) in zip(by_rows, by_accuracy, strict=True):
        assert one.label == other.label
        assert one.confidence == pytest.approx(other.confidence, abs=0.03)
