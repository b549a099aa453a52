"""Photos to import: made, served over HTTP on this machine, and brought in through the worker."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from apps.datasets.models import Dataset
    from apps.imports.models import Import

PHOTOS = Path(__file__).parents[1] / "deploy" / "demo" / "photos"
SIZE = (1920, 1080)
LARGE = (4000, 3000)
"""What telephones take."""
PATIENCE = 60


@contextlib.contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """An HTTP server of the files in a new folder."""
    folder.mkdir()
    options = ["--bind", "127.0.0.1", "--protocol", "HTTP/1.1", "--directory", str(folder)]
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", *options, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def make_photos(
    folder: Path, prefix: str, *, count: int, size: tuple[int, int] = SIZE
) -> list[str]:
    """Photos of one size, each with a number in it, so that every file is another."""
    photos = [Image.open(path).convert("RGB").resize(size) for path in _photos()]
    names = []
    for n in range(count):
        picture = photos[n % len(photos)].copy()
        ImageDraw.Draw(picture).text((20, 20), f"{prefix} {n}", fill="white")
        names.append(f"{prefix}-{n}.jpg")
        picture.save(folder / names[-1], quality=90)
    return names


def _photos() -> list[Path]:
    return sorted(PHOTOS.glob("*.jpg"))[:4]


def import_all(dataset: Dataset, urls: Sequence[str]) -> float:
    """Import a list through a running worker; seconds from the order to the end."""
    began = time.perf_counter()
    found = order_import(dataset, urls)
    while time.perf_counter() - began < PATIENCE:
        found.refresh_from_db()
        if found.finished_at is not None:
            return time.perf_counter() - began
        time.sleep(0.02)
    raise RuntimeError(f"The import is {found.state} after {PATIENCE} s.")


def order_import(dataset: Dataset, urls: Sequence[str]) -> Import:
    """Leave a list of addresses for the worker."""
    from apps.imports.actions.lists import Upload, create_import
    from apps.imports.options import Options

    body = io.BytesIO("\n".join(urls).encode())
    return create_import(
        user=dataset.created_by,
        dataset=dataset,
        source=Upload("list.txt", body),
        options=Options(),
    )
