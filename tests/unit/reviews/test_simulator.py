"""What the merge makes of simulated teams: boxes, and how far its confidence can be believed."""

from __future__ import annotations

import numpy as np
import pytest

from apps.reviews.domain.objects import learn_and_merge
from bench.scenes import Boxes, Scene, simulate
from bench.scoring import MATCH, against_truth, calibration_error
from bench.simulated import CLOSE, TEAMS, errors_of_confidence
from bench.spoken import answers_of, likely

# F1 from an IoU of .5 on that this merge was specified to reach on such teams.
SPECIFIED = {
    "2_regular": 0.810,
    "3_regular": 0.959,
    "3_unequal": 0.960,
    "5_mixed": 0.989,
    "5_with_spammer": 0.984,
    "7_mixed": 0.996,
}


@pytest.mark.parametrize("name", TEAMS)
def test_teams_of_unequal_care(name: str) -> None:
    scenes = simulate(count=60, objects=20, team=TEAMS[name], seed=2)
    _, merged = learn_and_merge([answers_of(scene) for scene in scenes])
    found = [likely(objects) for objects in merged]
    assert against_truth(scenes, found).f1 >= SPECIFIED[name] - 0.02
    lone = max(_drawn_by(scenes, person, CLOSE) for person in range(len(TEAMS[name])))
    if len(TEAMS[name]) > 2:  # of two alike nobody can tell who is off
        assert against_truth(scenes, found, overlap=CLOSE).f1 > lone


def _drawn_by(scenes: list[Scene], person: int, overlap: float) -> float:
    drawn: list[Boxes] = [scene.answers[person] for scene in scenes]
    return against_truth(scenes, drawn, overlap=overlap).f1


def test_the_calibration_error_of_two_bins_is_the_weighted_gap() -> None:
    # .9 said of four of which two are right: off by .4; .25 said of four of which one is: off by 0.
    said = np.array([0.9] * 4 + [0.25] * 4)
    right = np.array([1, 1, 0, 0, 1, 0, 0, 0], np.bool_)
    assert calibration_error(said, right) == pytest.approx(0.5 * 0.4)
    assert calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0


def test_the_fitted_confidence_is_off_by_little_and_by_less_than_the_raw_one() -> None:
    scenes = simulate(count=120, objects=20, team=TEAMS["3_regular"], seed=3)
    _, merged = learn_and_merge([answers_of(scene) for scene in scenes])
    raw, fitted, n = errors_of_confidence(scenes, merged, right_iou=MATCH)
    assert n > 1000
    assert fitted < min(raw, 0.03)
    raw, fitted, _ = errors_of_confidence(scenes, merged, right_iou=CLOSE)
    assert fitted < 0.06
    assert raw > 0.3
