"""E: files that are no image, half of one, much more than one, or something besides: each is
refused by its code, or what members see of it holds its pixels and nothing else."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, features
from PIL.PngImagePlugin import PngInfo

from apps.imports.decoder.picture import decode
from apps.imports.decoder.pool import Decoded, DecoderPool, DecodingFailed
from apps.imports.domain.pictures.sniffing import media_type
from apps.imports.domain.rows import RowError
from tests.attacks.canaries import Canary
from tests.attacks.image_bytes import (
    GREY,
    PNG,
    chunk,
    pixels,
    png,
    saved,
    tiff_of,
    with_segments,
)

Outcome = tuple[int, int] | str
GOOD = pixels("RGB", [(1, 2, 3), (255, 0, 0)])
NOISE = Image.effect_noise((120, 90), 80).convert("RGB")


@pytest.fixture(scope="module")
def decoders() -> Iterator[DecoderPool]:
    with DecoderPool(size=1) as pool:
        yield pool


def taken(data: bytes, decoders: DecoderPool) -> Outcome:
    """What an import makes of a file: the size of the picture or the code."""
    try:
        media_type(data)
        picture = decoders.decode(data)
    except (RowError, DecodingFailed) as error:
        return error.code
    return picture.width, picture.height


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'
BOX = struct.pack(">I", 12)
# E1, E2, E6, E7, E18, C15: no image, whatever it calls itself. {url} would be fetched by who obeys.
NO_IMAGE: dict[str, bytes] = {
    "E1-empty": b"",
    "E2-one-byte": b"\xff",
    "E2-two-bytes": b"\xff\xd8",
    "E6-web-page": b"<!DOCTYPE html><img src='{url}'>",
    "E6-web-page-after-blanks": b"\n\n  <HTML><script src='{url}'></script>",
    "E6-words": b"Not Found",
    "E6-json": b'{"error": "login", "next": "{url}"}',
    "E7-script": svg("<script>fetch('{url}')</script>"),
    "E7-foreign-object": svg("<foreignObject><iframe src='{url}'/></foreignObject>"),
    "E7-xlink": svg("<image xlink:href='{url}'/><use href='{url}#a'/>"),
    "E7-entities": b"<?xml version='1.0'?>" + LAUGHS,
    "E7-external-entity": b"<!DOCTYPE svg [<!ENTITY x SYSTEM '{url}'>]><svg>&x;</svg>",
    "E7-behind-a-bom": b"\xef\xbb\xbf<?xml version='1.0'?>" + svg("<image href='{url}'/>"),
    "E7-utf-16": svg("<image href='{url}'/>").decode().encode("utf-16"),
    "E7-gzip": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + bytes(20),
    "E18-heic": BOX[:3] + b"\x18ftypheic\0\0\0\0mif1heic",
    "E18-jxl": b"\0\0\0\x0cJXL \r\n\x87\n",
    "E18-jxl-stream": b"\xff\x0a" + bytes(20),
    "E18-jpeg-2000": b"\0\0\0\x0cjP  \r\n\x87\n",
    "E18-jpeg-2000-stream": b"\xff\x4f\xff\x51" + bytes(40),
    "E18-ico": b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0h\4\0\0\x16\0\0\0",
    "E18-psd": b"8BPS\0\1" + bytes(40),
    "E18-eps": b"%!PS-Adobe-3.0 EPSF-3.0\n({url}) (r) file\n",
    "E18-eps-with-preview": b"\xc5\xd0\xd3\xc6" + bytes(30),
    "E18-pdf": b"%PDF-1.7\n<< /URI ({url}) >>",
    "E18-wmf": b"\xd7\xcd\xc6\x9a" + bytes(40),
    "E18-emf": b"\1\0\0\0" + bytes(36) + b" EMF",
    "E18-pcx": b"\x0a\5\1\x08" + bytes(124),
    "E18-tga": bytes([0, 0, 2, *bytes(9), 1, 0, 1, 0, 24, 0, 0, 0, 0]),
    "E18-ppm": b"P6 1 1 255\nabc",
    "E18-icns": b"icns" + bytes(20),
    "E18-dds": b"DDS \x7c" + bytes(120),
    "E18-xpm": b'/* XPM */ static char *x[] = {"1 1 1 1"};',
    "E18-mp4": b"\0\0\0\x18ftypisom" + bytes(12),
    "E18-big-tiff": b"II\x2b\0\x08\0\0\0" + bytes(8),
    "E18-playlist": b"#EXTM3U\n#EXTINF:1,\n{url}\n",
    "E18-zip": b"PK\x03\x04" + bytes(30),
    "E18-program": b"\x7fELF" + bytes(60),
    "E18-riff-of-sound": b"RIFF\x24\0\0\0WAVEfmt " + bytes(20),
}


@pytest.mark.parametrize("name", NO_IMAGE)
def test_what_is_no_image_is_refused_unread(name: str, decoders: DecoderPool) -> None:
    canary = Canary()
    data = NO_IMAGE[name].replace(b"{url}", f"http://127.0.0.1:{canary.port}/".encode())
    assert taken(data, decoders) == ("empty_file" if name == "E1-empty" else "not_an_image")
    with pytest.raises(DecodingFailed) as refused:  # nor does the child take it, if it got there
        decoders.decode(data)
    assert refused.value.code == "damaged_image"
    canary.stop()
    assert canary.visits == 0


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_e3_half_an_image_is_damaged(kind: str, part: float, decoders: DecoderPool) -> None:
    data = saved(NOISE, kind)
    assert taken(data, decoders) == (120, 90)
    assert taken(data[: int(len(data) * part)], decoders) == "damaged_image"


ENDED = [("JPEG", b"\xff\xd9"), ("GIF", b"\0\x3b"), ("PNG", chunk(b"IEND"))]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
@pytest.mark.parametrize(("kind", "end"), ENDED)
def test_e3_half_an_image_with_an_end(
    kind: str, end: bytes, part: float, decoders: DecoderPool
) -> None:
    data = saved(NOISE, kind)
    assert taken(data[: int(len(data) * part)] + end, decoders) == "damaged_image"


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_e3_a_flipped_byte_of_a_png(place: float, decoders: DecoderPool) -> None:
    data = bytearray(saved(NOISE, "PNG"))
    data[int(len(data) * place)] ^= 1
    assert taken(bytes(data), decoders) == "damaged_image"


def size_in(head: bytes, *, depth: int = 8) -> bytes:
    """A PNG of a single white line, whatever its header says."""
    body = zlib.compress(b"\0" + b"\xff" * 3)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND")


def ihdr(width: int, height: int, *rest: int) -> bytes:
    return struct.pack(">IIBBBBB", width, height, *(rest or (8, 2, 0, 0, 0)))


def gif(width: int, height: int, frames: int = 1) -> bytes:
    """Frames of one pixel on a large screen, shown for no time at all."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(3) + b"\xff\0\0"
    delay = b"\x21\xf9\4\0\0\0\0\0"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x4c\1\0"
    return head + (delay + frame) * frames + b"\x3b"


