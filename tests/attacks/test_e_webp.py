"""E21: a lossless WebP whose last table of codes is larger than the room that the first four leave,
as in CVE-2023-4863. A library of before would have written behind its memory."""

import struct

import pytest

from apps.imports.decoder.pool import Decoder, DecodingFailed
from tests.attacks.image_bytes import pixels, saved

# How many codes there are of each length, 1 to 15. The first three are the largest tables that are
# sound; the last one is larger than any of 40 codes may be, and does not use all of them.
Codes = tuple[int, ...]
GREEN: Codes = (1, 1, 1, 0, 0, 0, 1, 0, 13, 49, 49, 33, 65, 65, 2)
COLOUR: Codes = (1, 1, 0, 0, 0, 0, 0, 0, 79, 65, 41, 33, 33, 1, 2)
DISTANCE: Codes = (1, 1, 1, 1, 0, 1, 0, 0, 19, 9, 1, 0, 3, 1, 2)
TOO_LARGE: Codes = (0, 1, 0, 5, 3, 10, 2, 1, 1, 4, 2, 1, 5, 1, 4)


class Bits:
    """Bits in the order of WebP: each byte from its lowest."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, value: int, count: int) -> None:
        self.text += f"{value:0{count}b}"[::-1]

    def put_code(self, code: int, length: int) -> None:
        """Codes alone begin with their highest bit."""
        self.text += f"{code:0{length}b}"

    def data(self) -> bytes:
        text = self.text + "0" * (-len(self.text) % 8)
        return bytes(int(text[at : at + 8][::-1], 2) for at in range(0, len(text), 8))


def lossless(distance: Codes) -> bytes:
    """One black pixel, after the five tables of codes: green, red, blue, alpha and distances."""
    bits = Bits()
    bits.put(0x2F, 8)
    bits.put(0, 14 + 14 + 1 + 3)  # 1 x 1, without alpha, version 0
    bits.put(0, 3)  # neither transforms nor a cache, and one set of tables
    for counts in (GREEN, COLOUR, COLOUR, COLOUR, distance):
        put_table(bits, counts)
    bits.put(0, 4)  # each colour's first symbol is 0, whose code is a zero
    body = bits.data()
    body += b"\0" * (len(body) % 2)
    inner = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner) + 4) + b"WEBP" + inner


def put_table(bits: Bits, counts: Codes) -> None:
    """The lengths of all codes, themselves in codes of four bits."""
    bits.put(0, 1)
    bits.put(19 - 4, 4)
    for symbol in (17, 18, 0, 1, 2, 3, 4, 5, 16, *range(6, 16)):
        bits.put(4 if symbol < 16 else 0, 3)
    bits.put(0, 1)
    for length, count in enumerate(counts, start=1):
        for _ in range(count):
            bits.put_code(length, 4)


def test_the_numbers_are_those_of_the_attack() -> None:
    assert [sum(counts) for counts in (GREEN, COLOUR, DISTANCE, TOO_LARGE)] == [280, 256, 40, 40]
    used = [
        sum(count / 2**length for length, count in enumerate(counts, start=1))
        for counts in (GREEN, COLOUR, DISTANCE)
    ]
    assert used == [1, 1, 1]


def test_e21_a_table_of_codes_that_is_too_large() -> None:
    one = Decoder(patience=10)
    try:
        assert one.decode(lossless(DISTANCE)).width == 1
        child = one._child
        with pytest.raises(DecodingFailed) as refused:
            one.decode(lossless(TOO_LARGE))
        assert refused.value.code == "damaged_image"
        assert one.decode(saved(pixels("RGB", [(1, 2, 3)]), "PNG")).width == 1
        assert one._child is child, "the decoder did not live on"
    finally:
        one.stop()
