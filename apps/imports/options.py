"""What an importer may choose."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from apps.imports.models import Import

Fetch = Literal["copy", "reference"]
OnDuplicate = Literal["skip", "keep"]
UnknownLabel = Literal["refuse", "add"]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices made for one import.

    `fetch` says whether images are kept here (`copy`), or left where they are (`reference`): then
    they are measured and made small, and each look fetches them anew. What has no address to be
    fetched from is kept in any case.
    `url_field` names the column or key that holds the address. `on_duplicate` says what becomes
    of an image that the dataset or the list has already: `skip` reports it, `keep` makes it an
    image of its own. `unknown_label` says whether a label of pre-filled shapes that the dataset
    lacks is added to it, or refused with its line.
    """

    fetch: Fetch = "copy"
    url_field: str = ""
    on_duplicate: OnDuplicate = "skip"
    unknown_label: UnknownLabel = "refuse"

    @classmethod
    def of(cls, found: Import) -> Options:
        """Return the choices stored with an import."""
        return cls(**found.options)

    def stored(self) -> dict[str, Any]:
        """Return the form in which `Import.options` keeps them: what was chosen otherwise than by
        default, so that a version which does not know a choice yet can do all other imports."""
        usual = asdict(Options())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}
