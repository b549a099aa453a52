"""COCO detection: one JSON object that lists images, annotations and categories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apps.imports.domain.addresses import checked_address, looks_like_address
from apps.imports.domain.answers import NOBODY, given
from apps.imports.domain.boxes import BoxFormat, box_of, pairs_of, size_said
from apps.imports.domain.readers.jsons import TOKEN, Reading, elements_of, whole_text
from apps.imports.domain.rows import (
    ListRefused,
    Loads,
    Payload,
    Row,
    RowError,
    RowRead,
    RowRefused,
)

START = re.compile(rb'\{\s*"(?:info|licenses|images|annotations|categories)"\s*:')
IMAGE_ID = re.compile(r'"image_id"\s*:\s*(\d{1,18})\s*[,}]')
PARTS = ("images", "annotations", "categories")
MOST = 256 * 1024 * 1024
SPLIT = "One of COCO is held as a whole: split it, a part of the images in each."
ADDRESSES = ("coco_url", "file_name", "flickr_url")
OURS = frozenset({"id", "image_id", "category_id", "bbox", "segmentation", "area", "iscrowd"})
OF_IMAGES = frozenset({"file_name", "width", "height", "coco_url", "flickr_url", "license"})


def is_coco(start: bytes) -> bool:
    """Whether a file that begins so is one object in the manner of COCO."""
    return START.match(start) is not None


def read_coco(chunks: Iterable[bytes], *, loads: Loads, reading: Reading) -> Iterator[Row]:
    """Yield a row per image, numbered by its place in the file's list of images.

    The file is held as a whole, its annotations as text until their image comes. Run-length masks
    and crowds, and objects in several parts, are refused with their image. Raises ListRefused.
    """
    parts = _parts(whole_text(chunks, most=MOST, advice=SPLIT))
    names = _categories(parts["categories"], loads)
    about: dict[Any, list[str]] = defaultdict(list)
    for text in elements_of(parts["annotations"]):
        about[_image_of(text, loads)].append(text)
    number = 0
    for number, text in enumerate(elements_of(parts["images"]), start=1):
        try:
            image = _object(text, loads)
            made = [_object(each, loads) for each in about.pop(image.get("id"), [])]
            yield _row(number, image, [_span(each, names, reading.box_format) for each in made])
        except RowError as error:
            yield RowRefused(number, error.code, error.reason, url=error.shown)
    if about:
        count = sum(map(len, about.values()))
        reason = f"{count} annotations are about images that the file does not list."
        yield RowRefused(number + 1, "no_such_image", reason)


def _row(number: int, image: dict[str, Any], spans: list[dict[str, Any]]) -> RowRead:
    url, named = _address(image)
    payload: Payload = {
        "answers": [given(by=NOBODY, spans=spans)],
        "size": size_said(image.get("width"), image.get("height")),
        "extra": {key: part for key, part in image.items() if key not in OF_IMAGES},
    }
    said = {key: part for key, part in payload.items() if part}
    return RowRead(number, url, said, keys=tuple(image), named=named)


def _address(image: dict[str, Any]) -> tuple[str, str]:
    """Where an image lies, or else what it is called."""
    given_as = [image[key] for key in ADDRESSES if isinstance(image.get(key), str) and image[key]]
    if address := next(filter(looks_like_address, given_as), ""):
        return checked_address(address), ""
    if not given_as:
        raise RowError("no_url", "The image has neither a file_name nor a coco_url.")
    name = image.get("file_name")
    return "", name if isinstance(name, str) and name else given_as[0]


def _span(annotation: dict[str, Any], names: Mapping[Any, str], form: BoxFormat) -> dict[str, Any]:
    who = f"Annotation {str(annotation.get('id'))[:20]}"
    outline = annotation.get("segmentation")
    if isinstance(outline, dict):
        raise RowError("mask", f"{who} is a run-length mask, which is not taken; export polygons.")
    if annotation.get("iscrowd"):
        raise RowError("crowd", f"{who} is a crowd, which is not taken.")
    category = annotation.get("category_id")
    if not _is_id(category) or category not in names:
        raise RowError("no_category", f"{who} has a category that the file does not list.")
    rest = {key: part for key, part in annotation.items() if key not in OURS}
    label = {**rest, "label": names[category]}
    if isinstance(outline, list) and outline:
        if len(outline) > 1 or not isinstance(outline[0], list):
            reason = f"{who} has {len(outline)} parts; a shape has one. Split it into several."
            raise RowError("several_parts", reason)
        points = pairs_of(outline[0])
        # Four corners are a rectangle if they stand upright; its box has the exact sides.
        box = _box(annotation, form) if len(points) == 4 and annotation.get("bbox") else {}
        return {**label, **box, "points": points}
    return {**label, "type": "rect", **_box(annotation, form)}


def _box(annotation: dict[str, Any], form: BoxFormat) -> dict[str, float]:
    box = annotation.get("bbox")
    return box_of(box if isinstance(box, list) else [], form)


def _categories(text: str, loads: Loads) -> dict[Any, str]:
    names: dict[Any, str] = {}
    for element in elements_of(text):
        try:
            category = _object(element, loads)
        except RowError as error:
            raise ListRefused(error.code, f"A category cannot be read. {error.reason}") from None
        identifier, name = category.get("id"), category.get("name")
        if not _is_id(identifier) or not isinstance(name, str) or not name.strip():
            raise ListRefused("bad_category", "A category needs an id and a name.")
        names[identifier] = name.strip()
    return names


def _image_of(text: str, loads: Loads) -> int | str | None:
    """Which image an annotation is about; None if it does not say it. One of which that cannot be
    told may be about any, so that of none it could be said that this is all: raises ListRefused."""
    # With no object and no escape within, this can only be the key. It spares parsing them twice.
    is_flat = text.count('"image_id"') == 1 and text.find("{", 1) < 0 and "\\" not in text
    if is_flat and (found := IMAGE_ID.search(text)):
        return int(found[1])
    try:
        image = _object(text, loads).get("image_id")
    except RowError as error:
        raise ListRefused(error.code, f"An annotation cannot be read. {error.reason}") from None
    return image if _is_id(image) else None


def _is_id(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _object(text: str, loads: Loads) -> dict[str, Any]:
    try:
        value = loads(text)
    except ValueError as error:
        raise RowError("bad_json", f"Not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise RowError("not_an_object", "An entry is no object.")
    if not _is_id(value.get("id", 0)):
        raise RowError("bad_field", "An id is neither a number nor a text.")
    return value


def _parts(text: str) -> dict[str, str]:
    """The texts of the arrays that the object has under these keys. Raises ListRefused."""
    found: dict[str, str] = {}
    depth, start, key, last = 0, 0, "", ""
    for token in TOKEN.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth == 2:
                key, start = last, token.start()
        elif mark in "]}":
            depth -= 1
            if depth == 1 and mark == "]":
                found.setdefault(key, text[start : token.end()])
        elif depth == 1 and mark[0] == '"':
            last = mark[1:-1]
    if depth:
        raise ListRefused("bad_json", "The file ends too early: it is cut off.")
    if "images" not in found:
        raise ListRefused(
            "no_images", "The file lists no images, so nothing tells what it is about."
        )
    return {key: found.get(key, "[]") for key in PARTS}
