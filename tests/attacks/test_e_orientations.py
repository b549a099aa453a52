"""E15: photos are upright, whatever their EXIF says and however often, and nothing of it is left
for a browser to turn them once more. Expectations are written down pixel by pixel."""

import io
import struct
from typing import Any

import pytest
from PIL import Image, features

from tests.attacks.image_bytes import exif, saved, shown, turned, with_segments

# Six pixels as they are stored, 123 above 456, and as they are seen by orientation.
UPRIGHT = {
    1: "123/456", 2: "321/654", 3: "654/321", 4: "456/123",
    5: "14/25/36", 6: "41/52/63", 7: "63/52/41", 8: "36/25/14",
}  # fmt: skip


def six(tile: int) -> Image.Image:
    image = Image.new("L", (3 * tile, 2 * tile))
    for number in range(6):
        x, y = number % 3 * tile, number // 3 * tile
        image.paste(40 * (number + 1), (x, y, x + tile, y + tile))
    return image


def read_off(image: Image.Image, tile: int) -> str:
    grey = image.convert("L")
    return "/".join(
        "".join(str(round(grey.getpixel((x, y)) / 40)) for x in range(tile // 2, grey.width, tile))
        for y in range(tile // 2, grey.height, tile)
    )


KINDS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 100},
    "PNG": {},
    "TIFF": {},
    "WEBP": {"lossless": True},
    **({"AVIF": {"quality": 100}} if features.check("avif") else {}),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("orientation", "upright"), UPRIGHT.items())
def test_e15_orientations(kind: str, orientation: int, upright: str) -> None:
    data = saved(six(8), kind, exif=turned(orientation), **KINDS[kind])
    picture, seen = shown(data)
    assert read_off(seen, 8) == upright
    assert picture.exif_orientation == orientation
    small = Image.open(io.BytesIO(picture.thumbnail))
    assert read_off(small, 8) == upright


ODD_EXIF = {
    "missing": [],
    "0": [turned(0)],
    "9": [turned(9)],
    "65535": [turned(65535)],
    "string": [exif(b"6\0", kind=2, count=2)],
    "byte": [exif(b"\6", kind=1)],
    "fraction": [exif(struct.pack("<I", 8), kind=5)],
    "two-values": [exif(struct.pack("<HH", 6, 1), count=2)],
    "no-values": [exif(struct.pack("<H", 6), count=0)],
    "a-billion-values": [exif(struct.pack("<I", 8), count=10**9)],
    "cut-off": [turned(6)[:16]],
    "two-of-them": [turned(6), turned(3)],
    "second-only": [b"Exif\0\0", turned(6)],
    "not-exif": [b"http://ns.adobe.com/xap/1.0/\0<x/>", turned(6)],
}
SEEN_TURNED = {"two-values", "two-of-them", "second-only", "not-exif"}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("name", ODD_EXIF)
def test_e15_odd_orientations(name: str) -> None:
    """What makes no sense means upright, of two the first one counts; nothing of it is left for a
    browser to turn the picture once more."""
    data = with_segments(jpeg_of_six(), *((0xE1, body) for body in ODD_EXIF[name]))
    picture, seen = shown(data)
    assert read_off(seen, 8) == UPRIGHT[6 if name in SEEN_TURNED else 1]
    assert picture.exif_orientation == (6 if name in SEEN_TURNED else 1)
    assert b"Exif" not in (picture.rendition or data)


def jpeg_of_six() -> bytes:
    return saved(six(8), "JPEG", quality=100)
