"""Whether two reviewers came to the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.parsing import parse_shape
from apps.tasks.domain.changes import Change, changes_between

SAME_EXTENT = 0.9
"""No two people draw the same edge to the pixel."""


def alike(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two answers (`answer`, `spans`, `accept`, `attributes`) say the same.

    The same shapes with the same labels, each with an IoU of SAME_EXTENT; options in any order.
    Of a rejection only that it is one counts.
    """
    if first["answer"] != second["answer"]:
        return False
    if first["answer"] == "reject":
        return True
    bodies = [{**said, "accept": sorted(map(repr, said["accept"]))} for said in (first, second)]
    return all(_hardly_moved(change) for change in changes_between(*bodies))


def _hardly_moved(change: Change) -> bool:
    if change.kind != "moved":
        return False
    before, after = (parse_shape(span, index=0) for span in (change.before, change.after))
    return shape_iou(before, after) >= SAME_EXTENT
