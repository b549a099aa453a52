"""By which names a reviewer knows people, labels, options and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.datasets.config import DatasetConfig
from apps.reviews.domain.sentences import Names
from apps.tasks.models import Task, TaskImage
from apps.tasks.options import options_of
from apps.tasks.spans import label_names


def names_for(
    task: Task,
    letters: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
    images: Iterable[TaskImage] | None = None,
) -> Names:
    """Return what sentences about `task` call things; people by `letters`.

    `labels` are the dataset's and `images` the task's, if the caller has them.
    """
    config = DatasetConfig.of(task.dataset)
    return Names(
        people=letters,
        labels=label_names(task.dataset) if labels is None else labels,
        options={option["id"]: option["text"] for option in options_of(task, images=images) or []},
        blocks={
            block.id: (block.title, {option.id: option.text for option in block.options})
            for block in config.blocks
        },
    )
