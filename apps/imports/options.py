"""What an importer may choose."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.readers import Format, Reading
from apps.imports.models import Import

Fetch = Literal["copy", "reference"]
OnDuplicate = Literal["skip", "keep"]
UnknownLabel = Literal["refuse", "add"]
Brings = Literal["suggestions", "answers"]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices made for one import.

    `fetch` says whether images are kept here (`copy`), or left where they are (`reference`): then
    they are measured and made small, and each look fetches them anew. What has no address to be
    fetched from is kept in any case.
    `brings` says whether what a file says of an image beside the question is what people may start
    from (`suggestions`) or what they answered (`answers`); then whoever it names is the member with
    that e-mail address if the importer wants to `match_people`, else somebody who was imported.
    `box_format` says what four numbers say of a box. `base` is put before the names of images that
    neither came with the file nor are in the dataset.
    `format` is what the list is read as, empty where that is found out.
    `url_field` names the column or key that holds the address. `on_duplicate` says what becomes
    of an image that the dataset or the list has already: `skip` reports it, `keep` makes it an
    image of its own. `unknown_label` says whether a label of pre-filled shapes that the dataset
    lacks is added to it, or refused with its line.
    """

    fetch: Fetch = "copy"
    url_field: str = ""
    on_duplicate: OnDuplicate = "skip"
    unknown_label: UnknownLabel = "refuse"
    brings: Brings = "suggestions"
    match_people: bool = False
    box_format: str = BoxFormat.XYWH
    base: str = ""
    format: str = ""

    @property
    def reading(self) -> Reading:
        """Return how the list is to be read."""
        return Reading(
            format=Format(self.format) if self.format else None,
            url_field=self.url_field,
            box_format=BoxFormat(self.box_format),
            answers=self.brings == "answers",
        )

    @classmethod
    def of(cls, found: Import) -> Options:
        """Return the choices stored with an import."""
        return cls(**found.options)

    def stored(self) -> dict[str, Any]:
        """Return the form in which `Import.options` keeps them: what was chosen otherwise than by
        default, so that a version which does not know a choice yet can do all other imports."""
        usual = asdict(Options())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def told(self) -> dict[str, Any]:
        """Return the form in which requests say them."""
        said = asdict(self)
        return {"as": said.pop("brings"), **said}
