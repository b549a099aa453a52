"""Scenes to merge, and how two results are compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from apps.datasets.domain.shapes import outline, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark, Question
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.skills import BoxSkills

CANVAS = Question("image_manual")
Box = tuple[float, float, float, float, str | None]


def drawn(annotator: str, *boxes: Box) -> AnnotatorAnswer:
    """An accepting answer with boxes (x, y, width, height, label), known as annotator + number."""
    marks = tuple(
        Mark(f"{annotator}{n}", rectangle(*box[:4]), box[4]) for n, box in enumerate(boxes, 1)
    )
    return AnnotatorAnswer(annotator, "accept", marks)


def merged(*answers: AnnotatorAnswer) -> Consolidation:
    """The consolidation of answers drawn on one canvas."""
    return consolidate(CANVAS, answers)


def as_bytes(consolidation: Consolidation) -> str:
    """What would be stored; equal only if every number and every order is."""
    return json.dumps(consolidation.as_dict())


def random_scene(seed: int) -> list[AnnotatorAnswer]:
    """Shapes of at most seven annotators: repeats, nests, touching boxes, outlines; about 200 in
    every tenth scene, fewer in the others."""
    rng = np.random.default_rng(seed)
    most = 30 if seed % 10 else 200
    names = "ABCDEFG"[: rng.integers(1, 8)]
    things = [_thing(rng) for _ in range(rng.integers(0, most // len(names) + 1))]
    return [_seen_by(rng, name, things) for name in names]


def _thing(rng: np.random.Generator) -> Sequence[float]:
    kind = rng.integers(4)
    if kind == 0:  # on a coarse grid: identical, touching and nested boxes
        return [float(value) for value in rng.integers(0, 5, 2) * 50] + [
            50.0 * rng.integers(1, 4)
        ] * 2
    if kind == 1:  # a speck
        return [*rng.uniform(0, 500, 2).tolist(), *(10.0 ** rng.uniform(-9, 0, 2)).tolist()]
    if kind == 2:  # a sliver as long as the image
        return [0.0, float(rng.uniform(0, 500)), 500.0, 0.5]
    return [*rng.uniform(0, 400, 2).tolist(), *rng.uniform(1, 200, 2).tolist()]


def _seen_by(rng: np.random.Generator, name: str, things: list[Sequence[float]]) -> AnnotatorAnswer:
    marks = []
    for n, (x, y, width, height) in enumerate(things):
        if rng.random() < 0.2:
            continue
        left, top = x, y
        if rng.random() < 0.5:
            left, top = x + rng.normal(0, 0.05) * width, y + rng.normal(0, 0.05) * height
        label = ("car", "van", "dog", None)[rng.integers(4)]
        shape = rectangle(left, top, width, height)
        if rng.random() < 0.03:
            corners = rng.uniform(0, 1, (6, 2)) * (width, height) + (left, top)
            shape = outline("polygon", tuple((float(a), float(b)) for a, b in corners))
        marks.append(Mark(f"{name}{n}", shape, label))
        if rng.random() < 0.05:
            marks.append(Mark(f"{name}{n}again", shape, label))
    return AnnotatorAnswer(name, "accept", tuple(marks))


def skilled(**people: dict[str, Any]) -> BoxSkills:
    """Skills of people as the prior has them, but for what is named."""
    annotators = {name: {**_UNKNOWN, **known} for name, known in people.items()}
    return BoxSkills.from_dict({**BoxSkills.prior().as_dict(), "annotators": annotators})


_UNKNOWN = {
    "recall": 0.85,
    "spurious": 0.25,
    "accuracy": 0.8,
    "said": [],
    "bias": [0.0] * 4,
    "variance": [0.03**2] * 4,
}
