"""E: what members see of every kind of image, pixel by pixel; coordinates refer to these.

Expected pixels are computed by hand. Files that lose nothing are exact; of JPEG a value may be off
by two.
"""

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image

from apps.imports.decoder.picture import Undecodable, decode
from tests.attacks.image_bytes import (
    BLUE,
    GREEN,
    GREY,
    GREY_ALPHA,
    PALETTE,
    RED,
    RGBA,
    chunk,
    pixels,
    png,
    profile,
    saved,
    shown,
    tiff_of,
    without_segment,
)

Pixels = Sequence[int | tuple[int, ...]]
SWAPPED = profile("Red and blue swapped", BLUE, GREEN, RED)
LINEAR = profile("Linear grey", space=b"GRAY")
RED_, BLUE_ = (255, 0, 0), (0, 0, 255)


def in_order(image: Image.Image) -> list[Any]:
    return [image.getpixel((x, y)) for y in range(image.height) for x in range(image.width)]


def palette(*colours: tuple[int, int, int]) -> Image.Image:
    image = pixels("P", [*range(len(colours))])
    image.putpalette([value for colour in colours for value in colour])
    return image


def shorts(*values: int, order: str = ">") -> bytes:
    return struct.pack(f"{order}{len(values)}H", *values)


def profiled(image: Image.Image, icc: bytes) -> bytes:
    return saved(image, "PNG", icc_profile=icc)


