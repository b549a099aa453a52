"""A box lies where the hand put it, at every zoom, on every screen, however the photo was held.

Nothing of the page's own arithmetic is believed: where the picture lies is measured from what is
painted, and what the export must say is worked out from that.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import FloatRect, expect

from tests.e2e.benches import MARGIN, LabellingBench
from tests.e2e.layers import SEEN
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People

# All edges lie between the blocks of 8 px that JPEG is made of, so that they stay sharp.
WIDTH, HEIGHT = 2000, 2960
HEIGHT_OF_WINDOW = 800
SQUARE = (1200, 840, 1600, 1240)
"""Black on white: left, top, right, bottom."""
HOLE = (1368, 1008, 1432, 1072)
"""White in the black square."""
SPECK = (1400, 1032, 1408, 1040)
"""Black in the white hole."""
TARGET = (1404, 1036)
"""The middle of the speck, to which all zooming goes."""

Mark = Literal["picture", "square", "hole", "speck"]
BOUNDS: dict[Mark, tuple[int, int, int, int]] = {
    "picture": (0, 0, WIDTH, HEIGHT),
    "square": SQUARE,
    "hole": HOLE,
    "speck": SPECK,
}
# Which mark is in sight as a whole at which zoom, and large enough to measure by.
ZOOMS: dict[float, Mark] = {1: "square", 7.3: "hole", 40: "speck"}
SMALL = 0.1
OUTLINED = 7.3
"""Where a polygon is drawn, too."""
TURN = 240
"""A turn of the wheel, px; zoomed by e for each 500."""
ASIDE = 100
"""So far right and down from the target each mark is there, and not the one in it, CSS px."""

# How much of a mark the pixels of a row and a column show adds up to its sides, and weighted by the
# place to its middle, also where the edge falls within a pixel or is blurred.
MEASURE = f"""([layer, mark, x, y]) => {{
    const ratio = layer.width / layer.clientWidth;
    const {{ clientWidth, clientHeight }} = layer.parentElement;
    const side = (...part) => {{
        const {{ data }} = ({SEEN})(layer, part);
        let [sum, moment] = [0, 0];
        for (let at = 0; 4 * at < data.length; at += 1) {{
            const shown = data[4 * at + 3] / 255;
            const light = shown * (data[4 * at] / 255);
            const dark = shown - light;
            const ink = {{ picture: shown, square: dark, hole: light, speck: dark }}[mark];
            sum += ink;
            moment += ink * (at + 0.5);
        }}
        return [(moment / sum - sum / 2) / ratio, sum / ratio];
    }};
    const [left, across] = side(0, y, clientWidth, 1 / ratio);
    const [top, down] = side(x, 0, 1 / ratio, clientHeight);
    return {{ left, top, across, down }};
}}"""


@dataclass(frozen=True)
class Lie:
    """Where the picture lies on the page, and how large one of its pixels is there, CSS px."""

    left: float
    top: float
    zoom: float

    def image(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) / self.zoom, (y - self.top) / self.zoom

    def screen(self, x: float, y: float) -> tuple[int, int]:
        return round(self.left + x * self.zoom), round(self.top + y * self.zoom)


@dataclass(frozen=True)
class Drawn:
    """What the export must say of one shape, and by how much it may be off, px of the image."""

    numbers: list[float]
    within: float


class Surveyor(LabellingBench):
    """Measures where the picture lies, and draws there."""

    def begin(self, name: str) -> None:
        self.expect_image(name)
        self._session = self.page.context.new_cdp_session(self.page)
        self._layer = self.canvas.locator("canvas[data-layer=image]").element_handle()
        self._shapes = 0

    def go_to_screen(self, ratio: int) -> None:
        """One with so many pixels to a CSS pixel; its size is another, or the page is not told."""
        self._ratio = ratio
        self._resize(HEIGHT_OF_WINDOW + ratio)
        self._wait("layer.width === ratio * layer.clientWidth", ratio=ratio)

    def draw_all(self) -> Iterator[Drawn]:
        lie = self._look_at_whole()
        for zoom in ZOOMS:
            lie = self._come_closer(lie, zoom)
            yield self._draw_box(lie)
            if zoom == OUTLINED:
                yield self._draw_polygon(lie)
        yield self._draw_box(self._look_from_afar())

    def _look_from_afar(self) -> Lie:
        """A window so low that the whole picture is shown with ten of its pixels to one.

        The edges of a picture are painted on whole pixels, which is ten of its own here: it is
        known, and not measured, that it lies in the middle with a margin.
        """
        frame = self._frame()
        low = HEIGHT * SMALL + 2 * MARGIN
        self._resize(round(HEIGHT_OF_WINDOW + self._ratio - frame["height"] + low))
        self.press("f")
        self._wait("view.clientHeight === low", low=low)
        frame = self._frame()
        left, top = (frame["width"] - WIDTH * SMALL) / 2, MARGIN
        lie = Lie(frame["x"] + left, frame["y"] + top, SMALL)
        self._wait(
            """Math.abs(across / side - 1) < 0.02
                && Math.abs(left - at[0]) <= 1 && Math.abs(top - at[1]) <= 1""",
            side=WIDTH * SMALL,
            at=[left, top],
        )
        return lie

    def _come_closer(self, before: Lie, zoom: float) -> Lie:
        """By the wheel, to the target, until a pixel of the image is about that large."""
        target = before.screen(*TARGET)
        self.page.mouse.move(*target)
        turns = math.log(zoom / before.zoom) * 500
        while turns > 0:
            turn = min(turns, TURN)
            # Chromium takes it for so many pixels of the screen.
            self.page.mouse.wheel(0, -turn * self._ratio)
            turns -= turn
        mark = ZOOMS[zoom]
        aside = self._on_canvas(target[0] + ASIDE, target[1] + ASIDE)
        side = (BOUNDS[mark][2] - BOUNDS[mark][0]) * zoom
        self._wait("Math.abs(across / side - 1) < 0.02", mark, aside, side=side)
        return self._measure(mark, *aside)

    def _look_at_whole(self) -> Lie:
        self.press("f")
        self._wait(
            """Math.abs(2 * left + across - view.clientWidth) <= 1
                && Math.abs(2 * top + down - view.clientHeight) <= 1"""
        )
        return self._measure("picture", *self._middle())

    def _draw_box(self, lie: Lie) -> Drawn:
        """A box of some size on the screen, around the target."""
        x, y = lie.screen(*TARGET)
        start, end = (x - 93, y - 61), (x + 48, y + 52)
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(x, y)
        mouse.move(*end)
        mouse.up()
        self._expect_one_more()
        (left, top), (right, bottom) = lie.image(*start), lie.image(*end)
        return Drawn([left, top, right - left, bottom - top], _within(lie))

    def _draw_polygon(self, lie: Lie) -> Drawn:
        x, y = lie.screen(*TARGET)
        corners = [(x - 120, y + 11), (x + 7, y - 97), (x + 131, y + 64)]
        self.press("p")
        for corner in corners:
            self.page.mouse.click(*corner)
        self.press("Enter")
        self.press("b")
        self._expect_one_more()
        return Drawn([part for corner in corners for part in lie.image(*corner)], _within(lie))

    def _expect_one_more(self) -> None:
        self._shapes += 1
        heading = self.page.get_by_role("heading", name=f"Shapes ({self._shapes})", exact=True)
        expect(heading).to_be_visible()
        # What is picked would be taken by its handles where the next shape begins.
        self.press("Escape")

    def _resize(self, height: int) -> None:
        size = {"width": 1280, "height": height}
        metrics = {**size, "deviceScaleFactor": self._ratio, "mobile": False}
        self._session.send("Emulation.setDeviceMetricsOverride", metrics)

    def _measure(self, mark: Mark, x: float, y: float) -> Lie:
        """By the row and the column of the canvas through this place of it."""
        frame = self._frame()
        found = self._layer.evaluate(f"(layer, at) => ({MEASURE})([layer, ...at])", [mark, x, y])
        left, top, right, bottom = BOUNDS[mark]
        zoom = found["across"] / (right - left)
        assert found["down"] / (bottom - top) == pytest.approx(zoom, rel=0.01)
        x, y = frame["x"] + found["left"], frame["y"] + found["top"]
        return Lie(x - left * zoom, y - top * zoom, zoom)

    def _wait(
        self,
        condition: str,
        mark: Mark = "picture",
        place: tuple[float, float] | None = None,
        **known: Any,
    ) -> None:
        """Until it is true of what is measured there, or through the middle."""
        self.page.wait_for_function(
            f"""([layer, mark, place, known]) => {{
                const {{ low, ratio, side, at }} = known;
                const view = layer.parentElement;
                const middle = [view.clientWidth / 2, view.clientHeight / 2];
                const measured = ({MEASURE})([layer, mark, ...(place ?? middle)]);
                const {{ left, top, across, down }} = measured;
                return {condition};
            }}""",
            arg=[self._layer, mark, place, known],
        )

    def _middle(self) -> tuple[float, float]:
        frame = self._frame()
        return frame["width"] / 2, frame["height"] / 2

    def _on_canvas(self, x: float, y: float) -> tuple[float, float]:
        frame = self._frame()
        return x - frame["x"], y - frame["y"]

    def _frame(self) -> FloatRect:
        frame = self.canvas.bounding_box()
        assert frame is not None
        return frame


def _within(lie: Lie) -> float:
    """Half a pixel of the image, but far closer where two pixels of the screen are less than that:
    by so much the edges of a mark are painted beside their place."""
    return min(0.5, 2 / lie.zoom)


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def test_shapes_are_where_the_hand_put_them(kim: Site, tmp_path: Path) -> None:
    dataset = kim.send_dataset("Exact", interface="image_manual", labels=["spot"], overlap=1)
    names = _import(dataset, tmp_path)
    kim.button("Label images").click()
    bench = Surveyor(kim.page, dataset.name)
    drawn = {}
    for _ in names:
        name = bench.image()
        assert name is not None
        bench.begin(name)
        drawn[name] = list(_draw_all(bench))
        bench.answer("a")
    bench.expect_all_done()

    exported = _read(dataset.final_lines())
    assert exported.keys() == drawn.keys() == set(names)
    for name, shapes in drawn.items():
        assert len(exported[name]) == len(shapes)
        for found, wanted in zip(_ordered(exported[name]), _ordered(shapes), strict=True):
            assert found.numbers == pytest.approx(wanted.numbers, abs=wanted.within), name


def _draw_all(bench: Surveyor) -> Iterator[Drawn]:
    """At every zoom on both kinds of screen."""
    for ratio in (1, 2):
        bench.go_to_screen(ratio)
        yield from bench.draw_all()


def _import(dataset: DatasetPages, folder: Path) -> list[str]:
    """The picture as a camera held upright takes it, and as one held on its side does."""
    upright = Image.new("L", (WIDTH, HEIGHT), 255)
    ink = ImageDraw.Draw(upright)
    ink.rectangle(_painted(SQUARE), fill=0)
    ink.rectangle(_painted(HOLE), fill=255)
    ink.rectangle(_painted(SPECK), fill=0)
    upright.save(folder / "upright.jpg", quality=95)
    turned = Image.Exif()
    turned[0x0112] = 6  # orientation: to be turned a quarter clockwise for looking at it
    on_its_side = upright.transpose(Image.Transpose.ROTATE_90)
    on_its_side.save(folder / "turned.jpg", quality=95, exif=turned)
    names = ["upright.jpg", "turned.jpg"]
    dataset.open("Import")
    files = dataset.page.get_by_label("Drop a list, image files")
    files.set_input_files([folder / name for name in names])
    dataset.wait_for_import(lines=len(names))
    return names


def _painted(bounds: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = bounds
    return left, top, right - 1, bottom - 1


def _read(records: list[dict[str, Any]]) -> dict[str, list[Drawn]]:
    found: dict[str, list[Drawn]] = {}
    for record in records:
        assert (record["width"], record["height"]) == (WIDTH, HEIGHT)
        found[record["image"].rpartition("/")[2]] = [_numbers(span) for span in record["spans"]]
    return found


def _numbers(span: dict[str, Any]) -> Drawn:
    if span["type"] == "polygon":
        return Drawn([part for point in span["points"] for part in point], 0)
    return Drawn([span[part] for part in ("x", "y", "width", "height")], 0)


def _ordered(shapes: list[Drawn]) -> list[Drawn]:
    """Boxes before polygons, from left to right: no two begin within what they may be off."""
    return sorted(shapes, key=lambda shape: (len(shape.numbers), shape.numbers))
