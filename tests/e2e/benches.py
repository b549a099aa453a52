"""Labelling and reviewing, by mouse and keys alone."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.layers import SEEN

# Two presses within this time are one double press to the page, ms.
DOUBLE_PRESS = 200

# What the fitted picture leaves free around it at the least, CSS px.
MARGIN = 16

# First and last painted column and row of a layer, and the colour near the last of both.
MEASURE = f"""layer => {{
    const {{ data, width, height }} = ({SEEN})(layer);
    const painted = (x, y) => data[4 * (y * width + x) + 3] > 0;
    const ends = (length, isPainted) => {{
        const all = Array.from({{ length }}, (_, at) => isPainted(at));
        return [all.indexOf(true), all.lastIndexOf(true) + 1];
    }};
    const [left, right] = ends(width, (x) => painted(x, height >> 1));
    const [top, bottom] = ends(height, (y) => painted(width >> 1, y));
    const corner = 4 * ((bottom - 4) * width + right - 4);
    return {{ edges: [left, top, right, bottom], colour: [...data.slice(corner, corner + 3)] }};
}}"""


@dataclass(frozen=True)
class Picture:
    """An image that a test has made: its size, and the colour near its bottom right corner."""

    width: int
    height: int
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Box:
    """A labelled box in pixels of the full-resolution image."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """Where a picture lies on the screen."""

    left: float
    top: float
    zoom: float

    def to_screen(self, x: float, y: float) -> tuple[int, int]:
        """The whole screen pixel nearest to a point of the image."""
        return round(self.left + x * self.zoom), round(self.top + y * self.zoom)

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) / self.zoom, (y - self.top) / self.zoom


class Bench:
    """What labelling and reviewing have in common: an image in the middle, and keys."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.canvas = page.get_by_role("application")
        expect(page.get_by_role("main").get_by_role("link", name=name)).to_be_visible()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def expect_image(self, name: str) -> None:
        expect(self.canvas).to_have_accessible_name(f"Image {name}")

    def expect_gone(self, name: str) -> None:
        expect(
            self.page.get_by_role("application", name=f"Image {name}", exact=True)
        ).to_be_hidden()

    def image(self) -> str | None:
        """The name of the image on the screen; None when nothing is left to do."""
        nothing = self.page.get_by_role("link", name="To the dataset")
        expect(self.canvas.or_(nothing)).to_be_visible()
        if nothing.is_visible():
            return None
        return (self.canvas.get_attribute("aria-label") or "").removeprefix("Image ")


class LabellingBench(Bench):
    def answer(self, key: str) -> None:
        """Answers with one key, at the pace of a person."""
        self.press(key)
        start = self.page.evaluate("performance.now()")
        self.page.wait_for_function(
            f"start => performance.now() - start > {DOUBLE_PRESS}", arg=start
        )

    def expect_all_done(self) -> None:
        """Nothing is left here, and the server has every answer: the page does not wait for it."""
        assert self.image() is None
        expect(self.page.get_by_title("What is not sent yet")).to_have_text("Saved")

    def option(self, text: str) -> Locator:
        return self.page.get_by_role("radio", name=text)

    def draw_box(self, left: int, top: int, right: int, bottom: int) -> None:
        """A drag between places in CSS px from the top left of the canvas."""
        frame = self.canvas.bounding_box()
        assert frame is not None
        self.page.mouse.move(frame["x"] + left, frame["y"] + top)
        self.page.mouse.down()
        self.page.mouse.move(frame["x"] + right, frame["y"] + bottom, steps=3)
        self.page.mouse.up()

    def draw(self, picture: Picture, box: Box, *, key: str) -> Box:
        """Drags from corner to corner, picks the label by its key; returns what was pointed at.

        Screen pixels are coarser than a picture that is shown smaller than it is, so the box drawn
        is the one between the two pixels of the screen that are nearest to the corners of `box`.
        """
        placed = self._placed(picture)
        start = placed.to_screen(box.x, box.y)
        end = placed.to_screen(box.x + box.width, box.y + box.height)
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        mouse.move(*end)
        mouse.up()
        self.press(key)
        listed = self.page.get_by_role(
            "button", name=re.compile(rf"^{box.label} \d+, "), pressed=True
        )
        expect(listed).to_be_visible()
        (left, top), (right, bottom) = placed.to_image(*start), placed.to_image(*end)
        return Box(box.label, left, top, right - left, bottom - top)

    def _placed(self, picture: Picture) -> Placed:
        """Waits until the canvas has painted `picture`, whole and centred, and says where."""
        layer = self.canvas.locator("canvas[data-layer=image]")
        self.page.wait_for_function(
            f"""([layer, wanted]) =>
                ({MEASURE})(layer).colour.every((part, n) => Math.abs(part - wanted[n]) < 12)""",
            arg=[layer.element_handle(), list(picture.colour)],
        )
        frame = self.canvas.bounding_box()
        assert frame is not None
        zoom = min(
            (frame["width"] - 2 * MARGIN) / picture.width,
            (frame["height"] - 2 * MARGIN) / picture.height,
        )
        left = (frame["width"] - picture.width * zoom) / 2
        top = (frame["height"] - picture.height * zoom) / 2
        painted = layer.evaluate(MEASURE)["edges"]
        right, bottom = left + picture.width * zoom, top + picture.height * zoom
        assert painted == pytest.approx([left, top, right, bottom], abs=1)
        return Placed(frame["x"] + left, frame["y"] + top, zoom)


