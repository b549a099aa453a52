"""From a file's bytes to what members see: an upright 8-bit sRGB picture, and it in small."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from apps.imports.decoder.jpegs import decoded_jpeg
from apps.imports.domain.pictures.missing import lacks_lines
from apps.imports.domain.pictures.stripping import (
    has_damaged_chunk,
    strip_jpeg,
    strip_png,
    strip_webp,
)

MAX_PIXELS = 100_000_000
THUMBNAIL = 512
GLANCE = 160
# A picture of no more pixels is shown as it is: decoded it takes 64 MB.
LEVEL_ABOVE = 16_000_000
# Sharp where all of it is seen on a screen of 3000 x 2000; decoded it takes 24 MB.
LEVEL_PIXELS = 6_000_000
FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"]
MEDIA_TYPES = {"MPO": "image/jpeg", **{name: f"image/{name.lower()}" for name in FORMATS}}
STRIPPERS = {"image/jpeg": strip_jpeg, "image/png": strip_png, "image/webp": strip_webp}
LOSSY = {"image/jpeg", "image/webp", "image/avif"}
ORIENTATION = 0x0112
UPRIGHT_BY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")

# Between a warning and an error Pillow would decode twice as many pixels.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Undecodable(Exception):
    """The file cannot become a picture."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded file. `rendition` is None where the file's own bytes will do, `level`, the same
    picture in fewer pixels, where it is small enough to be shown as it is."""

    media_type: str
    width: int
    height: int
    exif_orientation: int
    rendition_media_type: str
    level_media_type: str
    rendition: bytes | None
    level: bytes | None
    thumbnail: bytes


def decode(data: bytes) -> Picture:
    """Decode every pixel of the first frame; make its rendition, level and JPEG thumbnail.

    `width` and `height` are those of the rendition. Raises Undecodable.
    """
    with _refusals():
        return _decode(data)


def glance(data: bytes) -> bytes:
    """The picture as a small JPEG alone, of a file that `decode` would take. Raises Undecodable."""
    with _refusals():
        return _thumbnail(_loaded(data).upright, GLANCE)


@contextmanager
def _refusals() -> Iterator[None]:
    """Whatever goes wrong inside, as Undecodable."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        megapixels = MAX_PIXELS // 1_000_000
        raise Undecodable("too_many_pixels", f"More than {megapixels} megapixels.") from None
    except MemoryError:
        raise Undecodable("too_large", "Decoding takes more memory than allowed.") from None
    except Undecodable:
        raise
    except UnidentifiedImageError:
        raise Undecodable("damaged_image", "The image is damaged: no readable header.") from None
    # Pillow's decoders raise whatever they stumble over: OSError, SyntaxError, struct.error, ...
    except Exception as error:
        reason = f"The image is damaged: {error}"[:300]
        raise Undecodable("damaged_image", reason) from None


@dataclass(frozen=True, slots=True)
class _Loaded:
    """All pixels of a file, upright in sRGB, and whether they are `plain`: as the file has them."""

    media_type: str
    orientation: int
    plain: bool
    upright: Image.Image


def _loaded(data: bytes) -> _Loaded:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        media_type = MEDIA_TYPES[image.format or ""]
        orientation = _orientation(image)
        animated = getattr(image, "is_animated", False)
        plain = orientation == 1 and not animated and _is_plain(image, data)
        pixels = _pixels(image, data, media_type)
        return _Loaded(media_type, orientation, plain, _converted(_turned(pixels, orientation)))


def _pixels(image: Image.Image, data: bytes, media_type: str) -> Image.Image:
    """All pixels of an opened file; decoding them is the only check that sees a truncated one, and
    some formats do not say even then that lines are missing. Raises what Pillow does."""
    if media_type == "image/tiff" and not _covers_all(image):
        raise ValueError("some of its strips are missing")
    if media_type == "image/jpeg":
        decoded = decoded_jpeg(data, image.mode)
        if decoded is not None:
            decoded.info = image.info
            return decoded
    image.load()
    if media_type == "image/png":
        if has_damaged_chunk(data):
            raise ValueError("a checksum is wrong")
        # Missing lines are left black.
        if not any(image.crop((0, image.height - 2, *image.size)).tobytes()) and lacks_lines(data):
            raise ValueError("it ends before its last line")
    return image


def _covers_all(image: Image.Image) -> bool:
    """Whether the strips or tiles of a TIFF are as many as its size takes."""
    assert isinstance(image, ImageFile.ImageFile)
    places = (tile.extents or (0, 0, *image.size) for tile in image.tile)
    areas = ((right - left) * (low - top) for left, top, right, low in places)
    return sum(areas) >= image.width * image.height


