"""Learning on whole sets with a known truth: simulated people, and real ones where given."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from apps.datasets.domain.iou import FloatArray, box_iou
from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.calibration import calibrate
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.objects import learn_and_merge, merge_objects
from apps.reviews.domain.results import MergedObject
from bench.scenes import PRO, REGULAR, SLOPPY, SPAMMER, Scene, simulate
from bench.spoken import answers_of, reviewed

RIGHT = 0.9
MIXED = (PRO, REGULAR, REGULAR, SLOPPY, SLOPPY)


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return simulate(count=120, objects=12, team=MIXED, seed=1)


def questions_of(scenes: Sequence[Scene]) -> list[list[AnnotatorAnswer]]:
    return [answers_of(scene) for scene in scenes]


def edges_of(objects: Sequence[MergedObject]) -> FloatArray:
    likely = [each.shape.edges for each in objects if each.is_likely]
    return np.array(likely, np.float64).reshape(-1, 4)


def f1(truths: Sequence[FloatArray], found: Sequence[FloatArray], overlap: float) -> float:
    """Matches are the most that are possible one to one from an IoU on."""
    matches = sum(map(_matches, truths, found, [overlap] * len(truths)))
    return (
        2 * matches / sum(len(truth) + len(seen) for truth, seen in zip(truths, found, strict=True))
    )


def _matches(truth: FloatArray, found: FloatArray, overlap: float) -> int:
    near = box_iou(np.repeat(truth, len(found), axis=0), np.tile(found, (len(truth), 1)))
    partners = [np.flatnonzero(row >= overlap) for row in near.reshape(len(truth), len(found))]
    taken: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for column in partners[row].tolist():
            if column not in seen:
                seen.add(column)
                if column not in taken or place(taken[column], seen):
                    taken[column] = row
                    return True
        return False

    return sum(place(row, set()) for row in range(len(truth)))


def test_what_is_learnt_draws_better_edges(scenes) -> None:
    questions, truths = questions_of(scenes), [scene.truth.edges for scene in scenes]
    _, learnt = learn_and_merge(questions)
    unlearnt = [edges_of(objects) for objects in merge_objects(questions)]
    seen = [edges_of(objects) for objects in learnt]
    assert f1(truths, seen, 0.5) > 0.95
    assert f1(truths, seen, 0.9) > f1(truths, unlearnt, 0.9) + 0.05


def test_people_are_ranked_as_they_are(scenes) -> None:
    skills = learn_box_skills(questions_of(scenes))
    pro, *regular_and_sloppy = skills.hands.variance.mean(axis=1).tolist()
    assert pro < min(regular_and_sloppy)
    assert max(regular_and_sloppy[:2]) < min(regular_and_sloppy[2:])
    assert skills.sight.recall[0] > skills.sight.recall[3:].max()
    assert skills.naming.accuracy[0] > skills.naming.accuracy[3:].max()


def test_a_spammer_is_not_believed() -> None:
    scenes = simulate(count=80, objects=12, team=(REGULAR, REGULAR, SPAMMER), seed=2)
    _, merged = learn_and_merge(questions_of(scenes))
    alone = [each for objects in merged for each in objects if each.votes == 1]
    invented = [each for each in alone if each.members[0].annotator == "p2"]
    assert len(invented) > 200
    assert sum(each.is_likely for each in invented) < 0.02 * len(invented)


def test_twice_the_same_images_teach_the_same(scenes) -> None:
    once, twice = (learn_box_skills(questions_of(scenes) * times) for times in (1, 2))
    assert twice.sight.recall == pytest.approx(once.sight.recall, abs=0.01)
    assert twice.sight.spurious == pytest.approx(once.sight.spurious, abs=0.02)
    assert twice.naming.accuracy == pytest.approx(once.naming.accuracy, abs=0.01)
    assert twice.hands.bias == pytest.approx(once.hands.bias, abs=0.002)
    assert np.sqrt(twice.hands.variance) == pytest.approx(np.sqrt(once.hands.variance), abs=0.002)


def test_the_raw_figure_is_too_sure_and_calibration_is_not(scenes) -> None:
    """Hard objects are hard for all, so that people agree on what is wrong."""
    _, merged = learn_and_merge(questions_of(scenes))
    rows = list(reviewed(scenes, merged, right_iou=RIGHT))
    fitted, rest = rows[::2], rows[1::2]
    curve = calibrate([row for row, _ in fitted], right_iou=RIGHT)
    assert curve is not None
    sure = [(row, each) for row, each in rest if each.confidence >= 0.95]
    right = np.mean([row.right for row, _ in sure])
    assert np.mean([each.confidence for _, each in sure]) > right + 0.1
    calibrated = np.mean([curve.confidence(row.features) for row, _ in sure])
    assert calibrated == pytest.approx(right, abs=0.04)


CROWD = os.environ.get("CONCORD_CROWD_DATA", "")
REACHED = {2: (0.892, 0.563), 3: (0.920, 0.625), 5: (0.933, 0.684), 7: (0.939, 0.727)}


@pytest.mark.skipif(not CROWD, reason="CONCORD_CROWD_DATA names no answers of a real crowd")
@pytest.mark.parametrize("people", REACHED)
def test_real_people(people: int) -> None:
    """F1 at an IoU of .5 and .8 with some of up to seven workers per image, drawn at random."""
    images = json.loads(Path(CROWD).read_text())["images"]
    rng = np.random.default_rng(people)
    draws = 1 if people == 7 else 8
    scores = np.mean([_score(images, people, rng) for _ in range(draws)], axis=0)
    assert (scores >= np.array(REACHED[people]) - 0.005).all(), scores


def _score(images: dict[str, Any], people: int, rng: np.random.Generator) -> tuple[float, float]:
    questions, truths = [], []
    for _, image in sorted(images.items()):
        workers = sorted(image["annotators"])
        chosen = sorted(rng.permutation(workers)[:people].tolist())
        questions.append([_answer(worker, image["annotators"][worker]) for worker in chosen])
        truth = np.array(image["expert"], np.float64).reshape(-1, 4)
        truth[:, 2:] += truth[:, :2]
        truths.append(truth)
    found = [edges_of(objects) for objects in learn_and_merge(questions)[1]]
    return f1(truths, found, 0.5), f1(truths, found, 0.8)


def _answer(worker: str, boxes: Sequence[Sequence[float]]) -> AnnotatorAnswer:
    marks = [
        Mark(str(n), rectangle(x, y, width, height), "pedestrian")
        for n, (x, y, width, height) in enumerate(boxes)
        if min(width, height) >= 1
    ]
    return AnnotatorAnswer(worker, "accept", tuple(marks))