class ReviewBench(Bench):
    def take(self, label: str) -> None:
        """Presses the digit that stands before `label` on the card."""
        choice = self.page.get_by_role("button", name=re.compile(rf"^\d {label}\b"))
        self.press(choice.inner_text()[0])

    def complete(self, name: str) -> None:
        """Ends the look for what was missed, if this image is one of those where it is asked."""
        self.page.wait_for_function(
            """name => document.querySelector('[role=application]')?.ariaLabel !== `Image ${name}`
                || [...document.querySelectorAll('h2')]
                    .some((each) => each.textContent === 'Anything missed?')""",
            arg=name,
        )
        if self.image() == name:
            self.press("Enter")

    def conflicts(self) -> list[str]:
        """The kinds of the conflicts of the image, as the list on the left calls them."""
        listed = self.page.get_by_role("navigation", name="Conflicts").get_by_role("listitem")
        return [text.split("\n")[1] for text in listed.all_inner_texts()]


BOXES = "tiles => tiles.map((tile) => tile.getBoundingClientRect().toJSON())"


class PickingBench:
    """Images to pick among."""

    def __init__(self, page: Page, question: str) -> None:
        self.page = page
        self.grid = page.get_by_role("group", name=question, exact=True)
        expect(self.grid).to_be_visible()

    def tile(self, number: int) -> Locator:
        return self.grid.get_by_role("checkbox", name=f"Image {number}", exact=True)

    def expect_picked(self, *numbers: int) -> None:
        """These tiles are picked and no others."""
        expect(self.grid.get_by_role("checkbox", checked=True)).to_have_count(len(numbers))
        for number in numbers:
            expect(self.tile(number)).to_be_checked()

    def expect_tiles(self, count: int) -> None:
        """So many images are there, all of them loaded, none over another or beside the page."""
        expect(self.grid.get_by_role("img")).to_have_count(count)
        self.page.wait_for_function(
            "grid => [...grid.querySelectorAll('img')].every((i) => i.complete && i.naturalWidth)",
            arg=self.grid.element_handle(),
        )
        # In one look: between two the page may still follow a new width.
        boxes: list[dict[str, float]] = self.grid.get_by_role("checkbox").evaluate_all(BOXES)
        width = self.page.evaluate("document.documentElement.clientWidth")
        assert self.page.evaluate("document.documentElement.scrollWidth") == width
        for place, box in enumerate(boxes):
            assert min(box["width"], box["height"]) >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert not any(_overlap(box, other) for other in boxes[:place])


def _overlap(one: Any, other: Any) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
