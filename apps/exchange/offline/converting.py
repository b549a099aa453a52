"""What `concord convert` does: formats that Concord does not write itself, by way of Datumaro.

It takes a COCO export that came as a zip, and needs the extra `formats`, nothing of the server.
https://open-edge-platform.github.io/datumaro/
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

FORMATS = ("datumaro", "kitti", "label_me", "open_images")
"""Those of Datumaro's formats that hold boxes and that we do not write, by its names for them."""

MISSING = "This needs Datumaro: pip install 'concord[formats]' ({} is missing)."
ENDING = ".coco.json"
WHOLE = "annotations"
"""What the export calls its file where it is not in splits; Datumaro wants every set to have a
name of its own choice."""


def run(source: str, form: str, output: str) -> str | None:
    """Write what is in the zip `source` into the new folder `output`; return why not, if so."""
    if form not in FORMATS:
        return f"{form!r} is none of the formats: {', '.join(FORMATS)}."
    if Path(output).exists():
        return f"{output} is there already. Choose another folder."
    try:
        import datumaro  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        return MISSING.format(error.name)
    with tempfile.TemporaryDirectory(prefix="concord-convert-") as folder:
        try:
            sets = _unpack(Path(source), Path(folder))
        except (OSError, zipfile.BadZipFile) as error:
            return f"{source} cannot be read as a zip: {error}."
        if not sets:
            return f"{source} is no COCO export: it has no file that ends with {ENDING}."
        return _convert(datumaro, Path(folder), form, output)


def _unpack(source: Path, folder: Path) -> int:
    """Lay the export out as Datumaro looks for it; how many sets it has."""
    (folder / "images").mkdir()  # demanded also where no images came along
    (folder / "annotations").mkdir()
    sets = 0
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.endswith(ENDING) and "/" not in name:
                called = name.removesuffix(ENDING)
                called = "train" if called == WHOLE else called
                target = folder / "annotations" / f"instances_{called}.json"
                target.write_bytes(archive.read(name))
                sets += 1
            elif name.startswith("images/"):
                archive.extract(name, folder)  # leaves what leads out of the folder out of names
    return sets


def _convert(datumaro: Any, folder: Path, form: str, output: str) -> str | None:
    pictures = any(path.is_file() for path in (folder / "images").rglob("*"))
    try:
        found = datumaro.Dataset.import_from(str(folder), "coco_instances")
        found.export(output, form, save_media=pictures)
    except datumaro.errors.DatumaroError as error:
        return f"Datumaro cannot write this as {form}: {error}"
    return None
