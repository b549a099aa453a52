"""An image of a hundred megapixels: it opens in few of them, and coordinates are of all of them."""

import io
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Request, expect

from tests.e2e.benches import Box, LabellingBench, Picture, Placed
from tests.e2e.layers import SEEN
from tests.e2e.people import People
from tests.servers.images import ImageServer

LARGE = Picture(12_500, 8000, (200, 200, 200))
TURNED = Picture(3400, 5000, (200, 200, 200))
# Chequered within a dark frame, and one as large as a speck: near the middle, so that they are
# still in sight when the wheel has turned over them.
MARK = (6201, 4403, 80, 50)
SPECK = (6003, 3501, 15, 9)
FRAME = 4

# What one turn of a wheel is worth, CSS px, and how far it zooms.
TURN = 240
ZOOM_PER_PX = 0.002

# First and last dark pixel of the row and the column through a place of a layer, and whether single
# pixels can be told apart in that row.
FIND = f"""([layer, x, y]) => {{
    const {{ data, width, height }} = ({SEEN})(layer);
    const dark = (x, y) => data[4 * (y * width + x)] < 110;
    const ends = (length, isDark) => {{
        const all = Array.from({{ length }}, (_, at) => isDark(at));
        return [all.indexOf(true), all.lastIndexOf(true) + 1];
    }};
    const [left, right] = ends(width, (at) => dark(at, y));
    const [top, bottom] = ends(height, (at) => dark(x, at));
    let changes = 0;
    for (let at = left + 1; at < right; at += 1) changes += dark(at, y) !== dark(at - 1, y);
    return {{ edges: [left, top, right, bottom], sharp: changes > 4 }};
}}"""


class LargeBench(LabellingBench):
    def fitted(self, picture: Picture) -> Placed:
        """Waits until the whole picture is painted; where it lies then."""
        return self._placed(picture)

    def zoom(self, placed: Placed, mark: tuple[int, int, int, int], *, to: float) -> Placed:
        """Turns the wheel over the middle of a mark; where the image lies then."""
        left, top, width, height = mark
        at = placed.to_screen(left + width / 2, top + height / 2)
        self.page.mouse.move(*at)
        turned = math.log(to / placed.zoom) / ZOOM_PER_PX
        for _ in range(int(turned // TURN)):
            self.page.mouse.wheel(0, -TURN)
        self.page.mouse.wheel(0, -round(turned % TURN))
        zoom = placed.zoom * math.exp(ZOOM_PER_PX * (turned // TURN * TURN + round(turned % TURN)))
        assert zoom == pytest.approx(to, rel=0.01)
        x, y = placed.to_image(*at)
        return Placed(at[0] - x * zoom, at[1] - y * zoom, zoom)

    def outline(self, placed: Placed, mark: tuple[int, int, int, int]) -> list[int]:
        """Waits until the pixels of a mark can be told apart; where its edges are on the screen."""
        left, top, width, height = mark
        frame = self.canvas.bounding_box()
        assert frame is not None
        x, y = placed.to_screen(left + width / 2, top + height / 2)
        layer = self.canvas.locator("canvas[data-layer=image]").element_handle()
        place = [layer, x - round(frame["x"]), y - round(frame["y"])]
        self.page.wait_for_function(f"place => ({FIND})(place).sharp", arg=place)
        edges = self.page.evaluate(FIND, place)["edges"]
        at = (frame["x"], frame["y"])
        return [round(edge + at[place % 2]) for place, edge in enumerate(edges)]

    def drag(self, left: int, top: int, right: int, bottom: int) -> None:
        mouse = self.page.mouse
        mouse.move(left, top)
        mouse.down()
        mouse.move((left + right) // 2, (top + bottom) // 2)
        mouse.move(right, bottom)
        mouse.up()


@pytest.fixture
def pictures(image_server: ImageServer) -> ImageServer:
    large = Image.new("L", (LARGE.width, LARGE.height), LARGE.colour[0])
    for left, top, width, height in (MARK, SPECK):
        large.paste(20, (left, top, left + width, top + height))
        for y in range(top + FRAME, top + height - FRAME):
            for x in range(left + FRAME, left + width - FRAME):
                large.putpixel((x, y), 235 if (x + y) % 2 else 20)
    image_server.own["large.jpg"] = _jpeg(large)

    # Dark at the top; and the camera lay on its side: a quarter turn to the right makes it upright.
    upright = Image.new("L", (TURNED.width, TURNED.height), TURNED.colour[0])
    upright.paste(20, (0, 0, TURNED.width, TURNED.height // 4))
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    image_server.own["turned.jpg"] = _jpeg(lying, exif=exif)
    return image_server


def _jpeg(image: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def test_boxes_on_a_hundred_megapixels_are_where_they_were_drawn(
    people: People, pictures: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    asked: list[str] = []
    kim.page.on("request", lambda request: asked.extend(_image_part(request)))
    survey = kim.send_dataset("Survey", interface="image_manual", labels=["mark"], overlap=1)
    survey.bring([pictures.url("/own/large.jpg"), pictures.url("/own/turned.jpg")])
    asked.clear()
    kim.button("Label images").click()
    bench = LargeBench(kim.page, survey.name)
    bench.expect_image("large.jpg")
    whole = bench.draw(LARGE, Box("mark", 1000, 5500, 4000, 1500), key="1")
    kim.page.wait_for_load_state("networkidle")
    assert asked == ["level", "level"], "all that this image and the next one need"

    coming = kim.page.get_by_text("Bringing all pixels")
    fitted = bench.fitted(LARGE)
    for mark, zoom in ((MARK, 7.3), (SPECK, 40)):
        bench.drag(*bench.outline(bench.zoom(fitted, mark, to=zoom), mark))
        bench.press("1")
        expect(coming).to_be_hidden()
        bench.press("f")
    assert asked == ["level", "level", "file"]

    bench.answer("Enter")
    bench.expect_image("turned.jpg")
    assert bench.fitted(TURNED).zoom < 1
    bench.answer("n")
    bench.expect_all_done()
    assert asked == ["level", "level", "file"]

    record, _ = survey.final_lines()
    assert (record["width"], record["height"]) == (LARGE.width, LARGE.height)
    drawn = [
        (span["x"], span["y"], span["width"], span["height"])
        for span in sorted(record["spans"], key=lambda span: -span["width"])
    ]
    expected = [(whole.x, whole.y, whole.width, whole.height), MARK, SPECK]
    for box, wanted in zip(drawn, expected, strict=True):
        assert box == pytest.approx(wanted, abs=0.5)


def _image_part(request: Request) -> Iterator[str]:
    """What of an image is asked for, if it is one."""
    found = re.search(r"/api/images/[0-9a-f-]+/(file|level)/", request.url)
    if found:
        yield found[1]
