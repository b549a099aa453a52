"""What becomes of the keys of spans that we do not know when spans merge."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def shared_extra(extras: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The keys on whose value all members agree, as JSON sees it: 1, 1.0, true and "1" differ.

    So a lone member keeps everything, its id included, and nobody's private remark is put into
    the mouths of all.
    """
    first, others = extras[0], extras[1:]
    if not others:
        return dict(first)
    return {
        key: value
        for key, value in first.items()
        if all(key in other and _same(value, other[key]) for other in others)
    }


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
