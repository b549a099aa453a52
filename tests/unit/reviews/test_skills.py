"""What is learnt of annotators: that it is learnt, kept, and used."""

from __future__ import annotations

import json

import pytest

from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.known import Known
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.objects import learn_and_merge, merge_objects
from apps.reviews.domain.skills import BoxSkills
from tests.unit.reviews.scenes import CANVAS, drawn, random_scene

SCENES = [random_scene(seed) for seed in range(12)]


def test_skills_survive_the_way_to_json_and_back() -> None:
    skills = learn_box_skills(SCENES)
    stored = json.loads(json.dumps(skills.as_dict(), allow_nan=False))
    read = BoxSkills.from_dict(stored)
    assert read.as_dict() == skills.as_dict()
    assert merge_objects(SCENES, read) == merge_objects(SCENES, skills)


def test_learning_and_merging_at_once_is_both_one_after_the_other() -> None:
    skills, merged = learn_and_merge(SCENES)
    assert skills.as_dict() == learn_box_skills(SCENES).as_dict()
    assert merged == merge_objects(SCENES, skills)
    assert list(consolidate(CANVAS, SCENES[3], Known(boxes=skills)).objects) == list(merged[3])


def test_nothing_known_is_a_value_too() -> None:
    prior = BoxSkills.prior()
    assert BoxSkills.from_dict(prior.as_dict()).as_dict() == prior.as_dict()
    assert merge_objects(SCENES, prior) == merge_objects(SCENES)
    assert learn_box_skills([]).as_dict() == prior.as_dict()


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"joined": "0.03"},
        {"joined": float("nan")},
        {"pooled_variance": [1.0, 1.0]},
        {"pooled_variance": [1.0, 1.0, 1.0, 0.0]},
        {"shift": [0.1, 0.1, 0.1, 0.5]},
        {"more": 1},
        {"annotators": {"A": {"recall": 0.9}}},
        {"annotators": ["A"]},
        {"labels": [1]},
    ],
)
def test_other_things_are_no_skills(change) -> None:
    with pytest.raises(ValueError, match="skill"):
        BoxSkills.from_dict({**BoxSkills.prior().as_dict(), **change})


def test_a_stranger_is_taken_for_what_is_common() -> None:
    skills = learn_box_skills([[drawn("A", (0, 0, 50, 50, "car")), drawn("B")]])
    stranger = skills.of(["Z"])
    assert stranger.sight.recall == [0.85]
    assert stranger.hands.variance.tolist() == [skills.hands.pooled.tolist()]
    assert stranger.naming.accuracy == [skills.naming.common]


def test_what_one_alone_answered_teaches_nothing() -> None:
    alone = [[drawn("A", (0, 0, 50, 50, "car"), (100, 0, 50, 50, "car"))]] * 30
    together = [[drawn("A", (0, 0, 50, 50, "car")), drawn("B", (0, 0, 50, 50, "car"))]]
    known, expected = learn_box_skills(alone + together), learn_box_skills(together)
    assert known.sight.recall == pytest.approx(expected.sight.recall, abs=1e-4)
    assert known.sight.spurious == pytest.approx(expected.sight.spurious, abs=1e-4)
    assert known.naming.accuracy == pytest.approx(expected.naming.accuracy, abs=1e-4)


@pytest.mark.parametrize("cell", [[0, 1, 1.0], [0.5, 0, 1.0], [0, 0], [-1, 0, 1.0], ["0", 0, 1.0]])
def test_confusions_of_labels_that_are_not_there_are_refused(cell) -> None:
    known = learn_box_skills([[drawn(name, (0, 0, 50, 50, "car")) for name in "AB"]]).as_dict()
    known["annotators"]["A"]["said"] = [cell]
    with pytest.raises(ValueError, match="skill"):
        BoxSkills.from_dict(known)
