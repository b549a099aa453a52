"""Pascal VOC: an XML file of boxes for each image.

VOC counts pixels from 1 and includes both ends: a box over the first pixel alone has xmin 1 and
xmax 1, where ours is x 0 and width 1. Fractions are kept. Shapes say whether they are `difficult`,
`truncated` or `occluded` by attributes of these names; all attributes stand beside, as CVAT and
Datumaro write them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.exchange.domain.formats import NO_OUTLINES, Unfit
from apps.exchange.domain.markup import element, number
from apps.exchange.domain.options import SPLITS
from apps.exchange.domain.records import Category, Placed, Source

FOLDER = "JPEGImages"
FLAGS = ("truncated", "difficult", "occluded")


class VocTree:
    """The files beside the images, and the lists of which images are for what."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self._names = [category.name for category in categories]
        self._stems: dict[str, list[str]] = {}

    def image_path(self, placed: Placed) -> str:
        """Where the bytes of an image belong."""
        return f"{FOLDER}/{placed.name}"

    def files(self, placed: Placed) -> Iterator[tuple[str, bytes]]:
        """What is on an image; raises Unfit `format_not_for_shapes`."""
        settled = placed.entry.accepted
        assert settled is not None, "the format holds accepted answers alone"
        stem = placed.stem
        self._stems.setdefault(placed.split or SPLITS[0], []).append(stem)
        source = placed.entry.asked.source
        lines = [
            "<annotation>",
            element("folder", FOLDER) + element("filename", placed.name),
            "<source><database>Concord</database></source>",
            _size(source),
            *(_object(span, source) for span in settled.response.spans if span.get("label")),
            "</annotation>\n",
        ]
        yield f"Annotations/{stem}.xml", "\n".join(lines).encode()

    def ending(self) -> Iterator[tuple[str, bytes]]:
        """Which images are in which split, and, for CVAT and Datumaro, which labels there are."""
        # A colon would end the name; these know no way to write one.
        lines = [f"{name}:::\n" for name in self._names if not set(":\r\n") & set(name)]
        yield "labelmap.txt", "".join(["# label:color_rgb:parts:actions\n", *lines]).encode()
        for split, stems in sorted(self._stems.items()):
            yield f"ImageSets/Main/{split}.txt", "".join(f"{stem}\n" for stem in stems).encode()


def _size(source: Source) -> str:
    sides = element("width", source.width) + element("height", source.height)
    return f"<size>{sides}<depth>3</depth></size><segmented>0</segmented>"


def _object(span: Mapping[str, Any], source: Source) -> str:
    if span["type"] != "rect":
        raise Unfit("format_not_for_shapes", f"{NO_OUTLINES} There is one on {source.name}.")
    said = span.get("attributes") or {}
    flags = "".join(element(name, int(said.get(name) is True)) for name in FLAGS)
    ends = {
        "xmin": span["x"] + 1,
        "ymin": span["y"] + 1,
        "xmax": span["x"] + span["width"],
        "ymax": span["y"] + span["height"],
    }
    box = "".join(element(name, number(value)) for name, value in ends.items())
    head = element("name", span["label"]) + "<pose>Unspecified</pose>" + flags
    return f"<object>{head}<bndbox>{box}</bndbox>{_attributes(said)}</object>"


def _attributes(said: Mapping[str, Any]) -> str:
    told = [
        f"<attribute>{element('name', name)}{element('value', plain(value))}</attribute>"
        for name, value in said.items()
    ]
    return f"<attributes>{''.join(told)}</attributes>" if told else ""


def plain(value: Any) -> str:
    """What an attribute says, in words: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
