"""The merge: how good and how fast, on scenes whose truth is known."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.objects import learn_and_merge, merge_objects
from apps.reviews.domain.results import MergedObject
from bench.records import Record, of_milliseconds
from bench.scenes import PRO, REGULAR, SLOPPY, Boxes, Care, Scene, simulate
from bench.scoring import score
from bench.voting import measure_votes

SCENES, OBJECTS, SEED = 1000, 20, 7
TEAMS = {
    "regular": {3: (PRO, REGULAR, REGULAR), 5: (PRO, PRO, REGULAR, REGULAR, SLOPPY)},
    "crowded": {3: (REGULAR, REGULAR, SLOPPY), 5: (REGULAR, REGULAR, SLOPPY, SLOPPY, SLOPPY)},
}
ONE_IMAGE = {36: (12, 3), 2500: (250, 10)}
"""Boxes of one image: so many objects, each drawn by so many people."""


def measure() -> Iterator[Record]:
    """Figures of the part `merge`."""
    for crowd, teams in TEAMS.items():
        for people, team in teams.items():
            yield from _whole_sets(f"{crowd}_{people}", team, crowded=crowd == "crowded")
    for boxes, (objects, people) in ONE_IMAGE.items():
        yield _one_image(boxes, objects=objects, people=people)
    yield from measure_votes()


def _whole_sets(name: str, team: Sequence[Care], *, crowded: bool) -> Iterator[Record]:
    scenes = simulate(count=SCENES, objects=OBJECTS, team=team, seed=SEED, crowded=crowded)
    questions = [_answers(scene) for scene in scenes]
    taken: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        _, merged = learn_and_merge(questions)
        taken.append(time.perf_counter() - began)
    result = score(
        (scene.truth, _boxes(found)) for scene, found in zip(scenes, merged, strict=True)
    )
    note = f"{SCENES} simulated images of {OBJECTS} objects; learnt from these alone"
    yield Record(f"merge_f1_{name}", result.f1, "", SCENES, note=note)
    yield Record(f"merge_iou_{name}", result.iou, "", result.n, note=note)
    yield Record(f"merge_seconds_{name}", min(taken), "s", SCENES, note="best of 3 passes")


def _one_image(boxes: int, *, objects: int, people: int) -> Record:
    exact = replace(REGULAR, miss=0.0, extra=0.0)
    # Now and then somebody draws two things as one or one twice: take a scene without that.
    scenes = simulate(count=200, objects=objects, team=(exact,) * people, seed=SEED)
    full = min(scenes, key=lambda scene: abs(boxes - _count(scene)))
    answers = _answers(full)
    taken: list[float] = []
    for _ in range(40):
        began = time.perf_counter()
        merge_objects([answers])
        taken.append(time.perf_counter() - began)
    note = f"one image, {people} people, {_count(full)} boxes"
    return of_milliseconds(f"merge_ms_{boxes}_boxes", taken, note=note)


def _count(scene: Scene) -> int:
    return sum(len(answer.labels) for answer in scene.answers)


def _answers(scene: Scene) -> list[AnnotatorAnswer]:
    return [
        AnnotatorAnswer(f"p{person}", "accept", tuple(_marks(boxes)))
        for person, boxes in enumerate(scene.answers)
    ]


def _marks(boxes: Boxes) -> Iterator[Mark]:
    rows = zip(boxes.edges.tolist(), boxes.labels.tolist(), strict=True)
    for n, ((left, top, right, bottom), label) in enumerate(rows):
        yield Mark(str(n), rectangle(left, top, right - left, bottom - top), str(label))


def _boxes(objects: Sequence[MergedObject]) -> Boxes:
    """What is likely to be there, under its most probable label."""
    kept = [each for each in objects if each.is_likely]
    edges = np.array([each.shape.edges for each in kept], np.float64).reshape(len(kept), 4)
    return Boxes(edges, np.array([int(each.label_posterior[0][0]) for each in kept], np.int64))
