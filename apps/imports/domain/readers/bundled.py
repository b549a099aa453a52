"""What an archive holds: the annotations of one tool, and the images that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath

from apps.imports.domain.addresses import folder_path
from apps.imports.domain.bundles import Bundle, is_image
from apps.imports.domain.encodings import as_utf8, find_encoding
from apps.imports.domain.readers.formats import ENDINGS, JSON, TABLES, Format
from apps.imports.domain.readers.image_folders import OWN, has_folders, read_folders
from apps.imports.domain.readers.voc import read_voc
from apps.imports.domain.readers.xmls import root_of
from apps.imports.domain.readers.yolo import Names, names_in_list, names_in_yaml, read_yolo
from apps.imports.domain.rows import ListRefused, Loads, Row, RowRead
from apps.imports.domain.unpacking import WORKBOOK

YAML = (".yaml", ".yml")
XML = (".xml",)
CLASSES = ("classes.txt", "obj.names")
START = 4096
NOTHING = (
    "This archive holds no annotations that are known here. It may hold those of YOLO (with its"
    " data.yaml), Pascal VOC, CVAT, one file of COCO, Label Studio, JSON lines or CSV, or images in"
    " a folder for each class."
)

Rows = tuple[Format, Iterator[Row]]
ReadOne = Callable[[Iterator[bytes], str], Rows]


def read_bundle(bundle: Bundle, read_one: ReadOne, *, loads: Loads, form: Format | None) -> Rows:
    """The format of an archive and its rows; each says as `member` which image in the archive it
    is about, if it is there. `read_one` reads a single file. Raises ListRefused."""
    found, rows = _read(bundle, read_one, loads, form)
    return found, (_with_image(row, bundle) for row in rows)


def _read(bundle: Bundle, read_one: ReadOne, loads: Loads, form: Format | None) -> Rows:
    if "[Content_Types].xml" in bundle.names:
        raise ListRefused("not_a_list", WORKBOOK)
    form = form or _recognised(bundle)
    if form == Format.YOLO:
        return form, _yolo(bundle, _classes(bundle))
    if form == Format.VOC:
        return form, _voc(bundle)
    if form == Format.IMAGE_FOLDER:
        return form, read_folders(bundle, loads=loads)
    name = _only_list(bundle, form)
    return read_one(bundle.text(name), name)


def _recognised(bundle: Bundle) -> Format | None:
    """The format of many files that an archive is of; None for one that holds a list."""
    if _described(bundle):
        return Format.YOLO
    if _called(bundle, JSON):
        return None
    if files := _called(bundle, XML):
        return None if root_of(_start(bundle, files[0])) == "annotations" else Format.VOC
    return None if _called(bundle, TABLES) or not has_folders(bundle) else Format.IMAGE_FOLDER


def _only_list(bundle: Bundle, form: Format | None) -> str:
    """The list in an archive, which must be the only one of its kind. Raises ListRefused."""
    kinds = [ENDINGS[form]] if form else [JSON, XML, TABLES]
    names = next(filter(None, (_called(bundle, kind) for kind in kinds)), [])
    if not names and form:
        reason = f"The archive holds no {' or '.join(ENDINGS[form])} file, as this format has it."
        raise ListRefused("not_this_format", reason)
    if not names:
        raise ListRefused("not_a_list", NOTHING)
    if len(names) > 1:
        reason = f"The archive holds {len(names)} lists; import {names[0][:100]} and others apart."
        raise ListRefused("several_lists", reason)
    return names[0]


def _called(bundle: Bundle, endings: tuple[str, ...]) -> list[str]:
    """The lists that are called so."""
    return [name for name in bundle.names if name.lower().endswith(endings) and name not in OWN]


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


def _voc(bundle: Bundle) -> Iterator[Row]:
    files = _called(bundle, XML)
    if not files:
        reason = "The archive holds no .xml file, as Pascal VOC has one for each image."
        raise ListRefused("not_this_format", reason)
    for line, name in enumerate(files, start=1):
        yield read_voc(bundle.text(name), line=line, name=PurePosixPath(name).stem)


def _described(bundle: Bundle) -> list[str]:
    """The files that name classes of YOLO."""
    return [n for n in bundle.names if n.endswith(YAML) or PurePosixPath(n).name in CLASSES]


def _classes(bundle: Bundle) -> Names:
    described = _described(bundle)
    if not described:
        reason = f"The archive holds no data.yaml, {' or '.join(CLASSES)} that names the classes."
        raise ListRefused("not_this_format", reason)
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
