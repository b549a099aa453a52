"""Whether two reviewers came to the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.parsing import parse_shape
from apps.tasks.domain.changes import Change, changes_between

SAME_EXTENT = 0.9
"""No two people draw the same edge to the pixel."""


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Change]:
    """Return what the second answer says otherwise; both as `answer`, `spans`, `accept` and
    `attributes`.

    A shape with an IoU of SAME_EXTENT lies in the same place; options are in any order. Of two
    rejections nothing else counts.
    """
    if first["answer"] == second["answer"] == "reject":
        return []
    bodies = [{**said, "accept": sorted(said["accept"], key=repr)} for said in (first, second)]
    return [change for change in changes_between(*bodies) if not _hardly_moved(change)]


def _hardly_moved(change: Change) -> bool:
    if change.kind != "moved":
        return False
    before, after = (parse_shape(span, index=0) for span in (change.before, change.after))
    return shape_iou(before, after) >= SAME_EXTENT
