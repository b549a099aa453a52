"""Zips as other programs read them."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from apps.exchange import zips
from apps.exchange.zips import ZipWriter

FILES = {"data.yaml": b"names: {}\n", "labels/ž🦊.txt": b"", "images/a.jpg": bytes(range(256)) * 9}


def written(files: dict[str, bytes] = FILES, *, size: int = 0) -> bytes:
    target = io.BytesIO()
    writer = ZipWriter(target)
    for place, (name, data) in enumerate(files.items()):
        if place % 3 == 0:
            writer.add(name, data)
        else:
            writer.add_file(name, io.BytesIO(data), deflate=place % 3 == 1, size=size)
    writer.finish()
    return target.getvalue()


def opened(data: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def test_what_went_in_comes_out_under_its_name() -> None:
    archive = opened(written())
    assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert [info.compress_type for info in archive.infolist()] == [8, 8, 0]
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_the_same_files_are_the_same_bytes() -> None:
    assert written() == written()


def test_an_empty_zip_is_one() -> None:
    assert opened(written({})).namelist() == []


def test_large_files_are_announced_before_their_size_is_known() -> None:
    archive = opened(written(size=5 << 30))
    assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert archive.getinfo("images/a.jpg").extract_version == 45


def test_what_begins_beyond_two_gigabytes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "LARGE", 40)
    archive = opened(written())
    assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert b"PK\6\6" in written()


def test_more_entries_than_the_plain_form_counts() -> None:
    # A million in the soak: the same records, only longer.
    count = 1_000_000 if os.environ.get("SOAK") else 66_000
    target = io.BytesIO()
    writer = ZipWriter(target)
    for number in range(count):
        writer.add(f"{number}.txt", b"1\n")
    writer.finish()
    archive = zipfile.ZipFile(target)
    assert len(archive.namelist()) == count
    assert archive.read(f"{count - 1}.txt") == b"1\n"
