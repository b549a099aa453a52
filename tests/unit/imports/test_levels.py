"""Large images in fewer pixels: what lies where in them."""

import io

import pytest
from PIL import Image, ImageChops

from apps.imports.decoder.picture import Picture, decode
from apps.imports.decoder.pool import DecoderPool

# More than 16 megapixels, by no number that the level's size divides.
SIZE = (4801, 3607)
# Left, top, right and bottom of a black mark on white: near two corners, where a level that has
# lost a line of pixels at a border tells most.
MARK = (107, 211, 410, 333)
OTHER_MARK = (4307, 3311, 4610, 3433)


def marked(mode: str = "RGB", mark: tuple[int, int, int, int] = MARK) -> Image.Image:
    image = Image.new(mode, SIZE, "white")
    image.paste("black", mark)
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def level_of(picture: Picture) -> Image.Image:
    assert picture.level is not None
    level = Image.open(io.BytesIO(picture.level))
    assert Image.MIME[level.format or ""] == picture.level_media_type
    return level


def edges(level: Image.Image) -> list[float]:
    """Left, top, right and bottom of what is dark, in parts of the level's pixels: how dark a pixel
    on the edge is tells how much of it is covered."""
    dark = ImageChops.invert(level.convert("L"))
    box = dark.point(lambda value: 255 * (value > 200)).getbbox()
    assert box is not None
    x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    row = [covered(dark, at, y) for at in range(level.width)]
    column = [covered(dark, x, at) for at in range(level.height)]
    return [x - sum(row[:x]), y - sum(column[:y]), x + sum(row[x:]), y + sum(column[y:])]


def covered(dark: Image.Image, x: int, y: int) -> float:
    value = dark.getpixel((x, y))
    assert isinstance(value, int)
    return value / 255


def test_only_large_images_have_a_level() -> None:
    assert decode(encoded(Image.new("L", (4000, 4000)))).level is None
    large = decode(encoded(Image.new("L", (4001, 4000))))
    assert (large.width, large.height) == (4001, 4000)
    assert level_of(large).size == (2450, 2449)
    assert large.rendition is None, "the file itself is what coordinates refer to"


@pytest.mark.parametrize("size", [(65_000, 300), (300, 65_000)])
def test_a_long_image_keeps_its_shape(size: tuple[int, int]) -> None:
    level = level_of(decode(encoded(Image.new("L", size))))
    assert level.width * level.height == pytest.approx(6_000_000, rel=0.01)
    assert level.width / level.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize("mark", [MARK, OTHER_MARK])
def test_everything_lies_where_it_was(mark: tuple[int, int, int, int]) -> None:
    level = level_of(decode(encoded(marked(mark=mark), quality=95)))
    across, down = SIZE[0] / level.width, SIZE[1] / level.height
    left, top, right, bottom = edges(level)
    assert [left * across, top * down, right * across, bottom * down] == pytest.approx(
        mark, abs=0.5
    )


def test_a_turned_photo_has_an_upright_level() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = decode(encoded(marked(), quality=95, exif=exif))
    assert (photo.width, photo.height) == (SIZE[1], SIZE[0])
    level = level_of(photo)
    assert level.width < level.height
    assert not level.getexif()
    across, down = photo.width / level.width, photo.height / level.height
    # A quarter turn to the right: the left is at the top, the top at the right.
    upright = (SIZE[1] - MARK[3], MARK[0], SIZE[1] - MARK[1], MARK[2])
    left, top, right, bottom = edges(level)
    assert [left * across, top * down, right * across, bottom * down] == pytest.approx(
        upright, abs=0.5
    )


def test_what_shines_through_does_so_in_the_level() -> None:
    image = marked("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 2000, 3607))
    level = level_of(decode(encoded(image, "PNG", compress_level=1)))
    assert level.format == "PNG"
    assert [level.getpixel((x, 1000)) for x in (5, 2700)] == [(0, 0, 0, 0), (255, 255, 255, 255)]


def test_the_child_hands_it_over() -> None:
    large, small = encoded(marked()), encoded(Image.new("RGB", (60, 40)))
    with DecoderPool(size=1) as pool:
        assert pool.decode(large).level == decode(large).level
        assert pool.decode(small).level is None
