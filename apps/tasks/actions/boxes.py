"""One task for each suggested box: people say whether it is right."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from apps.datasets.models import Dataset, Image
from apps.tasks.actions.creating import TaskContent, create_task, digest_of
from apps.tasks.actions.suggesting import Said, Suggested, suggest
from apps.tasks.models import Task, TaskImage

Key = tuple[uuid.UUID, str]
"""An image, and the input hash of a question about it."""


@transaction.atomic
def suggest_boxes(
    *, dataset: Dataset, said: Sequence[tuple[Image, Said]], model: str, version: str = ""
) -> list[list[Suggested]]:
    """Keep the shapes that a model sees in images, each as a question of its own.

    A box that the dataset asks about already, to a hundredth of a pixel and with the same label,
    is the task that there is. Returns what became of the shapes of each image, in order. Images
    must have their blobs loaded; no two calls may be about the same image at once.
    """
    boxes = [(image, span, word.score) for image, word in said for span in word.spans]
    contents = [_content(image, span, score) for image, span, score in boxes]
    keys = [
        (image.id, digest_of(dataset=dataset, images=[image], content=content))
        for (image, _, _), content in zip(boxes, contents, strict=True)
    ]
    tasks = _existing(dataset, keys)
    # Behind what was there before, in the order in which the model said it.
    start = int(time.time() * (1 << 24))
    for place, (key, (image, _, _), content) in enumerate(zip(keys, boxes, contents, strict=True)):
        if key not in tasks:
            tasks[key] = create_task(
                dataset=dataset, images=[image], order_key=start + place, content=content
            )
    words = [
        (tasks[key], Said(spans=list(content.spans), score=content.score))
        for key, content in zip(keys, contents, strict=True)
    ]
    kept = iter(suggest(said=words, model=model, version=version))
    return [[next(kept) for _ in word.spans] for _, word in said]


def _content(image: Image, span: dict[str, Any], score: float | None) -> TaskContent:
    """The question whether a box is right; a score of its own comes before the prediction's."""
    own = span.get("score")
    if isinstance(own, int | float) and not isinstance(own, bool):
        score = float(own)
    return TaskContent(spans=[span], score=score, meta=image.meta)


def _existing(dataset: Dataset, keys: Iterable[Key]) -> dict[Key, Task]:
    """The tasks that ask these questions already."""
    images, digests = {image for image, _ in keys}, {digest for _, digest in keys}
    rows = TaskImage.objects.filter(
        dataset=dataset, n=0, image__in=images, task__input_hash__in=digests
    ).select_related("task")
    return {(row.image_id, row.task.input_hash): row.task for row in rows}
