"""Which blocks a dataset accepts."""

from __future__ import annotations

import re
from typing import Any

from apps.datasets.domain.blocks import MOST_BLOCKS, Block
from apps.datasets.setting_values import (
    RuleError,
    read_flag,
    read_object,
    read_options,
    read_text,
)

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,49}")


def read_blocks(value: Any) -> tuple[Block, ...]:
    """What is asked beside the image. Raises RuleError at the id of the block, or its place."""
    if not isinstance(value, list) or len(value) > MOST_BLOCKS:
        raise RuleError(f"This must be a list of at most {MOST_BLOCKS} blocks.")
    blocks = tuple(_read(item, place) for place, item in enumerate(value, start=1))
    for place, block in enumerate(blocks):
        if block.id in {other.id for other in blocks[:place]}:
            raise RuleError("Every block needs an id of its own.", at=block.id)
    return blocks


def _read(value: Any, place: int) -> Block:
    try:
        return _block(value)
    except RuleError as error:
        named = isinstance(value, dict) and _is_id(value.get("id"))
        raise RuleError(str(error), at=value["id"] if named else str(place)) from error


def _block(value: Any) -> Block:
    raw = read_object(
        value, required={"id", "type", "title"}, optional={"options", "multiple", "required"}
    )
    if not _is_id(raw["id"]):
        raise RuleError("The id of a block is a letter, then up to 49 letters, digits, - or _.")
    if not (title := read_text(raw["title"])):
        raise RuleError("A block needs a title.")
    block = Block(
        id=raw["id"],
        type=raw["type"],
        title=title,
        options=read_options(raw.get("options", [])),
        multiple=read_flag(raw.get("multiple", False)),
        required=read_flag(raw.get("required", False)),
    )
    if block.type not in ("choice", "text"):
        raise RuleError("The type of a block is choice or text.")
    if block.type == "choice" and not block.options:
        raise RuleError("A choice needs at least one option.")
    if block.type == "text" and (block.options or block.multiple):
        raise RuleError("A text offers no options.")
    return block


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None
