"""The merge: how good and how fast, on scenes whose truth is known."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.objects import learn_and_find, learn_and_merge, merge_objects
from apps.reviews.domain.results import MergedObject
from apps.reviews.domain.skills import BoxSkills
from bench.crowds import RANGES, SEED, made, scenes
from bench.records import Record, of_milliseconds
from bench.scenes import REGULAR, Boxes, Scene, simulate
from bench.scoring import score
from bench.voting import measure_votes

Questions = Sequence[Sequence[AnnotatorAnswer]]
ONE_IMAGE = {36: (12, 3), 2500: (250, 10)}
"""Boxes of one image: so many objects, each drawn by so many people."""


def measure() -> Iterator[Record]:
    """Figures of the part `merge`."""
    for crowd in RANGES:
        for people in (3, 5):
            yield from _whole_sets(f"{crowd}_{people}", scenes(crowd, people))
    skills = learn_box_skills([answers_of(scene) for scene in made("regular", 5, images=200)])
    for boxes, (objects, people) in ONE_IMAGE.items():
        yield _one_image(boxes, objects=objects, people=people, skills=skills)
    yield from measure_votes()


def _whole_sets(name: str, known: Sequence[Scene]) -> Iterator[Record]:
    questions = [answers_of(scene) for scene in known]
    # The scenes are not part of the work: nobody is to go through them for rubbish meanwhile.
    gc.collect()
    gc.freeze()
    found, whole = (_quickest(each, questions) for each in (learn_and_find, learn_and_merge))
    _, merged = learn_and_merge(questions)
    result = score(
        (scene.truth, _boxes(objects)) for scene, objects in zip(known, merged, strict=True)
    )
    note = f"{len(known)} images of {len(known[0].truth.labels)} objects; learnt from these alone"
    yield Record(f"merge_f1_{name}", result.f1, "", len(known), note=note)
    yield Record(f"merge_iou_{name}", result.iou, "", result.n, note=note)
    note = f"best of 3, from answers to columns of numbers; to objects with members {whole:.2f} s"
    yield Record(f"merge_seconds_{name}", found, "s", len(known), note=note)


def _quickest(work: Callable[[Questions], object], questions: Questions) -> float:
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work(questions)
        taken.append(time.perf_counter() - began)
    return min(taken)


def _one_image(boxes: int, *, objects: int, people: int, skills: BoxSkills) -> Record:
    exact = replace(REGULAR, miss=0.0, extra=0.0)
    # Now and then somebody draws two things as one or one twice: take a scene without that.
    many = simulate(count=200, objects=objects, team=(exact,) * people, seed=SEED)
    full = min(many, key=lambda scene: abs(boxes - _count(scene)))
    answers = answers_of(full)
    taken: list[float] = []
    for _ in range(40):
        began = time.perf_counter()
        merge_objects([answers], skills)
        taken.append(time.perf_counter() - began)
    note = f"one image, {people} people, {_count(full)} boxes, skills known"
    return of_milliseconds(f"merge_ms_{boxes}_boxes", taken, note=note)


def _count(scene: Scene) -> int:
    return sum(len(answer.labels) for answer in scene.answers)


def answers_of(scene: Scene) -> list[AnnotatorAnswer]:
    """What everybody drew in a scene; people are `p0`, `p1` and so on."""
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
