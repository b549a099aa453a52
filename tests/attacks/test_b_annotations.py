"""Files of annotations that want more than to be read, each with the code that it ends with."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from apps.imports.domain.bundles import Bundle
from apps.imports.domain.readers import Reading, read_archive, read_list
from apps.imports.domain.rows import ListRefused, RowRefused
from concord.http.strictjson import loads_strict

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
IMAGES = '"images": [{"id": 1, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "a"}]'
BOX = '"id": 1, "image_id": 1, "category_id": 1, "bbox"'


def loads(text: str) -> Any:
    return loads_strict(text.encode())


def codes(data: bytes, name: str) -> list[str]:
    """The code of the file as a whole, else those of its lines."""
    try:
        if name.endswith(".zip"):
            rows = read_archive(Bundle(io.BytesIO(data)), loads=loads).rows
        else:
            rows = read_list([data], name=name, loads=loads, reading=Reading(answers=True)).rows
        return [row.code if isinstance(row, RowRefused) else "" for row in rows]
    except ListRefused as error:
        return [error.code]


def packed(files: dict[str, bytes | str], *, level: int = 6) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def coco(box: str) -> str:
    return f'{{{IMAGES}, "annotations": [{{{BOX}: {box}}}]}}'


def cvat(inside: str, *, head: str = "") -> str:
    image = f'<image id="0" name="a.jpg" width="9" height="9">{inside}</image>'
    return f'<?xml version="1.0"?>{head}<annotations>{image}</annotations>'


def label_studio(**value: Any) -> str:
    where = {"x": 1, "y": 1, "width": 1, "height": 1, "rectanglelabels": ["a"], **value}
    annotation = {"completed_by": 1, "result": [{"type": "rectanglelabels", "value": where}]}
    return json.dumps([{"data": {"image": "https://a.org/1"}, "annotations": [annotation]}])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        # XML
        ("a.xml", cvat("", head=f'<!DOCTYPE a [<!ENTITY e0 "lol">{ENTITIES}]>'), "hostile_xml"),
        ("a.xml", cvat("", head='<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "hostile_xml"),
        ("a.xml", cvat("&undeclared;"), "bad_xml"),
        ("a.xml", cvat("<a>" * 100 + "</a>" * 100), "hostile_xml"),
        ("a.xml", cvat("<box"), "bad_xml"),
        ("a.xml", f'<?xml version="1.0"?>{SVG}', "not_a_list"),
        ("a.xml", cvat('<box label="a" xtl="1e999" ytl="1" xbr="2" ybr="2"/>'), "bad_box"),
        ("a.xml", cvat('<box label="a" xtl="nan" ytl="1" xbr="2" ybr="2"/>'), "bad_box"),
        ("a.xml", cvat(f'<box label="a" xtl="{"9" * 5000}" ytl="1" xbr="2" ybr="2"/>'), "bad_box"),
        # JSON
        ("a.json", coco("[1, 2, NaN, 4]"), "bad_json"),
        ("a.json", coco("[1, 2, 1e400, 4]"), "bad_json"),
        ("a.json", coco("[1, 2, " + "9" * 400 + ", 4]"), "bad_json"),
        ("a.json", coco("[1, 2, true, 4]"), "bad_box"),
        ("a.json", coco("[" * 100_000), "bad_json"),
        ("a.json", coco("[" * 5000 + "]" * 5000), "bad_json"),
        ("a.json", label_studio(x=True), "bad_box"),
        ("a.json", label_studio(rectanglelabels="a"), "bad_field"),
        ("a.json", label_studio(rectanglelabels={"a": 1}), "bad_field"),
        ("a.json", '[{"data": {"image": {"a": 1}}, "annotations": []}]', "no_url"),
        ("a.json", '[{"data": {"image": "https://a.org"}, "annotations": [1]}]', "bad_field"),
        (
            "a.jsonl",
            '{"image": "https://a.org/1", "answer": "accept", "_annotator_id": ["ann"]}',
            "bad_field",
        ),
        (
            "a.jsonl",
            '{"image": "https://a.org/1", "answer": "accept", "_annotator_id": "a\\u0007"}',
            "bad_field",
        ),
        (
            "a.jsonl",
            '{"image": "https://a.org/1", "answer": "accept", "_timestamp": 1e300}',
            "bad_field",
        ),
    ],
)
def test_a_hostile_file_ends_with_a_code(name: str, text: str, code: str) -> None:
    found = codes(text.encode(), name)
    assert code in found
    assert "" not in found


def of_names(*names: str) -> bytes:
    return packed({"data.yaml": "names: [a]", **dict.fromkeys(names, "0 .5 .5 1 1")})


def encrypted() -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = bytearray(of_names("labels/a.txt"))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def twice() -> bytes:
    data = of_names("labels/a.txt", "labels/b.txt")
    return data.replace(b"labels/b.txt", b"labels/a.txt")


def of_a_large_directory() -> bytes:
    """An archive that says its directory is larger than any should be, in a file as large."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 100 << 20, 0, 0)
    return b"\0" * (70 << 20) + end


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (lambda: packed({"a.json": b" " * (80 << 20)}, level=9), "too_large"),
        (lambda: packed({"data.yaml": "names: !!python/object/apply:os.system [ls]"}), "bad_yaml"),
        (lambda: packed({"data.yaml": "names: [&a [*a, *a]]"}), "bad_yaml"),
        (lambda: packed({"1.xml": cvat("", head='<!DOCTYPE a SYSTEM "x">')}), "hostile_xml"),
        (lambda: packed({"a.zip": of_names("labels/a.txt")}), "not_a_list"),
        (lambda: of_names("labels/a.txt")[:-30], "bad_archive"),
        (lambda: of_names("labels/a.txt")[:40], "bad_archive"),
        (encrypted, "encrypted_archive"),
        (twice, "bad_archive"),
        (of_a_large_directory, "too_many_files"),
    ],
    ids=[
        "shrinks too well",
        "yaml tag",
        "yaml anchors",
        "document type",
        "archive within",
        "cut off",
        "no directory",
        "encrypted",
        "one name twice",
        "directory",
    ],
)
def test_a_hostile_archive_ends_with_a_code(archive: Callable[[], bytes], code: str) -> None:
    assert codes(archive(), "a.zip") == [code]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "C:\\labels\\a.txt",
        "labels/" + "a" * 5000 + ".txt",
    ],
)
def test_names_in_archives_are_names(name: str) -> None:
    assert codes(of_names(name), "a.zip") == [""]
