"""A file without its metadata and trailing bytes, its pixels untouched.

What stays is what a decoder needs for the picture; place, camera, thumbnails, comments, colour
profiles and whatever was appended to the file go. Only for pictures that need neither turning nor
colour conversion. All three raise ValueError for a file whose structure they do not understand.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
JPEG_BARE = {0x01, *range(0xD0, 0xD8)}
JPEG_APP0, JPEG_ADOBE = 0xE0, 0xEE
JPEG_NOTES = {*range(0xE1, 0xF0), 0xFE}  # application data and comments
# The end of a scan: a marker that is neither a stuffed byte nor a restart nor a fill byte.
JPEG_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
# Gamma and primaries stay: without them a browser would show other colours.
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"IDAT", b"IEND"}

WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
WEBP_META_FLAGS = 0x20 | 0x08 | 0x04  # colour profile, EXIF, XMP
WEBP_ANIMATION = 0x02


def strip_jpeg(data: bytes) -> bytes:
    """Keep the tables, frames and scans up to the end marker, and what tells the colour model:
    a bare JFIF header and Adobe's segment."""
    kept = [data[:2]]
    for marker, start, end in _jpeg_segments(data):
        segment = data[start:end]
        if marker == JPEG_APP0:
            if segment[4:9] == b"JFIF\0" and len(segment) >= 18:
                kept.append(b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0")
        elif marker not in JPEG_NOTES or (marker == JPEG_ADOBE and segment[4:9] == b"Adobe"):
            kept.append(segment)
    return b"".join(kept)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment after the start; a scan includes its data."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if len(data) < at + 2 or data[at] != 0xFF:
            raise ValueError("no marker where one must be")
        marker = data[at + 1]
        if marker == JPEG_END:
            yield marker, at, at + 2
            return
        if marker in JPEG_BARE:
            yield marker, at, at + 2
            at += 2
            continue
        if len(data) < at + 4:
            raise ValueError("the file ends in a segment")
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == JPEG_SCAN:
            following = JPEG_AFTER_SCAN.search(data, end)
            if following is None:
                raise ValueError("the file ends in a scan")
            end = following.start()
        if end > len(data):
            raise ValueError("the file ends in a segment")
        yield marker, at, end
        at = end


def strip_png(data: bytes) -> bytes:
    """Keep the chunks that make the first picture, as they are, with their checksums."""
    kept, at = [PNG_MAGIC], len(PNG_MAGIC)
    while True:
        if len(data) < at + 12:
            raise ValueError("the file ends before its last chunk")
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise ValueError("the file ends in a chunk")
        if kind in PNG_KEPT:
            kept.append(data[at:end])
        elif not kind[0] & 0x20:
            raise ValueError(f"unknown critical chunk {kind!r}")
        at = end
        if kind == b"IEND":
            return b"".join(kept)


def has_damaged_chunk(data: bytes) -> bool:
    """Whether a chunk of a PNG that makes its picture is not what it was when it was written.

    Pillow shows such pixels, browsers do not. What has no proper structure is not judged here.
    """
    return any(
        not kind[0] & 0x20
        and zlib.crc32(kind + data[start:end]) != int.from_bytes(data[end : end + 4])
        for kind, start, end in png_chunks(data)
    )


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of the body of each chunk, up to the last one or what is no chunk."""
    at, kind = len(PNG_MAGIC), b""
    while at + 12 <= len(data) and kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at + 8, at + 8 + size
        at += 12 + size


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks of a still picture and clear the flags of those that go."""
    if len(data) < 20:
        raise ValueError("the file is too short")
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    kept, at = [b"WEBP"], 12
    while at + 8 <= min(end, len(data)):
        kind, size = struct.unpack_from("<4sI", data, at)
        following = at + 8 + size + size % 2
        chunk = data[at:following]
        if at + 8 + size > len(data):
            raise ValueError("the file ends in a chunk")
        if kind == b"VP8X":
            if chunk[8] & WEBP_ANIMATION:
                raise ValueError("an animation")
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_META_FLAGS]) + chunk[9:]
        if kind in WEBP_KEPT:
            kept.append(chunk.ljust(8 + size + size % 2, b"\0"))
        at = following
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
