"""What an importer may choose."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from apps.imports.models import Import

OnDuplicate = Literal["skip", "keep"]
UnknownLabel = Literal["refuse", "add"]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices made for one import.

    `url_field` names the column or key that holds the address. `on_duplicate` says what becomes
    of an image that the dataset or the list has already: `skip` reports it, `keep` makes it an
    image of its own. `unknown_label` says whether a label of pre-filled shapes that the dataset
    lacks is added to it, or refused with its line.
    """

    url_field: str = ""
    on_duplicate: OnDuplicate = "skip"
    unknown_label: UnknownLabel = "refuse"

    @classmethod
    def of(cls, found: Import) -> Options:
        """Return the choices stored with an import."""
        return cls(**found.options)

    def stored(self) -> dict[str, Any]:
        """Return the form in which `Import.options` keeps them."""
        return asdict(self)
