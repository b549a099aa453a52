"""PNGs that promise more lines than they have."""

from __future__ import annotations

import struct
import zlib

from apps.imports.domain.pictures.stripping import png_chunks

CHUNK = 1 << 20
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Interlacing (Adam7): where each pass begins, and how far apart its pixels are.
PASSES = [
    ((0, 0), (8, 8)),
    ((4, 0), (8, 8)),
    ((0, 4), (4, 8)),
    ((2, 0), (4, 4)),
    ((0, 2), (2, 4)),
    ((1, 0), (2, 2)),
    ((0, 1), (1, 2)),
]
WHOLE = [((0, 0), (1, 1))]


def lacks_lines(data: bytes) -> bool:
    """Whether a PNG, whose header and chunks are sound, holds less than its header says.

    Unpacks all of it, in pieces of 1 MB.
    """
    left = _size(data)
    unpacker = zlib.decompressobj()
    for kind, start, end in png_chunks(data):
        body = data[start:end] if kind == b"IDAT" else b""
        while body and left > 0:
            left -= len(unpacker.decompress(body, min(left, CHUNK)))
            body = unpacker.unconsumed_tail
    return left > 0


def _size(data: bytes) -> int:
    """How many bytes the lines take, with the filter that each begins with (PNG 3rd ed., 7.2)."""
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    bits = depth * SAMPLES[colour]
    size = 0
    for (left, top), (across, down) in PASSES if interlaced else WHOLE:
        columns, lines = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and lines > 0:
            size += lines * (1 + (columns * bits + 7) // 8)
    return size
