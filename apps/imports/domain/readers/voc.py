"""Pascal VOC: an XML file per image, boxes by 1-based pixels of which the last still belongs to
the box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from apps.imports.domain.answers import NOBODY, given
from apps.imports.domain.boxes import size_said
from apps.imports.domain.numbers import number_in, whole_in
from apps.imports.domain.readers.xmls import read_elements
from apps.imports.domain.rows import ListRefused, Payload, Row, RowError, RowRead, RowRefused

# Written by us for the attributes of these names.
MARKS = ("difficult", "truncated", "occluded")


def read_voc(chunks: Iterable[bytes], *, line: int, name: str = "") -> Row:
    """The row of one file; `name` is what the image is called where the file does not say it."""
    shown = name
    try:
        root = next(iter(list(read_elements(chunks, depth=0))), None)
        if root is None or root.tag != "annotation":
            raise RowError("bad_xml", "The file is no annotation in the manner of Pascal VOC.")
        shown = (root.findtext("filename") or "").strip() or name
        return _row(root, line, shown)
    except ListRefused as error:
        return RowRefused(line, error.code, error.reason, url=name[:200])
    except RowError as error:
        return RowRefused(line, error.code, error.reason, url=shown[:200])


def _row(root: Element, line: int, name: str) -> RowRead:
    if not name:
        raise RowError("no_url", "The file does not say what its image is called.")
    spans = [_span(each) for each in root.iter("object")]
    payload: Payload = {"answers": [given(by=NOBODY, spans=spans)]}
    sides = [whole_in(root.findtext(f"size/{side}")) for side in ("width", "height")]
    if size := size_said(*sides):
        payload["size"] = size
    return RowRead(line, "", payload, named=name)


def _span(found: Element) -> dict[str, Any]:
    label = (found.findtext("name") or "").strip()
    if not label:
        raise RowError("one_label", "An object has no name.")
    if found.find("polygon") is not None or found.find("segm") is not None:
        raise RowError("not_taken", "Only the boxes of Pascal VOC are taken.")
    left, top, right, bottom = (
        number_in(found.findtext(f"bndbox/{key}")) for key in ("xmin", "ymin", "xmax", "ymax")
    )
    left, right, top, bottom = (
        min(left, right),
        max(left, right),
        min(top, bottom),
        max(top, bottom),
    )
    box = {"x": left - 1, "y": top - 1, "width": right - left + 1, "height": bottom - top + 1}
    attributes = _attributes(found)
    said = {"attributes": attributes} if attributes else {}
    return {"label": label, "type": "rect", **box, **said}


def _attributes(found: Element) -> dict[str, Any]:
    """What else is said of an object: texts, as CVAT, Datumaro and we write them, and marks."""
    texts = {
        each.findtext("name", "").strip(): each.findtext("value", "")
        for each in found.iterfind("attributes/attribute")
    }
    marks = {mark: True for mark in MARKS if found.findtext(mark, "").strip() == "1"}
    return {**texts, **marks}
