"""Weighted boxes fusion and IntersectMerge at the merge's own work.

Run by the interpreter of an environment of its own that has ensemble-boxes and datumaro, so it
knows nothing of this project: it reads `{"size", "labels", "images"}` from its standard input,
where an image is a list of what each person drew as `{"edges", "labels"}`, edges in pixels, and
writes `{"seconds", "images"}`, one `{"edges", "labels"}` for each image. An object is what more
than half of an image's people drew.

    python fusing.py wbf < scenes.json > merged.json
"""

import json
import sys
import time
from typing import Any

Boxes = dict[str, list[Any]]
Result = tuple[float, list[Boxes]]
IOU = 0.5


def fuse(images: list[list[Boxes]], size: list[float]) -> Result:
    """Weighted boxes fusion, best of three; its score is the share of people who drew an object."""
    import numpy
    from ensemble_boxes import weighted_boxes_fusion

    scale = numpy.array([*size, *size], float)
    ready = [
        (
            [(numpy.array(each["edges"], float).reshape(-1, 4) / scale) for each in image],
            [[1.0] * len(each["labels"]) for each in image],
            [each["labels"] for each in image],
        )
        for image in images
    ]
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        found = [weighted_boxes_fusion(*each, iou_thr=IOU) for each in ready]
        taken.append(time.perf_counter() - began)
    return min(taken), [_likely(scale, *each) for each in found]


def _likely(scale: Any, boxes: Any, scores: Any, labels: Any) -> Boxes:
    kept = scores > 0.5
    return {"edges": (boxes[kept] * scale).tolist(), "labels": labels[kept].astype(int).tolist()}


def intersect(images: list[list[Boxes]], labels: int) -> Result:
    """IntersectMerge of datumaro, which asks for a majority for the label of each object."""
    from datumaro.components.annotation import AnnotationType, Bbox, LabelCategories
    from datumaro.components.dataset import Dataset
    from datumaro.components.dataset_base import DatasetItem
    from datumaro.components.merge.intersect_merge import IntersectMerge

    people = len(images[0])
    categories = {AnnotationType.label: LabelCategories.from_iterable(map(str, range(labels)))}

    def drawn(each: Boxes) -> list[Any]:
        rows = enumerate(zip(each["edges"], each["labels"], strict=True))
        return [Bbox(x, y, r - x, b - y, label=label, id=n) for n, ((x, y, r, b), label) in rows]

    datasets = [
        Dataset.from_iterable(
            [
                DatasetItem(id=f"{n:06}", annotations=drawn(image[person]))
                for n, image in enumerate(images)
            ],
            categories=categories,
        )
        for person in range(people)
    ]
    majority = people // 2 + 1
    conf = IntersectMerge.Conf(pairwise_dist=IOU, quorum=majority)
    began = time.perf_counter()
    merged = IntersectMerge(conf=conf)(*datasets)
    seconds = time.perf_counter() - began
    found = {item.id: item.annotations for item in merged}
    return seconds, [_boxes(found[f"{n:06}"]) for n in range(len(images))]


def _boxes(annotations: list[Any]) -> Boxes:
    kept = [each for each in annotations if each.label is not None]
    return {"edges": [list(each.points) for each in kept], "labels": [each.label for each in kept]}


if __name__ == "__main__":
    work = json.load(sys.stdin)
    if sys.argv[1] == "wbf":
        took, result = fuse(work["images"], work["size"])
    else:
        took, result = intersect(work["images"], work["labels"])
    json.dump({"seconds": took, "images": result}, sys.stdout)
