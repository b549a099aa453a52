"""What an archive holds: the annotations of one tool, and the images that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath

from apps.imports.domain.addresses import folder_path
from apps.imports.domain.bundles import Bundle, is_image
from apps.imports.domain.encodings import as_utf8, find_encoding
from apps.imports.domain.readers.formats import Format
from apps.imports.domain.readers.image_folders import OWN, has_folders, read_folders
from apps.imports.domain.readers.voc import read_voc
from apps.imports.domain.readers.xmls import root_of
from apps.imports.domain.readers.yolo import Names, names_in_list, names_in_yaml, read_yolo
from apps.imports.domain.rows import ListRefused, Loads, Row, RowRead
from apps.imports.domain.unpacking import WORKBOOK

YAML = (".yaml", ".yml")
LISTS = (".json", ".jsonl", ".ndjson")
TABLE = ".csv"
CLASSES = ("classes.txt", "obj.names")
START = 4096
NOTHING = (
    "This archive holds no annotations that are known here. It may hold those of YOLO (with its"
    " data.yaml), Pascal VOC, CVAT, one file of COCO, Label Studio, JSON lines or CSV, or images in"
    " a folder for each class."
)

Rows = tuple[Format, Iterator[Row]]
ReadOne = Callable[[Iterator[bytes], str], Rows]


def read_bundle(bundle: Bundle, read_one: ReadOne, *, loads: Loads) -> Rows:
    """The format of an archive and its rows; each says as `member` which image in the archive it
    is about, if it is there. `read_one` reads a single file. Raises ListRefused."""
    form, rows = _read(bundle, read_one, loads)
    return form, (_with_image(row, bundle) for row in rows)


def _read(bundle: Bundle, read_one: ReadOne, loads: Loads) -> Rows:
    names = bundle.names
    if "[Content_Types].xml" in names:
        raise ListRefused("not_a_list", WORKBOOK)
    if described := [n for n in names if n.endswith(YAML) or PurePosixPath(n).name in CLASSES]:
        return Format.YOLO, _yolo(bundle, _classes(bundle, described))
    if lists := [n for n in names if n.lower().endswith(LISTS) and n not in OWN]:
        return read_one(bundle.text(_only(lists)), lists[0])
    files = [name for name in names if name.lower().endswith(".xml")]
    if not files:
        return _without_annotations(bundle, read_one, loads)
    if root_of(_start(bundle, files[0])) == "annotations":
        return read_one(bundle.text(_only(files)), files[0])
    return Format.VOC, _voc(bundle, files)


def _without_annotations(bundle: Bundle, read_one: ReadOne, loads: Loads) -> Rows:
    if tables := [name for name in bundle.names if name.lower().endswith(TABLE)]:
        return read_one(bundle.text(_only(tables)), tables[0])
    if has_folders(bundle):
        return Format.IMAGE_FOLDER, read_folders(bundle, loads=loads)
    raise ListRefused("not_a_list", NOTHING)


def _only(names: list[str]) -> str:
    if len(names) > 1:
        reason = f"The archive holds {len(names)} lists; import {names[0][:100]} and others apart."
        raise ListRefused("several_lists", reason)
    return names[0]


def _with_image(row: Row, bundle: Bundle) -> Row:
    if not isinstance(row, RowRead) or not row.named:
        return row
    member = bundle.find_image(row.named)
    if not member:
        return row
    meta = dict(row.payload.get("meta", {}))
    if path := folder_path(member):
        meta.setdefault("path", path)
    payload = {**row.payload, **({"meta": meta} if meta else {})}
    return replace(row, url=f"upload:{member[:1000]}", payload=payload, member=member, named="")


def _voc(bundle: Bundle, files: list[str]) -> Iterator[Row]:
    for line, name in enumerate(files, start=1):
        yield read_voc(bundle.text(name), line=line, name=PurePosixPath(name).stem)


def _classes(bundle: Bundle, described: list[str]) -> Names:
    name = next((each for each in described if each.endswith(YAML)), described[0])
    text = _text(bundle, name)
    return names_in_yaml(text) if name.endswith(YAML) else names_in_list(text)


def _yolo(bundle: Bundle, names: Names) -> Iterator[Row]:
    """A row per file of labels, and per image without one, on which nothing is."""
    labels = [n for n in bundle.names if _is_labels(n)]
    labelled = {bundle.find_image(_image_of(name)) for name in labels}
    empty = [n for n in bundle.names if is_image(n) and n not in labelled]
    numbers = count(1)
    for name in labels:
        image = _image_of(name)
        yield read_yolo(_text(bundle, name), line=next(numbers), name=image, names=names)
    for name in empty:
        yield read_yolo("", line=next(numbers), name=name, names=names)


def _is_labels(name: str) -> bool:
    """Whether a text file is of labels: in a folder of that name, or beside its image."""
    path = PurePosixPath(name)
    if path.suffix.lower() != ".txt" or path.name in CLASSES:
        return False
    return "labels" in path.parts[:-1] or path.name.lower() not in {
        "train.txt",
        "val.txt",
        "valid.txt",
        "test.txt",
        "readme.txt",
    }


def _image_of(name: str) -> str:
    """What the image of a file of labels is called, without its ending: `images` for `labels`."""
    path = PurePosixPath(name).with_suffix("")
    parts = list(path.parts)
    if "labels" in parts[:-1]:
        at = len(parts) - 2 - parts[-2::-1].index("labels")
        parts[at] = "images"
    return "/".join(parts)


def _start(bundle: Bundle, name: str) -> bytes:
    return next(bundle.text(name), b"")[:START]


def _text(bundle: Bundle, name: str) -> str:
    """The text of a small file, however it was saved."""
    whole = b"".join(bundle.text(name))
    return b"".join(as_utf8(iter([whole]), find_encoding([whole]))).decode(errors="replace")