def bmp(width: int, height: int) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head


def webp(width: int, height: int) -> bytes:
    """A canvas of this size around a small picture."""
    inner = saved(GOOD, "WEBP", lossless=True)[12:]
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG whose frame header says otherwise."""
    data = saved(GOOD, "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


BOMB = zlib.compress(bytes(200_000_000), 9)
PAGES = [pixels("L", [n % 256]) for n in range(500)]
SAID: list[tuple[str, bytes, Outcome]] = [
    ("E8-png-50000x50000", size_in(ihdr(50_000, 50_000)), "too_many_pixels"),
    ("E8-png-1x2^31", size_in(ihdr(1, 2**31 - 1)), "too_many_pixels"),
    ("E8-png-2^32", size_in(ihdr(2**32 - 1, 2**32 - 1)), "too_many_pixels"),
    ("E8-png-0x0", size_in(ihdr(0, 0)), "damaged_image"),
    ("E8-png-1x0", size_in(ihdr(1, 0)), "damaged_image"),
    ("E8-png-wider-than-its-data", size_in(ihdr(9, 1)), "damaged_image"),
    ("E8-png-other-colours", size_in(ihdr(1, 1, 8, 6, 0, 0, 0)), "damaged_image"),
    ("E8-png-3-bits", size_in(ihdr(1, 1, 3, 0, 0, 0, 0)), "damaged_image"),
    ("E8-png-no-such-colour", size_in(ihdr(1, 1, 8, 5, 0, 0, 0)), "damaged_image"),
    ("E8-png-no-header", PNG + chunk(b"IDAT") + chunk(b"IEND"), "damaged_image"),
    ("E8-png-no-pixels", PNG + chunk(b"IHDR", ihdr(9, 9)) + chunk(b"IEND"), "damaged_image"),
    ("E8-png-wrong-sum", size_in(ihdr(1, 1))[:-13] + b"\0" + size_in(ihdr(1, 1))[-12:],
     "damaged_image"),
    ("E8-png-taller-than-its-data", size_in(ihdr(1, 9)), "damaged_image"),
    ("E8-png-of-another-pass", size_in(ihdr(1, 9, 8, 2, 0, 0, 1)), "damaged_image"),
    ("E8-jpeg-larger-than-its-data", jpeg_of(3000, 3000), "damaged_image"),
    ("E8-tiff-with-half-its-strips", tiff_of((4, 8), bytes(16), t278=(3, 4)), "damaged_image"),
    ("E8-bmp-taller-than-its-data", bmp(3, 3), "damaged_image"),
    ("E8-webp-around-a-smaller-one", webp(300, 300), "damaged_image"),
    ("E8-jpeg-65500", jpeg_of(65_500, 65_500), "too_many_pixels"),
    ("E8-jpeg-0-wide", jpeg_of(0, 1), "damaged_image"),
    ("E8-gif-65535", gif(65_535, 65_535), "too_many_pixels"),
    ("E8-bmp-huge", bmp(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    ("E8-bmp-less-than-nothing", bmp(-5, 5), "too_many_pixels"),
    ("E8-webp-16384", webp(16_384, 16_384), "too_many_pixels"),
    ("E8-tiff-huge", tiff_of((2**31 - 1, 2**31 - 1), b"x"), "too_many_pixels"),
    ("E9-png-that-only-warns", size_in(ihdr(10_001, 10_000)), "too_many_pixels"),
    ("E9-png-at-the-limit", size_in(ihdr(10_000, 10_000)), "damaged_image"),
    ("E10-tile-of-2^31", tiff_of((1, 1), b"x", t322=(4, 2**31), t323=(4, 2**31), t324=(4, 8),
                                 t325=(4, 1)), (1, 1)),
    ("E10-strip-beyond-the-end", tiff_of((100, 100), b"x"), "damaged_image"),
    ("E10-a-billion-bits", tiff_of((1, 1), b"x", bits=30_000), "damaged_image"),
    ("E10-many-pages", saved(PAGES[0], "TIFF", save_all=True, append_images=PAGES[1:]), (1, 1)),
    ("E11-ten-thousand-frames", gif(60, 40, 10_000), (60, 40)),
    ("E11-no-frames", gif(60, 40, 0), "damaged_image"),
    ("E9-text-of-200-mb", png((1, 1), [b"\1\2\3"], chunk(b"zTXt", b"a\0\0" + BOMB)),
     "damaged_image"),
    ("E9-profile-of-200-mb", png((1, 1), [b"\1\2\3"], chunk(b"iCCP", b"a\0\0" + BOMB)),
     "damaged_image"),
    ("E9-lines-of-200-mb", PNG + chunk(b"IHDR", ihdr(1, 1)) + chunk(b"IDAT", BOMB)
     + chunk(b"IEND"), (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("data", "outcome"), [pytest.param(*row[1:], id=row[0]) for row in SAID])
def test_what_files_say_of_themselves(data: bytes, outcome: Outcome, decoders: DecoderPool) -> None:
    assert len(data) < 1_000_000
    assert taken(data, decoders) == outcome


SCRIPT = b"<script>alert(1)</script><?php system($_GET['c']); ?>PK\x05\x06" + bytes(18)
SECRET = b"52.5163N 13.3777E Serial 4711"


def secretive() -> dict[str, Any]:
    """EXIF with a place, a serial number, maker's notes and a thumbnail, and XMP beside it."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    exif.get_ifd(0x8769)[0xA431] = exif.get_ifd(0x8769)[0x927C] = SECRET.decode()
    return {"exif": exif.tobytes() + SECRET, "xmp": b"<x:xmpmeta>" + SECRET}


