"""Hostile rows among good ones: how much longer the good ones take."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from bench.photos import order_import

if TYPE_CHECKING:
    from apps.datasets.models import Dataset
PATIENCE = 240


def make_hostile(folder: Path, photo: str) -> list[str]:
    """Files that are no images, or none that are taken in; the last name is of none."""
    data = (folder / photo).read_bytes()
    (folder / "page.jpg").write_bytes(b"<!doctype html><title>Please log in</title>")
    (folder / "half.jpg").write_bytes(data[: len(data) // 2])
    (folder / "empty.jpg").write_bytes(b"")
    Image.new("1", (30_000, 30_000)).save(folder / "bomb.png")
    (folder / "noise.jpg").write_bytes(data[:3] + bytes(range(256)) * 4000)
    return ["page.jpg", "half.jpg", "empty.jpg", "bomb.png", "noise.jpg", "nothing.jpg"]


@contextmanager
def silent(port: int) -> Iterator[str]:
    """A host that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", port), backlog=256):
        yield f"http://127.0.0.1:{port}"


def mixed(good: Sequence[str], bad: Sequence[str], *, every: int) -> list[str]:
    """The good addresses, and after `every` of them a bad one, each time under another name."""
    lines: list[str] = []
    for n, url in enumerate(good):
        lines.append(url)
        if n % every == every - 1:
            lines.append(f"{bad[n // every % len(bad)]}?{n}")
    return lines


def seconds_until_good(dataset: Dataset, urls: Sequence[str], *, good: int) -> float:
    """From the order of a list until so many of its images are in; then it is cancelled."""
    from apps.imports.actions.running import UNFINISHED, cancel_import
    from apps.imports.models import ImportRow

    began = time.perf_counter()
    found = order_import(dataset, urls)
    brought = ImportRow.objects.filter(of_import=found, state="done")
    while brought.count() < good:
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"{brought.count()} of {good} images are in after {PATIENCE} s.")
        time.sleep(0.02)
    took = time.perf_counter() - began
    found.refresh_from_db()
    if found.state in UNFINISHED:
        cancel_import(found=found, actor=dataset.created_by)
    return took
