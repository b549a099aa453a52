"""What can be picked in answer to a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.models import Interface
from apps.tasks.models import Task, TaskImage
from concord.errors import Invalid


def options_of(
    task: Task, *, images: Iterable[TaskImage] | None = None
) -> list[dict[str, Any]] | None:
    """Return the options as the API shows them, None where none are offered.

    They are the task's own or its dataset's; where people pick among images they are the tiles.
    `images` are the task's, in their order, if the caller has them.
    """
    if task.dataset.interface != Interface.IMAGE_CHOICE:
        return task.options or DatasetConfig.of(task.dataset).options_as_json()
    rows = TaskImage.objects.filter(task=task).order_by("n") if images is None else images
    return [{"id": str(row.tile), "text": f"image {row.n + 1}"} for row in rows]


def picks_several(task: Task) -> bool:
    """Whether more than one option can be picked."""
    dataset = task.dataset
    multiple = DatasetConfig.of(dataset).choice_style == "multiple"
    return multiple or dataset.interface == Interface.IMAGE_CHOICE


def check_options(task: Task, accept: Sequence[Any]) -> list[int | str]:
    """Return the chosen ids in the order in which the options are offered.

    Raises Invalid `unknown_option`, `option_twice`, `too_many_options`.
    """
    if not accept:
        return []
    offered = [option["id"] for option in options_of(task) or []]
    # 1, "1" and true are three different things, which `in` would not tell apart.
    known = [_typed(identifier) for identifier in offered]
    chosen = [_typed(identifier) for identifier in accept]
    for pair in chosen:
        if pair not in known:
            raise Invalid("unknown_option", f"There is no option {pair[1]!r}.")
    if len(set(chosen)) != len(chosen):
        raise Invalid("option_twice", "An option was chosen twice.")
    if len(chosen) > 1 and not picks_several(task):
        raise Invalid("too_many_options", "Only one option can be chosen here.")
    return [identifier for kind, identifier in known if (kind, identifier) in chosen]


def picked_tiles(task: Task, accept: Sequence[int | str]) -> list[int | str]:
    """Return the tiles of images that go by the names of files: an option's id or the image's.

    Raises Invalid as `check_options` does.
    """
    rows = TaskImage.objects.filter(task=task)
    tiles = {_typed((row.option or {}).get("id", str(row.image_id))): row.tile for row in rows}
    for identifier in accept:
        if _typed(identifier) not in tiles:
            raise Invalid("unknown_option", f"There is no option {identifier!r}.")
    return check_options(task, [str(tiles[_typed(identifier)]) for identifier in accept])


def _typed(identifier: Any) -> tuple[type, Any]:
    return type(identifier), identifier
