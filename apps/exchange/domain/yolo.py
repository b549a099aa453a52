"""Files for Ultralytics YOLO: detection and segmentation.

One text file of labels for each image, one line for each shape. Detection has `class x y width
height` of its middle, segmentation `class x1 y1 x2 y2 ...`; a file must not mix them, as a line of
five numbers among outlines is read as an outline. All numbers but the class are shares of the
image's size. https://docs.ultralytics.com/datasets/detect/ and .../segment/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from apps.exchange.domain.options import SPLITS
from apps.exchange.domain.records import Asked, Category, Placed, Source

DIGITS = 10
"""After the point: a millionth of a pixel in an image of 10,000."""

NOT_PRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class YoloTree:
    """The files beside the images. A class is the place of its label among all labels, from 0, so
    it stays when labels are added or retired. `outlines` makes it segmentation, where a rectangle
    is the outline through its corners."""

    def __init__(self, categories: Sequence[Category], *, outlines: bool) -> None:
        self._names = [category.name for category in categories]
        self._classes = {name: place for place, name in enumerate(self._names)}
        self._numbers = _outline if outlines else _box
        self._filled: set[str] = set()

    def image_path(self, placed: Placed) -> str:
        """Where the bytes of an image belong."""
        split = placed.split or SPLITS[0]
        self._filled.add(split)
        return f"images/{split}/{placed.name}"

    def files(self, placed: Placed) -> Iterator[tuple[str, bytes]]:
        """The labels of an image; an empty file says that nothing is on it."""
        settled = placed.entry.accepted
        assert settled is not None, "the format holds accepted answers alone"
        lines = self._lines(placed.entry.asked, settled.response.spans)
        split = placed.split or SPLITS[0]
        yield f"labels/{split}/{placed.stem}.txt", "".join(lines).encode()

    def ending(self) -> Iterator[tuple[str, bytes]]:
        """What Ultralytics is started with."""
        yield "data.yaml", data_yaml(self._names, filled=self._filled).encode()

    def _lines(self, asked: Asked, spans: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        for span in spans:
            if span.get("label") is None:
                continue
            numbers = self._numbers(span, asked.source)
            yield " ".join([str(self._classes[span["label"]]), *map(_text, numbers)]) + "\n"


def data_yaml(names: Sequence[str], *, filled: Iterable[str]) -> str:
    """Folders and classes. Ultralytics wants `train` and `val`; where one is not there, the other
    stands for it."""
    there = [split for split in SPLITS if split in filled] or [SPLITS[0]]
    folders = {split: split for split in there}
    folders = {"train": there[0], "val": folders.get("val", there[0]), **folders}
    lines = [f"{name}: images/{folder}" for name, folder in folders.items()]
    classes = [f"  {place}: {_quoted(name)}" for place, name in enumerate(names)]
    return "\n".join([*lines, "names:" if classes else "names: {}", *classes]) + "\n"


def _quoted(name: str) -> str:
    """A double-quoted scalar of YAML: JSON's, with what YAML does not print written as escapes."""
    plain = json.dumps(name, ensure_ascii=False)
    return NOT_PRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def _box(span: Mapping[str, Any], source: Source) -> Iterator[float]:
    yield (span["x"] + span["width"] / 2) / source.width
    yield (span["y"] + span["height"] / 2) / source.height
    yield span["width"] / source.width
    yield span["height"] / source.height


def _outline(span: Mapping[str, Any], source: Source) -> Iterator[float]:
    for x, y in span["points"]:
        yield x / source.width
        yield y / source.height


def _text(number: float) -> str:
    return f"{number:.{DIGITS}f}".rstrip("0").rstrip(".")