WIDE = (shorts(0, 1000, 30000, 60000, 65535), [0, 4, 117, 233, 255])  # v / 257
FLOATS = {"bits": 32, "t339": (3, 3)}
SIGNED = {"bits": 32, "t339": (3, 2)}
THREE = {"bits": (8, 8, 8), "samples": 3, "photometric": 2}
APART = {"t284": (3, 2), "t273": (4, (8, 10, 12)), "t279": (4, (2, 2, 2))}
OF_GREY: list[tuple[str, bytes, Pixels]] = [
    ("png-1-bit", png((4, 1), [bytes([0b10110000])], depth=1, colour=GREY), [255, 0, 255, 255]),
    ("png-2-bit", png((4, 1), [bytes([0b00011011])], depth=2, colour=GREY), [0, 85, 170, 255]),
    ("png-4-bit", png((2, 1), [bytes([0x0F])], depth=4, colour=GREY), [0, 255]),
    ("png-8-bit", png((3, 1), [bytes([0, 7, 255])], colour=GREY), [0, 7, 255]),
    ("png-16-bit", png((5, 1), [WIDE[0]], depth=16, colour=GREY), WIDE[1]),
    ("tiff-16-bit-mm", tiff_of((5, 1), WIDE[0], bits=16, order=">"), WIDE[1]),
    ("tiff-16-bit-ii", tiff_of((2, 1), shorts(2570, 65535, order="<"), bits=16), [10, 255]),
    ("tiff-1-bit", tiff_of((4, 1), bytes([0b10110000]), bits=1), [255, 0, 255, 255]),
    ("tiff-1-bit-white-is-0", tiff_of((4, 1), b"\xb0", bits=1, photometric=0), [0, 255, 0, 0]),
    ("tiff-8-bit-white-is-0", tiff_of((2, 1), b"\0\xc8", photometric=0), [255, 55]),
    ("tiff-float", tiff_of((3, 1), struct.pack("<3f", -1, 0, 1), **FLOATS), [0, 128, 255]),
    ("tiff-float-flat", tiff_of((2, 1), struct.pack("<2f", 7, 7), **FLOATS), [0, 0]),
    ("tiff-signed", tiff_of((3, 1), struct.pack("<3i", -100, 0, 100), **SIGNED), [0, 128, 255]),
    ("bmp-1-bit", saved(pixels("1", [255, 0]), "BMP"), [255, 0]),
    ("gif-grey", saved(pixels("L", [0, 7, 255]), "GIF"), [0, 7, 255]),
    ("webp-grey", saved(pixels("L", [0, 7, 255]), "WEBP", lossless=True), [0, 7, 255]),
    # A light half as bright as white is 188 in sRGB: 1.055 * (128 / 255) ** (1 / 2.4) - 0.055.
    ("icc-grey", profiled(pixels("L", [0, 128, 255]), LINEAR), [0, 188, 255]),
    ("icc-16-bit", png((1, 1), [shorts(32896)], chunk(b"iCCP", b"x\0\0" + zlib.compress(LINEAR)),
                       depth=16, colour=GREY), [188]),
    ("icc-of-colour-on-grey", profiled(pixels("L", [128]), SWAPPED), [128]),
]  # fmt: skip
OF_COLOUR: list[tuple[str, bytes, Pixels]] = [
    ("png", png((2, 1), [bytes([1, 2, 3, 4, 5, 6])]), [(1, 2, 3), (4, 5, 6)]),
    ("png-16-bit", png((1, 1), [shorts(65535, 32896, 257)], depth=16), [(255, 128, 1)]),
    ("png-interlaced", png((2, 2), [b"\1\1\1", b"\2\2\2", b"\3\3\3\4\4\4"], interlaced=1),
     [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]),
    ("png-palette", saved(palette((9, 8, 7), RED_), "PNG"), [(9, 8, 7), RED_]),
    ("tiff", tiff_of((2, 1), bytes([1, 2, 3, 4, 5, 6]), **THREE), [(1, 2, 3), (4, 5, 6)]),
    ("tiff-planes", tiff_of((2, 1), bytes([1, 4, 2, 5, 3, 6]), **THREE, **APART),
     [(1, 2, 3), (4, 5, 6)]),
    ("tiff-16-bit", tiff_of((1, 1), shorts(65535, 32896, 257), **{**THREE, "bits": (16,) * 3},
                            order=">"), [(255, 128, 1)]),
    ("tiff-lzw", saved(pixels("RGB", [(1, 2, 3), RED_]), "TIFF", compression="tiff_lzw"),
     [(1, 2, 3), RED_]),
    # 255 * (1 - 128 / 255) * (1 - 64 / 255) = 95, * (1 - 0) = 191
    ("tiff-cmyk", tiff_of((2, 1), bytes([0, 255, 255, 0, 128, 0, 0, 64]), bits=(8,) * 4,
                          samples=4, photometric=5), [RED_, (95, 191, 191)]),
    ("bmp", saved(pixels("RGB", [(1, 2, 3), RED_]), "BMP"), [(1, 2, 3), RED_]),
    ("bmp-palette", saved(palette((9, 8, 7), RED_), "BMP"), [(9, 8, 7), RED_]),
    ("gif", saved(palette((9, 8, 7), RED_), "GIF"), [(9, 8, 7), RED_]),
    ("webp", saved(pixels("RGB", [(1, 2, 3), RED_]), "WEBP", lossless=True), [(1, 2, 3), RED_]),
    ("icc", profiled(pixels("RGB", [RED_, BLUE_, (128, 128, 128)]), SWAPPED),
     [BLUE_, RED_, (188, 188, 188)]),
    ("icc-palette", profiled(palette(RED_, BLUE_), SWAPPED), [BLUE_, RED_]),
    ("icc-tiff", saved(pixels("RGB", [RED_]), "TIFF", icc_profile=SWAPPED), [BLUE_]),
    ("icc-of-grey-on-colour", profiled(pixels("RGB", [RED_]), LINEAR), [RED_]),
    ("icc-damaged", profiled(pixels("RGB", [RED_]), b"junk" * 50), [RED_]),
]  # fmt: skip
CLEAR = (9, 8, 7, 0)
OF_ALPHA: list[tuple[str, bytes, Pixels]] = [
    ("png-rgba", png((1, 1), [bytes([1, 2, 3, 4])], colour=RGBA), [(1, 2, 3, 4)]),
    ("png-rgba-16", png((1, 1), [shorts(65535, 32896, 257, 32896)], depth=16, colour=RGBA),
     [(255, 128, 1, 128)]),
    ("png-la", png((2, 1), [bytes([7, 4, 255, 0])], colour=GREY_ALPHA),
     [(7, 7, 7, 4), (255, 255, 255, 0)]),
    ("png-la-16", png((1, 1), [shorts(65535, 32896)], depth=16, colour=GREY_ALPHA),
     [(255, 255, 255, 128)]),
    ("png-palette-trns", png((2, 1), [b"\0\1"], chunk(b"PLTE", bytes([9, 8, 7, *RED_])),
                             chunk(b"tRNS", b"\0"), colour=PALETTE), [CLEAR, (*RED_, 255)]),
    ("png-grey-trns", png((2, 1), [bytes([7, 9])], chunk(b"tRNS", shorts(9)), colour=GREY),
     [(7, 7, 7, 255), (9, 9, 9, 0)]),
    ("png-rgb-trns", png((2, 1), [bytes([1, 2, 3, 9, 8, 7])], chunk(b"tRNS", shorts(9, 8, 7))),
     [(1, 2, 3, 255), CLEAR]),
    ("gif-trns", saved(palette((9, 8, 7), RED_), "GIF", transparency=0), [CLEAR, (*RED_, 255)]),
    ("webp-rgba", saved(pixels("RGBA", [(1, 2, 3, 4)]), "WEBP", lossless=True, exact=True),
     [(1, 2, 3, 4)]),
    ("icc-rgba", profiled(pixels("RGBA", [(*RED_, 7)]), SWAPPED), [(*BLUE_, 7)]),
    ("icc-la", profiled(pixels("LA", [(128, 9)]), LINEAR), [(188, 188, 188, 9)]),
]  # fmt: skip


def named(rows: list[tuple[str, bytes, Pixels]]) -> Any:
    return pytest.mark.parametrize(("data", "expected"), [
        pytest.param(data, expected, id=f"E14-{name}") for name, data, expected in rows
    ])  # fmt: skip


