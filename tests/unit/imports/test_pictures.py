"""Image files: what they are, and that members see their pixels upright, in sRGB, and no more."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from apps.imports.decoder.picture import Undecodable, decode
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
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_all_orientations_are_shown_upright(self, orientation: int) -> None:
        stored_as = {
            2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270,
        }  # fmt: skip
        upright = scene()
        stored = upright.transpose(stored_as[orientation]) if orientation > 1 else upright
        exif = with_exif()
        exif[0x0112] = orientation
        for kind in ("JPEG", "PNG", "TIFF", "WEBP"):
            options = {"quality": 100} if kind == "JPEG" else {}
            options |= {"lossless": True} if kind == "WEBP" else {}
            data = encoded(stored, kind, exif=exif, **options)
            picture = decode(data)
            assert (picture.width, picture.height) == (80, 48), kind
            assert picture.exif_orientation == orientation
            seen = shown(data).convert("RGB")
            assert [dominant(seen, x, y) for x, y in ((9, 9), (70, 9), (9, 40), (70, 40))] == [
                "red", "green", "blue", "white",
            ], kind  # fmt: skip
            assert SECRET not in (picture.rendition or data)

    @pytest.mark.parametrize("value", [0, 9, 65535])
    def test_orientations_that_do_not_exist_mean_upright(self, value: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = value
        picture = decode(encoded(scene(), "JPEG", exif=exif))
        assert (picture.width, picture.height, picture.exif_orientation) == (80, 48, 1)

    def test_plain_file_is_its_own_rendition(self) -> None:
        for kind in ("PNG", "JPEG", "WEBP"):
            picture = decode(encoded(scene(), kind))
            assert picture.rendition is None
            assert picture.rendition_media_type == picture.media_type == f"image/{kind.lower()}"

    def test_sixteen_bits_are_scaled_not_clipped(self) -> None:
        wide = Image.new("I;16", (3, 1))
        for x, value in enumerate((1000, 30000, 60000)):
            wide.putpixel((x, 0), value)
        for kind in ("PNG", "TIFF"):
            seen = shown(encoded(wide, kind)).convert("L")
            # 1000 / 257 = 3.9, 30000 / 257 = 116.7, 60000 / 257 = 233.5
            assert [seen.getpixel((x, 0)) for x in range(3)] == [4, 117, 233]

    def test_sixteen_bit_colour_png_becomes_eight_bit(self) -> None:
        data = png_of_16_bits((0xFFFF, 0x8000, 0x0001))
        seen = shown(data)
        assert seen.getpixel((0, 0)) == (255, 128, 0)
        assert decode(data).rendition[24] == 8

    def test_float_tiff_is_stretched(self) -> None:
        image = Image.new("F", (3, 1))
        for x, value in enumerate((-1.0, 0.0, 1.0)):
            image.putpixel((x, 0), value)
        seen = shown(encoded(image, "TIFF")).convert("L")
        assert [seen.getpixel((x, 0)) for x in range(3)] == [0, 128, 255]

    def test_cmyk_becomes_rgb(self) -> None:
        seen = shown(encoded(scene(mode="CMYK"), "JPEG", quality=100))
        assert seen.mode == "RGB"
        assert dominant(seen, 9, 9) == "red"
        assert dominant(seen, 70, 40) == "white"

    def test_foreign_profile_is_converted(self) -> None:
        wide = ImageCms.createProfile("LAB")
        data = encoded(
            scene(), "JPEG", quality=100, icc_profile=ImageCms.ImageCmsProfile(wide).tobytes()
        )
        assert decode(data).rendition is not None

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
    def test_modes_of_png(self, mode: str) -> None:
        data = encoded(scene(mode=mode), "PNG")
        assert same_pixels(shown(data), opened(data))

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_animation_shows_its_first_frame(self, kind: str) -> None:
        frames = [scene().rotate(180)] * 3
        seen = shown(encoded(scene(), kind, save_all=True, append_images=frames, duration=10))
        assert not getattr(seen, "is_animated", False)
        assert dominant(seen.convert("RGB"), 9, 9) == "red"

    @pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (513, 2)])
    def test_odd_sizes_have_thumbnails(self, size: tuple[int, int]) -> None:
        picture = decode(encoded(Image.new("RGB", size), "PNG"))
        small = opened(picture.thumbnail)
        assert small.format == "JPEG"
        assert max(small.size) <= 512
        assert min(small.size) >= 1

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
    def test_truncated_files_are_refused(self, part: float) -> None:
        noise = Image.effect_noise((200, 200), 80)
        for kind in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"):
            data = encoded(noise, kind)
            with pytest.raises(Undecodable) as refused:
                decode(data[: int(len(data) * part)])
            assert refused.value.code == "damaged_image", kind

    def test_more_than_a_hundred_megapixels_are_refused_before_decoding(self) -> None:
        with pytest.raises(Undecodable) as refused:
            decode(png_header(50_000, 50_000))
        assert refused.value.code == "too_many_pixels"


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


def dominant(image: Image.Image, x: int, y: int) -> str:
    red, green, blue = image.getpixel((x, y))
    names = {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white"}
    return names.get((red > 100, green > 100, blue > 100), f"{red},{green},{blue}")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"")


def png_of_16_bits(pixel: tuple[int, int, int]) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    body = zlib.compress(b"\0" + struct.pack(">HHH", *pixel))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", body)
        + png_chunk(b"IEND", b"")
    )