def text() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    info.add(b"teSt", SECRET)
    return info


PLAIN = {
    "jpeg": saved(NOISE, "JPEG", comment=SECRET, **secretive()),
    "jpeg-turned": saved(NOISE, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6"
                         + bytes(6) + SECRET, comment=SECRET),
    "jpeg-segments": with_segments(saved(NOISE, "JPEG"), *((0xE1 + n, SECRET) for n in range(14))),
    "png": saved(NOISE, "PNG", pnginfo=text(), exif=secretive()["exif"]),
    "png-16-bit": png((1, 1), [b"\1\2"], chunk(b"tEXt", SECRET), depth=16, colour=GREY),
    "webp": saved(NOISE, "WEBP", **secretive()),
    "gif": saved(NOISE, "GIF", comment=SECRET),
    "tiff": saved(NOISE, "TIFF", description=SECRET.decode(), **secretive()),
    "avif": saved(NOISE, "AVIF", **secretive()) if features.check("avif") else b"",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in PLAIN if PLAIN[name]])
def test_e4_e16_what_members_get_is_pixels_alone(name: str, decoders: DecoderPool) -> None:
    """No place, no serial number, no thumbnail of before it was cropped; no script behind it."""
    data = PLAIN[name] + SCRIPT
    assert SECRET in data
    picture = decoders.decode(data)
    for part in (picture.rendition, picture.level, picture.thumbnail):
        assert not part or not any(word in part for word in (SECRET, b"<script", b"<?php"))
    assert picture.rendition is not None, "the file itself would have been served"
    assert picture.rendition.startswith(BEGINS[picture.rendition_media_type])
    assert picture.rendition.endswith(ENDS[picture.rendition_media_type])
    assert Image.open(io.BytesIO(picture.rendition)).size == (picture.width, picture.height)


BEGINS = {"image/jpeg": b"\xff\xd8\xff", "image/png": PNG, "image/webp": b"RIFF"}
ENDS = {"image/jpeg": b"\xff\xd9", "image/png": chunk(b"IEND"), "image/webp": b""}


def test_e4_a_gif_that_is_a_script_too(decoders: DecoderPool) -> None:
    data = b"GIF89a/*" + gif(60, 40)[8:] + b"*/=1;alert(1)"
    picture: Decoded = decoders.decode(data)
    assert picture.rendition is not None
    assert picture.rendition_media_type == "image/png"
    assert b"alert" not in picture.rendition


def test_e19_other_bytes_are_another_file_even_of_the_same_pixels() -> None:
    """Images are told apart by their bytes; what members see of both is the same."""
    one, other = saved(GOOD, "PNG"), saved(GOOD, "BMP")
    seen = [decode(data) for data in (one, other)]
    assert [(picture.width, picture.height) for picture in seen] == [(2, 1)] * 2
    first, second = (
        Image.open(io.BytesIO(picture.rendition or data)).convert("RGB").tobytes()
        for picture, data in zip(seen, (one, other), strict=True)
    )
    assert first == second
