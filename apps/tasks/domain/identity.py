"""What makes two inputs the same task, and which tasks a share of them picks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

DIGITS = 2
"""Decimals of a pixel that tell two shapes apart: less is the noise of another run of a model."""


def input_hash(
    *,
    images: Sequence[str],
    options: Any,
    label: str,
    shapes: Sequence[tuple[str, Sequence[Sequence[float]]]] = (),
) -> str:
    """Return the SHA-256 (hex) of a task's input: its images' digests, options, label and shapes.

    `images` are the SHA-256 of the images' bytes in tile order, `shapes` those that the question is
    about: label id and points in pixels. Meta, scores and suggestions are not part of the input:
    they do not change the question.
    """
    asked: dict[str, Any] = {"images": list(images), "options": options, "label": label}
    if shapes:
        asked["shapes"] = [
            [key, [[round(float(part), DIGITS) for part in point] for point in points]]
            for key, points in shapes
        ]
    canonical = json.dumps(
        asked,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def falls_in_share(digest: str, share: float) -> bool:
    """Whether the task with this hex digest is among the `share` (0 to 1) of all tasks.

    A fixed function of the input, so the sample never changes when tasks are added.
    """
    return int(digest[:13], 16) / 16**13 < share


def is_drawn(purpose: str, task: Any, share: float) -> bool:
    """Whether the task with this id is among the `share` drawn for `purpose`.

    Always the same ones, and for each purpose others.
    """
    return falls_in_share(hashlib.sha256(f"{purpose} {task}".encode()).hexdigest(), share)
