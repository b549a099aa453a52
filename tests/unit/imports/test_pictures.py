"""Image files: what they are, and that members see their pixels upright, in sRGB, and no more."""

import io
import struct
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from apps.imports.decoder.picture import decode
from apps.imports.decoder.pool import DecoderPool, DecodingFailed
from apps.imports.domain.pictures.sniffing import media_type
from apps.imports.domain.pictures.stripping import strip_jpeg, strip_png, strip_webp
from apps.imports.domain.rows import RowError

SECRET = b"52.5163N 13.3777E"


def scene(size: tuple[int, int] = (80, 48), mode: str = "RGB") -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    image.paste("red", (0, 0, *half))
    image.paste("green", (half[0], 0, size[0], half[1]))
    image.paste("blue", (0, half[1], half[0], size[1]))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def shown(data: bytes) -> Image.Image:
    """What members see of a file."""
    picture = decode(data)
    seen = opened(data if picture.rendition is None else picture.rendition)
    assert seen.size == (picture.width, picture.height)
    return seen


def same_pixels(one: Image.Image, other: Image.Image) -> bool:
    pair = (one.convert("RGBA"), other.convert("RGBA"))
    return one.size == other.size and ImageChops.difference(*pair).getbbox(alpha_only=False) is None


def with_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return exif


class TestStripping:
    @pytest.mark.parametrize("progressive", [False, True])
    @pytest.mark.parametrize("mode", ["RGB", "L"])
    def test_jpeg_loses_metadata_and_tail_not_pixels(self, mode: str, progressive: bool) -> None:
        data = encoded(
            scene(mode=mode), "JPEG", exif=with_exif(), comment=SECRET, progressive=progressive,
            restart_marker_rows=1, icc_profile=ImageCms.ImageCmsProfile(
                ImageCms.createProfile("sRGB")).tobytes(),
        )  # fmt: skip
        stripped = strip_jpeg(data + b"<script>" + SECRET)
        assert SECRET in data
        assert SECRET not in stripped
        assert b"ICC_PROFILE" not in stripped
        assert stripped.endswith(b"\xff\xd9")
        assert same_pixels(opened(stripped), opened(data))
        assert strip_jpeg(stripped) == stripped

    def test_adobe_segment_stays_because_it_names_the_colour_model(self) -> None:
        data = encoded(scene(), "JPEG", keep_rgb=True, quality=95)
        assert same_pixels(opened(strip_jpeg(data)), opened(data))

    def test_png_keeps_what_makes_the_picture(self) -> None:
        info = PngInfo()
        info.add_text("Comment", SECRET.decode())
        image = scene(mode="P")
        data = encoded(image, "PNG", pnginfo=info, exif=with_exif(), transparency=0)
        stripped = strip_png(data + SECRET)
        assert SECRET not in stripped
        assert b"tRNS" in stripped
        assert same_pixels(opened(stripped), opened(data))

    def test_animated_png_keeps_its_first_picture(self) -> None:
        data = encoded(scene(), "PNG", save_all=True, append_images=[scene().rotate(90)])
        assert not getattr(opened(strip_png(data)), "is_animated", False)

    @pytest.mark.parametrize("lossless", [False, True])
    def test_webp_clears_the_flags_of_what_goes(self, lossless: bool) -> None:
        image = scene(mode="RGBA")
        image.putalpha(128)
        data = encoded(image, "WEBP", lossless=lossless, exif=with_exif(), xmp=SECRET)
        stripped = strip_webp(data + SECRET)
        assert SECRET not in stripped
        assert not opened(stripped).getexif()
        assert same_pixels(opened(stripped), opened(data))
        assert struct.unpack("<I", stripped[4:8])[0] == len(stripped) - 8

    @pytest.mark.parametrize("cut", [3, 20, 100, 300])
    def test_cut_files_are_told(self, cut: int) -> None:
        for kind, strip in (("JPEG", strip_jpeg), ("PNG", strip_png), ("WEBP", strip_webp)):
            data = encoded(scene((300, 300)), kind)
            with pytest.raises(ValueError, match=r"the file|no marker"):
                strip(data[:cut] if cut < len(data) else data[:-4])


class TestRendition:
    def test_plain_file_is_its_own_rendition(self) -> None:
        for kind in ("PNG", "JPEG", "WEBP"):
            picture = decode(encoded(scene(), kind))
            assert picture.rendition is None
            assert picture.rendition_media_type == picture.media_type == f"image/{kind.lower()}"


class TestSniffing:
    def test_images_are_known_by_their_bytes(self) -> None:
        for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"):
            assert media_type(encoded(scene(), kind)) == f"image/{kind.lower()}"

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            (b"<!DOCTYPE html><p>Log in", "a web page"),
            (b"<?xml version='1.0'?><svg onload=alert(1)>", "SVG"),
            (b"%PDF-1.7", "a PDF"),
            (b"\0\0\0\x18ftypheic\0\0", "HEIC"),
            (b"just some words", "text"),
            (b"\x00\x01\x02", "no image that we know"),
        ],
    )
    def test_what_is_no_image_is_named(self, data: bytes, words: str) -> None:
        with pytest.raises(RowError, match=words):
            media_type(data)


class TestPool:
    def test_child_answers_and_refuses_and_goes_on(self) -> None:
        data = encoded(scene(), "PNG")
        with DecoderPool(size=1) as pool:
            assert pool.decode(data).width == 80
            with pytest.raises(DecodingFailed) as refused:
                pool.decode(data[:60])
            assert refused.value.code == "damaged_image"
            assert pool.decode(data).rendition is None

    def test_child_that_hangs_is_replaced(self) -> None:
        data = encoded(Image.new("RGB", (9000, 9000)), "PNG", compress_level=1)
        with DecoderPool(size=1, patience=0.05) as pool:
            for _ in range(2):
                with pytest.raises(DecodingFailed) as refused:
                    pool.decode(data)
                assert refused.value.code == "decoding_failed"
