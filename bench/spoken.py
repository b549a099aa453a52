"""Scenes in the words of the merge: what people drew as answers, what was merged as boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from apps.datasets.domain.iou import box_iou
from apps.datasets.domain.shapes import Shape, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.calibration import Reviewed, features_of, is_right
from apps.reviews.domain.results import MergedObject
from bench.scenes import Boxes, Scene


def answers_of(scene: Scene) -> list[AnnotatorAnswer]:
    """What everybody drew in a scene; people are `p0`, `p1` and so on."""
    return [
        AnnotatorAnswer(f"p{person}", "accept", tuple(_marks(boxes)))
        for person, boxes in enumerate(scene.answers)
    ]


def likely(objects: Sequence[MergedObject]) -> Boxes:
    """What is likely to be there, under its most probable label."""
    kept = [each for each in objects if each.is_likely]
    edges = np.array([each.shape.edges for each in kept], np.float64).reshape(len(kept), 4)
    return Boxes(edges, np.array([int(each.label_posterior[0][0]) for each in kept], np.int64))


def reviewed(
    scenes: Sequence[Scene], merged: Sequence[Sequence[MergedObject]], *, right_iou: float
) -> Iterator[tuple[Reviewed, MergedObject]]:
    """Every merged object as a reviewer who knows the truth would leave it."""
    for n, (scene, objects) in enumerate(zip(scenes, merged, strict=True)):
        for each in objects:
            right = is_right(each, *_nearest(scene.truth, each), right_iou=right_iou)
            yield Reviewed(str(n), features_of(each), right), each


def _nearest(truth: Boxes, merged: MergedObject) -> tuple[Shape, str]:
    mine = np.broadcast_to(np.array(merged.shape.edges), truth.edges.shape)
    best = int(box_iou(mine, truth.edges).argmax())
    left, top, right, bottom = truth.edges[best].tolist()
    return rectangle(left, top, right - left, bottom - top), str(truth.labels[best])


def _marks(boxes: Boxes) -> Iterator[Mark]:
    rows = zip(boxes.edges.tolist(), boxes.labels.tolist(), strict=True)
    for n, ((left, top, right, bottom), label) in enumerate(rows):
        yield Mark(str(n), rectangle(left, top, right - left, bottom - top), str(label))
