"""Lists and archives of other tools, read from what a test writes down."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from apps.imports.domain.bundles import Bundle
from apps.imports.domain.readers import Format, Reading, ReadList, read_archive, read_list
from apps.imports.domain.rows import Row, RowRead, RowRefused
from concord.http.strictjson import loads_strict

CVAT = """<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version><meta><task><name>t</name></task></meta>
  <image id="0" name="street/1.jpg" width="640" height="480">{}</image>
  <image id="1" name="street/2.jpg" width="640" height="480"></image>
</annotations>"""

VOC = """<annotation><folder>x</folder><filename>1.jpg</filename>
<size><width>640</width><height>480</height><depth>3</depth></size>
<object><name>Ü</name><difficult>1</difficult>
<attributes><attribute><name>lit</name><value>true</value></attribute></attributes>
<bndbox><xmin>1</xmin><ymin>11</ymin><xmax>640</xmax><ymax>20</ymax></bndbox></object></annotation>"""

DATA = "path: .\nnc: 2\nnames:\n  0: stop\n  1: 'it''s'\ntrain: images/train\n"


def loads(text: str) -> Any:
    return loads_strict(text.encode())


def opened(data: Any, name: str, **reading: Any) -> ReadList:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_list([text], name=name, loads=loads, reading=Reading(**reading))


def read(data: Any, name: str = "a.json", **reading: Any) -> list[Row]:
    return list(opened(data, name, **reading).rows)


def packed(files: dict[str, bytes | str]) -> Bundle:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Bundle(body)


def unpacked(files: dict[str, bytes | str], **reading: Any) -> tuple[Format, list[Row]]:
    found = read_archive(packed(files), loads=loads, reading=Reading(**reading))
    return found.format, list(found.rows)


def codes(rows: list[Row]) -> list[str]:
    return [row.code if isinstance(row, RowRefused) else "" for row in rows]


def spans(row: Row) -> list[dict[str, Any]]:
    assert isinstance(row, RowRead), row
    found: list[dict[str, Any]] = row.payload["spans"]
    return found


def coco(*annotations: dict[str, Any], **image: Any) -> dict[str, Any]:
    made = [{"id": n, "image_id": 7, "category_id": 3, **a} for n, a in enumerate(annotations)]
    images = [{"id": 7, "file_name": "street/1.jpg", "width": 640, "height": 480, **image}]
    return {
        "info": {},
        "annotations": made,
        "images": images,
        "categories": [{"id": 3, "name": "Ü"}],
    }
