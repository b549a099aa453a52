"""The merge: how good and how fast, on scenes whose truth is known."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.objects import learn_and_find, learn_and_merge, merge_objects
from apps.reviews.domain.skills import BoxSkills
from bench.crowds import RANGES, SEED, made, scenes
from bench.peers.merging import beside, merged_by_peers
from bench.records import Record, of_milliseconds
from bench.scenes import REGULAR, Scene, simulate
from bench.scoring import against_truth
from bench.simulated import measure_teams
from bench.spoken import answers_of, likely
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
    yield from measure_teams()
    yield from measure_votes()


def _whole_sets(name: str, known: Sequence[Scene]) -> Iterator[Record]:
    questions = [answers_of(scene) for scene in known]
    # The scenes are not part of the work: nobody is to go through them for rubbish meanwhile.
    gc.collect()
    gc.freeze()
    found, whole = (_quickest(each, questions) for each in (learn_and_find, learn_and_merge))
    _, merged = learn_and_merge(questions)
    peers = merged_by_peers(known)
    ours = against_truth(known, map(likely, merged))
    theirs = {peer: against_truth(known, each.found) for peer, each in peers.items()}
    note = f"{len(known)} images of {len(known[0].truth.labels)} objects; learnt from these alone"
    record = Record(f"merge_f1_{name}", ours.f1, "", len(known), note=note)
    yield beside(record, {peer: each.f1 for peer, each in theirs.items()})
    record = Record(f"merge_iou_{name}", ours.iou, "", ours.n, note=note)
    yield beside(record, {peer: each.iou for peer, each in theirs.items()})
    note = f"best of 3, from answers to columns of numbers; to objects with members {whole:.2f} s"
    record = Record(f"merge_seconds_{name}", found, "s", len(known), note=note)
    yield beside(record, {peer: each.seconds for peer, each in peers.items()})


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
