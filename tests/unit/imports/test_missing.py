"""Whether a PNG has all the lines that its header promises."""

import io
import struct
import zlib

import pytest
from PIL import Image

from apps.imports.domain.pictures.missing import lacks_lines
from tests.attacks.image_bytes import PNG, chunk


def of(
    width: int, height: int, size: int, *, depth: int, colour: int, interlaced: int = 0
) -> bytes:
    """A PNG whose unpacked lines take `size` bytes, in two chunks."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    body = zlib.compress(bytes(size))
    cut = len(body) // 2
    return b"".join(
        [
            PNG,
            chunk(b"IHDR", head),
            chunk(b"IDAT", body[:cut]),
            chunk(b"IDAT", body[cut:]),
            chunk(b"IEND"),
        ]
    )


@pytest.mark.parametrize(
    ("width", "height", "depth", "colour", "size"),
    [
        (3, 5, 8, 2, 5 * (1 + 9)),
        (3, 5, 16, 6, 5 * (1 + 24)),
        (9, 5, 1, 0, 5 * (1 + 2)),
        (9, 2, 2, 3, 2 * (1 + 3)),
        (1, 1, 4, 3, 1 + 1),
        (2000, 1000, 8, 6, 1000 * 8001),
    ],
)
def test_lines_are_counted(width: int, height: int, depth: int, colour: int, size: int) -> None:
    assert not lacks_lines(of(width, height, size, depth=depth, colour=colour))
    assert lacks_lines(of(width, height, size - 1, depth=depth, colour=colour))


@pytest.mark.parametrize(
    ("side", "size"),
    [
        # By hand, the lines of each pass, one byte a pixel after that of the filter.
        (1, 2),
        (2, 2 + 2 + 3),
        (8, 2 + 2 + 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9),
    ],
)
def test_lines_of_all_passes_are_counted(side: int, size: int) -> None:
    data = of(side, side, size, depth=8, colour=0, interlaced=1)
    assert not lacks_lines(data)
    assert lacks_lines(of(side, side, size - 1, depth=8, colour=0, interlaced=1))
    with Image.open(io.BytesIO(data)) as image:
        image.load()
