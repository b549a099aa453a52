"""The options that people chose."""

from __future__ import annotations

from typing import Any

from apps.exchange.domain.records import Asked


def option_of(asked: Asked, chosen: int | str) -> dict[str, Any]:
    """The option of a task with this id and type of id, as `id` and `text`."""
    for option in asked.options or ():
        # 1 and "1" are two ids.
        if option["id"] == chosen and type(option["id"]) is type(chosen):
            return {"id": chosen, "text": option["text"]}
    return {"id": chosen, "text": str(chosen)}
