"""Zip files of any number of entries and bytes, of the same bytes each time.

`zipfile` keeps an object for each entry until the end, half a gigabyte for a million. Here the
directory waits in a file of its own. Times are 1980-01-01, the first that the format knows. Entries
and archives beyond 2 GiB or 65,534 entries are written as ZIP64 (APPNOTE.TXT 6.3.10, PKWARE).
"""

from __future__ import annotations

import shutil
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from apps.exchange.spools import spool

CHUNK = 1 << 20
LARGE = (1 << 31) - 1
MANY = (1 << 16) - 2
FULL32, FULL16 = 0xFFFFFFFF, 0xFFFF
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
UNIX, PLAIN, ZIP64 = 3 << 8, 20, 45
UTF8 = 0x800
MIDNIGHT, FIRST_DAY = 0, (1 << 5) | 1
MODE = 0o100644 << 16
STORED, DEFLATED = 0, 8
LEVEL = 6


@dataclass(slots=True)
class _Entry:
    name: bytes
    method: int
    offset: int
    large: bool
    crc: int = 0
    packed: int = 0
    size: int = 0

    @property
    def needs(self) -> int:
        return ZIP64 if self.large else PLAIN


class ZipWriter:
    """Writes a zip to `target`, which can be sought in; complete once finished.

    Names are the caller's care: safe, and each only once.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._directory = spool()
        self._count = 0

    def add(self, name: str, data: bytes) -> None:
        """Add a small file, deflated."""
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush()
        entry = self._begin(name, DEFLATED, len(data))
        entry.crc, entry.packed, entry.size = zlib.crc32(data), len(packed), len(data)
        self._target.write(_local(entry) + packed)
        self._note(entry)

    def add_file(self, name: str, source: BinaryIO, *, deflate: bool, size: int = 0) -> None:
        """Add what is left to read of `source`, deflated unless it is packed already, as images
        are. What may be beyond 2 GiB needs its `size`."""
        entry = self._begin(name, DEFLATED if deflate else STORED, size)
        self._target.write(_local(entry))
        self._copy(source, entry)
        end = self._target.tell()
        self._target.seek(entry.offset)
        self._target.write(_local(entry))
        self._target.seek(end)
        self._note(entry)

    def finish(self) -> None:
        """Write the directory, with which the zip is complete."""
        begin, size = self._target.tell(), self._directory.tell()
        with self._directory:
            self._directory.seek(0)
            shutil.copyfileobj(self._directory, self._target)
        if self._count > MANY or begin + size > LARGE:
            self._target.write(_end64(self._count, size, begin, self._target.tell()))
        count = min(self._count, FULL16)
        plain = (count, count, min(size, FULL32), min(begin, FULL32), 0)
        self._target.write(END.pack(b"PK\5\6", 0, 0, *plain))

    def _begin(self, name: str, method: int, size: int) -> _Entry:
        offset = self._target.tell()
        return _Entry(name.encode(), method, offset, large=size + size // 16 > LARGE)

    def _copy(self, source: BinaryIO, entry: _Entry) -> None:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        while chunk := source.read(CHUNK):
            entry.crc = zlib.crc32(chunk, entry.crc)
            entry.size += len(chunk)
            self._put(packer.compress(chunk) if entry.method else chunk, entry)
        if entry.method:
            self._put(packer.flush(), entry)

    def _put(self, data: bytes, entry: _Entry) -> None:
        self._target.write(data)
        entry.packed += len(data)

    def _note(self, entry: _Entry) -> None:
        self._directory.write(_central(entry))
        self._count += 1


def _local(entry: _Entry) -> bytes:
    extra, packed, size = b"", entry.packed, entry.size
    if entry.large:
        extra = struct.pack("<2H2Q", 1, 16, size, packed)
        packed = size = FULL32
    kind = (entry.needs, UTF8, entry.method, MIDNIGHT, FIRST_DAY)
    sizes = (entry.crc, packed, size, len(entry.name), len(extra))
    return LOCAL.pack(b"PK\3\4", *kind, *sizes) + entry.name + extra


def _central(entry: _Entry) -> bytes:
    extra, packed, size, offset = b"", entry.packed, entry.size, entry.offset
    if entry.large or offset > LARGE:
        extra = struct.pack("<2H3Q", 1, 24, size, packed, offset)
        packed = size = offset = FULL32
    needs = ZIP64 if extra else entry.needs
    kind = (UNIX | needs, needs, UTF8, entry.method, MIDNIGHT, FIRST_DAY)
    sizes = (entry.crc, packed, size, len(entry.name), len(extra), 0, 0, 0)
    return CENTRAL.pack(b"PK\1\2", *kind, *sizes, MODE, offset) + entry.name + extra


def _end64(count: int, size: int, begin: int, end: int) -> bytes:
    """The end of a large zip: `begin` is where its directory begins, `end` where this stands."""
    numbers = (count, count, size, begin)
    record = END64.pack(b"PK\6\6", END64.size - 12, UNIX | ZIP64, ZIP64, 0, 0, *numbers)
    return record + LOCATOR.pack(b"PK\6\7", 0, end, 1)
