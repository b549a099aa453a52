"""What a reviewer can say of a merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from apps.reviews.domain.answers import OptionId

Act = Literal["accept", "version", "label", "edit", "delete", "reject"]


class Undecidable(ValueError):
    """A ruling that leaves its point open; `code` is stable.

    `no_proposal`: accepting a tie; `not_applicable`: the act says nothing about this point;
    `unknown_version`: nobody answered under that key; `unknown_option`: nobody could choose it;
    `undecided`: no answer came out at all.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Version:
    """One annotator's answer as stored: spans with ids, chosen options in order."""

    answer: str
    spans: Mapping[str, Mapping[str, Any]]
    accept: tuple[OptionId, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reviewer said of one conflict; `kind` None for a shape added or the answer as such.

    `object` is a place in the merge's objects, `option` the disputed option, `block` the id of the
    block it is about. `version` is an annotator's key, `label` a label's key, `chosen` an option,
    `span` a whole span.
    """

    act: Act
    kind: str | None
    object: int | None = None
    option: OptionId | None = None
    block: str | None = None
    version: str | None = None
    label: str | None = None
    chosen: OptionId | None = None
    span: Mapping[str, Any] | None = None
    by: str = ""


def not_applicable() -> Undecidable:
    """The act says nothing about the point that it was to settle."""
    return Undecidable("not_applicable", "This action says nothing about what is in dispute.")


def is_among(option: OptionId | None, among: Sequence[OptionId]) -> bool:
    """Whether an option is there; 1 and "1" are two."""
    return any(type(other) is type(option) and other == option for other in among)


def version_of(ruling: Ruling, versions: Mapping[str, Version]) -> Version:
    """Return the version that a ruling takes; raises Undecidable `unknown_version`."""
    if ruling.version is None or ruling.version not in versions:
        raise Undecidable("unknown_version", "There is no such version.")
    return versions[ruling.version]
