"""Image files byte by byte, for what no library writes; and what members see of them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from apps.imports.decoder.picture import Picture, decode

PNG = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
"""PNG's colour types."""


def shown(data: bytes) -> tuple[Picture, Image.Image]:
    """What members see: the rendition, or the file itself."""
    picture = decode(data)
    seen = Image.open(io.BytesIO(data if picture.rendition is None else picture.rendition))
    assert Image.MIME[seen.format or ""] == picture.rendition_media_type
    assert seen.size == (picture.width, picture.height)
    assert not seen.getexif()
    assert "icc_profile" not in seen.info
    assert picture.rendition_media_type in {"image/png", "image/jpeg", "image/webp"}
    return picture, seen


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(mode: str, *rows: list[Any]) -> Image.Image:
    """A picture of these pixels, row by row."""
    image = Image.new(mode, (len(rows[0]), len(rows)))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            image.putpixel((x, y), value)
    return image


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    size: tuple[int, int],
    lines: list[bytes],
    *more: bytes,
    depth: int = 8,
    colour: int = RGB,
    interlaced: int = 0,
) -> bytes:
    """A PNG of these lines; `more` are chunks before them."""
    head = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, interlaced)
    body = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return PNG + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", body) + chunk(b"IEND")


def tiff(entries: dict[int, tuple[int, Any]], data: bytes, *, order: str = "<") -> bytes:
    """A TIFF. `entries` are type and value, or values, by tag; unless they say otherwise all data
    is one strip, which begins at byte 8."""
    entries = {273: (4, 8), 279: (4, len(data)), **entries}
    at = 8 + len(data) + len(data) % 2
    after = at + 2 + 12 * len(entries) + 4
    listed, beside = b"", b""
    for tag, (kind, value) in sorted(entries.items()):
        values = value if isinstance(value, tuple) else (value,)
        packed = struct.pack(f"{order}{len(values)}{ {3: 'H', 4: 'I'}[kind] }", *values)
        if len(packed) > 4:
            beside += packed
            packed = struct.pack(f"{order}I", after + len(beside) - len(packed))
        listed += struct.pack(f"{order}HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    mark = b"II" if order == "<" else b"MM"
    head = mark + struct.pack(f"{order}HI", 42, at)
    count = struct.pack(f"{order}H", len(entries))
    return head + data + bytes(len(data) % 2) + count + listed + bytes(4) + beside


def tiff_of(
    size: tuple[int, int],
    data: bytes,
    *,
    bits: int | tuple[int, ...] = 8,
    photometric: int = 1,
    samples: int = 1,
    order: str = "<",
    **more: tuple[int, Any],
) -> bytes:
    """An uncompressed TIFF; `more` are tags as `t339=(3, 2)`."""
    entries = {
        256: (4, size[0]), 257: (4, size[1]), 258: (3, bits), 259: (3, 1), 262: (3, photometric),
        277: (3, samples), 278: (4, size[1]),
    }  # fmt: skip
    return tiff(entries | {int(tag[1:]): value for tag, value in more.items()}, data, order=order)


def exif(value: bytes, *, kind: int = 3, count: int = 1) -> bytes:
    """EXIF that holds an orientation of any type; `value` fills the entry's four bytes."""
    entry = struct.pack("<HHI", 0x0112, kind, count) + value.ljust(4, b"\0")
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)


def turned(orientation: int) -> bytes:
    return exif(struct.pack("<H", orientation))


def with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """A JPEG with these segments, marker and content, right after its start."""
    added = (struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body for mark, body in segments)
    return jpeg[:2] + b"".join(added) + jpeg[2:]


def without_segment(jpeg: bytes, mark: int) -> bytes:
    """A JPEG without its first segment of this marker."""
    at = jpeg.index(bytes([0xFF, mark]))
    (length,) = struct.unpack(">H", jpeg[at + 2 : at + 4])
    return jpeg[:at] + jpeg[at + 2 + length :]


S15 = 65536
# The primaries of sRGB as seen from D50, which is what profiles are written in.
RED, GREEN, BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
WHITE = (0.9642, 1.0, 0.8249)


def profile(name: str, *primaries: tuple[float, float, float], space: bytes = b"RGB ") -> bytes:
    """A colour profile without a curve: light is as the numbers say. Without primaries, of grey."""
    tags = {b"desc": _text(name), b"cprt": b"text\0\0\0\0nobody's\0", b"wtpt": _xyz(WHITE)}
    flat = b"curv" + bytes(8)
    if primaries:
        tags |= {
            mark + b"XYZ": _xyz(one)
            for mark, one in zip((b"r", b"g", b"b"), primaries, strict=True)
        }
        tags |= {mark + b"TRC": flat for mark in (b"r", b"g", b"b")}
    else:
        tags[b"kTRC"] = flat
    listed, data, at = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for tag, body in tags.items():
        listed += tag + struct.pack(">II", at + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    head = struct.pack(">4xI4s4s4s", 0x02400000, b"mntr", space, b"XYZ ").ljust(32, b"\0")
    head = (head + b"acsp").ljust(64, b"\0") + _xyz(WHITE)[8:]
    size = struct.pack(">I", 128 + len(listed) + len(data))
    return size + head.ljust(124, b"\0") + listed + data


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * S15) for value in values))


def _text(text: str) -> bytes:
    body = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(body)) + body + bytes(78)