@named(OF_GREY)
def test_grey(data: bytes, expected: Pixels) -> None:
    assert in_order(shown(data)[1].convert("L")) == expected


@named(OF_COLOUR)
def test_colour(data: bytes, expected: Pixels) -> None:
    assert in_order(shown(data)[1].convert("RGB")) == expected


@named(OF_ALPHA)
def test_what_shines_through(data: bytes, expected: Pixels) -> None:
    assert in_order(shown(data)[1].convert("RGBA")) == expected


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), float("-inf")])
def test_e14_a_value_without_end_does_not_blacken_the_picture(odd: float) -> None:
    with pytest.raises(Undecodable, match="no finite number"):
        decode(tiff_of((3, 1), struct.pack("<3f", odd, 0, 1), **FLOATS))


def jpeg(mode: str, *colours: Any, **options: Any) -> bytes:
    """Squares of eight pixels, as JPEG's own are, so that no colour touches another."""
    image = Image.new(mode, (8 * len(colours), 8))
    for number, colour in enumerate(colours):
        image.paste(colour, (8 * number, 0, 8 * number + 8, 8))
    return saved(image, "JPEG", quality=100, subsampling=0, **options)


NO_INK = jpeg("CMYK", (0, 255, 255, 0), (0, 0, 0, 0), (128, 0, 0, 64))
ADOBE = b"Adobe\0\x64\0\0\0\0"
# Red as YCCK, stored inverted: Y, Cb, Cr of (0, 255, 255) are 179, 171, 1, and no black is 255.
YCCK = jpeg("CMYK", (255 - 179, 255 - 171, 255 - 1, 0)).replace(ADOBE + b"\0", ADOBE + b"\2")
JPEGS = {
    "grey": (jpeg("L", 7, 200), [(7, 7, 7), (200, 200, 200)]),
    "ycc": (jpeg("RGB", RED_, (1, 2, 3)), [RED_, (1, 2, 3)]),
    "rgb": (jpeg("RGB", RED_, (1, 2, 3), keep_rgb=True), [RED_, (1, 2, 3)]),
    "progressive": (jpeg("RGB", RED_, progressive=True), [RED_]),
    "cmyk": (NO_INK, [RED_, (255, 255, 255), (95, 191, 191)]),
    # Browsers too take what does not say so for inverted.
    "cmyk-without-adobe": (without_segment(NO_INK, 0xEE), [RED_, (255, 255, 255)]),
    "ycck": (YCCK, [RED_]),
    "icc": (jpeg("RGB", RED_, icc_profile=SWAPPED), [BLUE_]),
    "webp-icc": (
        saved(Image.new("RGB", (8, 8), RED_), "WEBP", lossless=True, icc_profile=SWAPPED),
        [BLUE_],
    ),
    "cmyk-with-icc-of-rgb": (jpeg("CMYK", (0, 255, 255, 0), icc_profile=SWAPPED), [RED_]),
}


@pytest.mark.parametrize(("data", "expected"), JPEGS.values(), ids=[f"E13-{n}" for n in JPEGS])
def test_what_has_lost_something(data: bytes, expected: Pixels) -> None:
    seen = shown(data)[1].convert("RGB")
    for number, colour in enumerate(expected):
        assert seen.getpixel((8 * number + 4, 4)) == pytest.approx(colour, abs=2)


def later_frames(kind: str, **options: Any) -> bytes:
    other = Image.new("RGB", (4, 4), "blue")
    first = Image.new("RGB", (4, 4), "red")
    return saved(first, kind, save_all=True, append_images=[other] * 3, duration=0, **options)


@pytest.mark.parametrize(
    "data",
    [
        later_frames("GIF"), later_frames("PNG"), later_frames("WEBP", lossless=True),
        later_frames("TIFF"),
    ],
    ids=["gif", "apng", "webp", "tiff-pages"],
)  # fmt: skip
def test_e11_the_first_frame_is_seen(data: bytes) -> None:
    seen = shown(data)[1]
    for pixel in in_order(seen.convert("RGB")):
        assert pixel == pytest.approx(RED_, abs=2)
    assert getattr(seen, "n_frames", 1) == 1


ODD_SIZES = [(1, 1), (1, 16_000), (16_000, 1), (1, 30_000), (30_000, 1)]
MOST_OF_WEBP = 16_383


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
@pytest.mark.parametrize("size", ODD_SIZES)
def test_e20_odd_sizes(kind: str, size: tuple[int, int]) -> None:
    if kind == "WEBP":
        size = (min(size[0], MOST_OF_WEBP), min(size[1], MOST_OF_WEBP))
    image = Image.new("RGB", size, "white")
    image.putpixel((size[0] - 1, size[1] - 1), (0, 0, 0))
    picture, seen = shown(saved(image, kind, quality=100))
    assert seen.size == size
    assert max(seen.convert("L").crop((size[0] - 1, size[1] - 1, *size)).getextrema()) < 60
    small = Image.open(io.BytesIO(picture.thumbnail))
    assert small.size == tuple(min(side, 512) for side in size)
