"""JPEGs that lack pixels are told from those that only look odd; all others stay as they are."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from apps.imports.decoder.jpegs import decoded_jpeg
from apps.imports.decoder.picture import Undecodable, decode

PHOTOS = sorted((Path(__file__).parents[3] / "deploy" / "demo" / "photos").glob("*.jpg"))
NOISE = Image.effect_noise((121, 90), 80).convert("RGB")
END = b"\xff\xd9"


def jpeg(mode: str = "RGB", **options: int | str) -> bytes:
    out = io.BytesIO()
    NOISE.convert(mode).save(out, "JPEG", **options)
    return out.getvalue()


KINDS = {
    "plain": jpeg(),
    "4:4:4": jpeg(subsampling=0),
    "4:2:2": jpeg(subsampling=1),
    "4:1:1": jpeg(subsampling="4:1:1"),
    "as-rgb": jpeg(keep_rgb=True),
    "progressive": jpeg(progressive=True),
    "restarts": jpeg(restart_marker_blocks=3),
    "grey": jpeg("L"),
    "grey-progressive": jpeg("L", progressive=True),
    "bytes-behind": jpeg() + b"x" * 100,
}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_photos_have_the_pixels_that_pillow_gives(photo: Path) -> None:
    assert_same(photo.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_have_the_pixels_that_pillow_gives(kind: str) -> None:
    assert_same(KINDS[kind])


def assert_same(data: bytes) -> None:
    there = opened(data)
    pixels = decoded_jpeg(data, there.mode)
    assert pixels is not None
    assert (pixels.mode, pixels.size) == (there.mode, there.size)
    assert ImageChops.difference(pixels, there).getbbox() is None


ODD = {
    "bytes-before-the-end": jpeg()[:-2] + b"\0\1\2\3" + END,
    "unknown-version": jpeg().replace(b"JFIF\0\1\1", b"JFIF\0\3\1"),
    "strange-colours": jpeg()[:2] + b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\1" + jpeg()[2:],
    "ink": jpeg("CMYK", subsampling=0),
    "ink-in-halves": jpeg("CMYK", subsampling=2),
    "ink-progressive": jpeg("CMYK", progressive=True),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_ones_are_taken_still(name: str) -> None:
    picture = decode(ODD[name])
    assert (picture.width, picture.height) == (121, 90)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("kind", [*KINDS, "ink"])
def test_half_of_one_is_not(kind: str, part: float) -> None:
    data = {**KINDS, **ODD}[kind].removesuffix(b"x" * 100)
    with pytest.raises(Undecodable, match="premature end") as refused:
        decode(data[: int(len(data) * part)] + END)
    assert refused.value.code == "damaged_image"
