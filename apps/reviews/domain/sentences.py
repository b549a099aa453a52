"""The English sentence of a conflict, for readers of the API; the browser has its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.reviews.domain.answers import OptionId


@dataclass(frozen=True, slots=True)
class Names:
    """What to call keys in a sentence, as far as the reader may know; else the key itself."""

    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[OptionId, str] = field(default_factory=dict)


def english(code: str, params: Mapping[str, Any], names: Names | None = None) -> str:
    """The sentence for a conflict's code and params, as `Conflict` or its stored dict has them."""
    raise NotImplementedError
