"""Labels that went into others, one after the other."""

from __future__ import annotations

from collections.abc import Mapping


def ends_of(steps: Mapping[str, str]) -> dict[str, str]:
    """Return where each label that was merged has got to in the end.

    `steps` maps each to the one that it went into, which may have been merged itself later on; no
    chain leads back to its beginning.
    """
    ends: dict[str, str] = {}
    for label in steps:
        end = steps[label]
        while end in steps:
            end = steps[end]
        ends[label] = end
    return ends
