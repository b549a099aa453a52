"""What a final answer says to blocks, as a reviewer's rulings change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.datasets.domain.blocks import Block, ballot, from_ballot
from apps.reviews.domain.answers import OptionId
from apps.reviews.domain.rulings import (
    Ruling,
    Undecidable,
    Version,
    is_among,
    not_applicable,
    version_of,
)

Selection = tuple[OptionId, ...]


class BlockChoices:
    """Starts from what the merge proposes, `{id: {"value": [...] or null}}`."""

    def __init__(
        self,
        blocks: Sequence[Block],
        merged: Mapping[str, Mapping[str, Any]],
        versions: Mapping[str, Version],
    ) -> None:
        self._blocks = {block.id: block for block in blocks}
        self._versions = versions
        self._proposed = {
            name: _selection(merged.get(name, {"value": []})) for name in self._blocks
        }
        self._said = dict(self._proposed)

    def take(self, version: Version) -> None:
        """Say all that one annotator says."""
        self._said = {name: _said_by(version, name) for name in self._blocks}

    def rule(self, ruling: Ruling) -> None:
        """Settle one conflict on a block; raises Undecidable."""
        if ruling.block not in self._blocks:
            raise not_applicable()  # the block is not asked any more
        name = ruling.block
        if ruling.option is not None:
            self._toggle(name, ruling.option, chosen=self._chosen(ruling, name, ruling.option))
        elif ruling.act == "accept":
            if self._proposed[name] is None:
                raise Undecidable("no_proposal", "It is a tie: say which one holds.")
            self._said[name] = self._proposed[name]
        elif ruling.act == "version":
            self._said[name] = _said_by(version_of(ruling, self._versions), name)
        else:
            raise not_applicable()

    def finish(self) -> dict[str, Any]:
        """Return what is said in the end, by block; raises Undecidable where it is tied."""
        said: dict[str, Any] = {}
        for name, block in self._blocks.items():
            picked = self._said[name]
            if picked is None:
                raise Undecidable("undecided", f"{block.title} is tied: say which one holds.")
            if picked:
                said[name] = from_ballot(block, _in_order(block, picked))
        return said

    def _chosen(self, ruling: Ruling, name: str, option: OptionId) -> bool:
        """Whether the ruling picks the option in dispute."""
        if ruling.act == "accept":
            return is_among(option, self._proposed[name] or ())
        if ruling.act == "version":
            return is_among(option, _said_by(version_of(ruling, self._versions), name))
        if ruling.act == "delete":
            return False
        raise not_applicable()

    def _toggle(self, name: str, option: OptionId, *, chosen: bool) -> None:
        rest = [other for other in self._said[name] or () if not is_among(option, [other])]
        self._said[name] = (*rest, option) if chosen else tuple(rest)


def _selection(merged: Mapping[str, Any]) -> Selection | None:
    return None if merged["value"] is None else tuple(merged["value"])


def _said_by(version: Version, name: str) -> Selection:
    return ballot(version.attributes.get(name))


def _in_order(block: Block, picked: Selection) -> Selection:
    """As offered; what is not offered any more comes last."""
    offered = [option.id for option in block.options if is_among(option.id, picked)]
    return (*offered, *(option for option in picked if not is_among(option, offered)))