def _decode(data: bytes) -> Picture:
    loaded = _loaded(data)
    upright = loaded.upright
    rendition, rendition_type = _rendition(data, loaded)
    width, height = upright.size
    level, level_type = None, ""
    if width * height > LEVEL_ABOVE:
        upright = _shrunk(upright)
        level, level_type = _level(upright)
    return Picture(
        media_type=loaded.media_type,
        width=width,
        height=height,
        exif_orientation=loaded.orientation,
        rendition_media_type=rendition_type,
        level_media_type=level_type,
        rendition=None if rendition == data else rendition,
        level=level,
        thumbnail=_thumbnail(upright, THUMBNAIL),
    )


def _rendition(data: bytes, loaded: _Loaded) -> tuple[bytes, str]:
    """The bytes that members get: the file's own, stripped, where its pixels are shown as stored;
    else encoded anew, without loss unless the source had lost some already."""
    media_type, upright = loaded.media_type, loaded.upright
    if loaded.plain and media_type in STRIPPERS:
        try:
            return STRIPPERS[media_type](data), media_type
        except ValueError:
            pass  # an odd structure that Pillow could read nevertheless
    if media_type in LOSSY and upright.mode in {"RGB", "L"}:
        return _encoded(upright, "JPEG", quality=95, subsampling=0), "image/jpeg"
    return _encoded(upright, "PNG", compress_level=3), "image/png"


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; anything else that a file says means upright."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture the right way up. Pillow has turned a TIFF already when it loaded it."""
    if orientation == 1 or image.format == "TIFF":
        return image
    return image.transpose(UPRIGHT_BY[orientation])


def _is_plain(image: Image.Image, data: bytes) -> bool:
    """Whether the stored pixels are 8-bit sRGB (or grey) and can be shown as they are."""
    if image.mode not in {"RGB", "RGBA", "L", "LA", "P", "1"} or _foreign_profile(image):
        return False
    return image.format != "PNG" or data[24] <= 8  # IHDR's bits per sample


def _foreign_profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The embedded colour profile unless it is sRGB or unreadable."""
    raw = image.info.get("icc_profile")
    if not raw:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(raw))
        name = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError):
        return None
    return None if "srgb" in name.lower() else profile


def _converted(image: Image.Image) -> Image.Image:
    """The picture as 8-bit L, RGB or RGBA in sRGB."""
    profile = _foreign_profile(image)
    grey = image.mode in {"LA", "La"}
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        image = _scaled_grey(image)
    elif image.mode in {"LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        image = image.convert("RGB")
    if profile is not None:
        image = _in_srgb(image, profile, grey=grey)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _in_srgb(image: Image.Image, profile: ImageCms.ImageCmsProfile, *, grey: bool) -> Image.Image:
    """Convert colours, which are `grey` although there are three channels beside the alpha; a
    profile that does not fit the picture's mode is passed over."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("L" if grey else "RGB") if alpha else image
    try:
        converted = ImageCms.profileToProfile(colours, profile, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, ValueError):
        return image
    if converted is None:
        return image
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _scaled_grey(image: Image.Image) -> Image.Image:
    """Grey of more than 8 bits: 0 to 65535 becomes 0 to 255; other ranges are stretched."""
    wide = image if image.mode == "F" else image.convert("I").convert("F")
    low, high = wide.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    if not math.isfinite(low) or not math.isfinite(high):
        raise Undecodable("damaged_image", "The image has pixels that are no finite number.")
    if image.mode != "F" and low >= 0 and high <= 65535:
        low, high = 0, 65535
    scale = 255 / (high - low) if high > low else 0.0
    # `point` on F takes a linear function; the half rounds, since converting to L truncates.
    return wide.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _shrunk(image: Image.Image) -> Image.Image:
    """The same picture in about LEVEL_PIXELS. Its borders stay its borders, to a part of a pixel:
    stretched over the larger one everything in it lies where it was."""
    scale = math.sqrt(LEVEL_PIXELS / (image.width * image.height))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, reducing_gap=1.0)


def _level(small: Image.Image) -> tuple[bytes, str]:
    """The file of a shrunk picture: as JPEG, which is decoded fastest, where nothing shines
    through."""
    if small.mode in {"RGB", "L"}:
        return _encoded(small, "JPEG", quality=85), "image/jpeg"
    return _encoded(small, "PNG", compress_level=1), "image/png"


def _thumbnail(small: Image.Image, size: int) -> bytes:
    """A JPEG of at most `size` pixels a side, on white; shrinks the picture that it is given."""
    small.thumbnail((size, size), reducing_gap=1.0)
    if small.mode == "RGBA":
        white = Image.new("RGB", small.size, "white")
        white.paste(small, mask=small.getchannel("A"))
        small = white
    return _encoded(small, "JPEG", quality=80)


def _encoded(image: Image.Image, name: str, **options: int) -> bytes:
    """The file of these pixels, and nothing but the pixels."""
    image.info = {}
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()
