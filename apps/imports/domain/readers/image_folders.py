"""Images in folders by what they show, as ImageNet has them: `[split/]class/name.jpg`.

Our own exports add `classes.json`, which says whose option each folder is, and `manifest.jsonl`,
which says where images are that are not in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from apps.imports.domain.addresses import checked_address, looks_like_address
from apps.imports.domain.answers import NOBODY, VERDICTS, given
from apps.imports.domain.bundles import Bundle, is_image
from apps.imports.domain.rows import ListRefused, Loads, Payload, Row, RowError, RowRead, RowRefused
from apps.imports.domain.streams import numbered_lines, text_of

CLASSES = "classes.json"
MANIFEST = "manifest.jsonl"
OWN = frozenset({CLASSES, MANIFEST})
"""What our own archives say of their images; they are no lists of tasks."""
MOST_CLASSES = 1 << 20

Options = Mapping[str, int | str]


def has_folders(bundle: Bundle) -> bool:
    """Whether images of an archive lie in folders."""
    return any(is_image(name) and "/" in name for name in bundle.names)


def read_folders(bundle: Bundle, *, loads: Loads) -> Iterator[Row]:
    """Yield a row per image, in the archive or named by its manifest; the last folder that it lies
    in is the option that was chosen of it.

    Where all folders are called accept, reject or ignore, that was the answer. An image in no
    folder has none. Raises ListRefused `bad_classes`.
    """
    options = _options(bundle, loads)
    inside = [name for name in bundle.names if is_image(name)]
    elsewhere = list(_elsewhere(bundle, loads))
    folders = {_folder(path) for path in (*inside, *(path for path, _ in elsewhere))} - {""}
    verdicts = folders.issubset(VERDICTS)
    for line, name in enumerate(inside, start=1):
        said = _said(_folder(name), options, verdicts=verdicts)
        yield RowRead(line, "", said, named=name)
    for line, (path, address) in enumerate(elsewhere, start=len(inside) + 1):
        yield _row_elsewhere(line, path, address, _said(_folder(path), options, verdicts=verdicts))


def _said(folder: str, options: Options, *, verdicts: bool) -> Payload:
    if not folder:
        return {}
    if verdicts:
        return {"answers": [given(by=NOBODY, answer=folder)]}
    return {"answers": [given(by=NOBODY, accept=[options.get(folder, folder)])]}


def _row_elsewhere(line: int, path: str, address: str, payload: Payload) -> Row:
    if not looks_like_address(address):
        return RowRead(line, "", payload, named=path)
    try:
        return RowRead(line, checked_address(address), payload)
    except RowError as error:
        return RowRefused(line, error.code, error.reason, url=error.shown)


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.name


def _options(bundle: Bundle, loads: Loads) -> Options:
    """Which option a folder stands for, if the archive says it."""
    if CLASSES not in bundle.names:
        return {}
    try:
        text = text_of(b"".join(bundle.text(CLASSES, most=MOST_CLASSES)))
        return {each["folder"]: _identifier(each["id"]) for each in loads(text)}
    except (RowError, ValueError, TypeError, KeyError):
        reason = f"{CLASSES} is not a list of objects, each with a folder and an id."
        raise ListRefused("bad_classes", reason) from None


def _identifier(value: int | str | None) -> int | str:
    if value is None or isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return value


def _elsewhere(bundle: Bundle, loads: Loads) -> Iterator[tuple[str, str]]:
    """The images that the manifest names without having them: where they belong, and where they
    are. Lines that say neither are about images in no folder."""
    if MANIFEST not in bundle.names:
        return
    for _, raw in numbered_lines(bundle.text(MANIFEST)):
        try:
            said = loads(text_of(raw))
        except ValueError:
            continue  # the images in the archive do not need it
        path, address = (said.get("file"), said.get("address")) if _missing(said) else ("", "")
        if path and isinstance(path, str) and isinstance(address, str):
            yield path, address


def _missing(said: Any) -> bool:
    return isinstance(said, dict) and bool(said.get("missing"))
