"""Questions that a task asks beside its image, and what may be said to them.

An answer to a block is kept by the block's id: the id of an option, a list of such ids where
several may be picked, or a text. A block that is left open is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

BlockType = Literal["choice", "text"]
OptionId = int | str

MOST_BLOCKS = 20
LONGEST_ANSWER = 2000
"""Characters of an answer in words."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. 1 and "1" are two ids."""

    id: OptionId
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One more question; a text has no options and is never `multiple`."""

    id: str
    type: BlockType
    title: str
    options: tuple[Option, ...] = ()
    multiple: bool = False
    required: bool = False


class BlockError(ValueError):
    """Why what was said to blocks is refused; `code` is stable, `block` the id at fault."""

    def __init__(self, code: str, block: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.block = block
        self.detail = detail


def check_said(blocks: Sequence[Block], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, in the order of the blocks; what says nothing is left out.

    Raises BlockError `unknown_block`, `wrong_type`, `unknown_option`, `option_twice`,
    `text_too_long` for the first thing that is wrong.
    """
    known = {block.id for block in blocks}
    for name in said:
        if name not in known:
            raise BlockError("unknown_block", name, f"There is no block {name!r}.")
    checked = {
        block.id: _CHECKS[block.type](block, said[block.id])
        for block in blocks
        if said.get(block.id) is not None
    }
    return {name: value for name, value in checked.items() if value not in ("", [])}


def left_open(blocks: Sequence[Block], said: Mapping[str, Any]) -> list[Block]:
    """Return the required blocks to which nothing was said; `said` is as checked."""
    return [block for block in blocks if block.required and block.id not in said]


def ballot(said: Any) -> tuple[OptionId, ...]:
    """Return what was said to a block as a selection: of options, or of one text."""
    picked = said if isinstance(said, list) else [said]
    return tuple(each for each in picked if _is_id(each))


def from_ballot(block: Block, picked: Sequence[OptionId]) -> Any:
    """Undo `ballot` for a block to which something was said."""
    return list(picked) if block.multiple else picked[0]


def _check_choice(block: Block, value: Any) -> Any:
    if isinstance(value, list) is not block.multiple:
        wanted = "a list of options" if block.multiple else "one option"
        raise BlockError("wrong_type", block.id, f"{block.title} takes {wanted}.")
    offered = [_typed(option.id) for option in block.options]
    # 1, "1" and true are three different things, which `in` would not tell apart.
    chosen = [_typed(each) for each in (value if block.multiple else [value])]
    for pair in chosen:
        if pair not in offered:
            detail = f"{block.title} has no option {pair[1]!r}."
            raise BlockError("unknown_option", block.id, detail)
    if any(pair in chosen[:place] for place, pair in enumerate(chosen)):
        raise BlockError("option_twice", block.id, f"{block.title}: an option was chosen twice.")
    if not block.multiple:
        return value
    return [option.id for option in block.options if _typed(option.id) in chosen]


def _check_text(block: Block, value: Any) -> str:
    if not isinstance(value, str):
        raise BlockError("wrong_type", block.id, f"{block.title} takes a text.")
    if len(value) > LONGEST_ANSWER:
        detail = f"{block.title} takes at most {LONGEST_ANSWER} characters."
        raise BlockError("text_too_long", block.id, detail)
    return value.strip()


_CHECKS: Mapping[BlockType, Callable[[Block, Any], Any]] = {
    "choice": _check_choice,
    "text": _check_text,
}


def _is_id(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _typed(value: Any) -> tuple[type, Any]:
    return type(value), value
