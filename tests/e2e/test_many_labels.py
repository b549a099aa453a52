"""A hundred labels: found by a few letters, told apart, and never in the way of the shapes."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")

LABELS = [
    "traffic light" if n == 70 else "Straßenbahn" if n == 71 else f"sign {n}" for n in range(100)
]


class Labeller(LabellingBench):
    @property
    def search(self) -> Locator:
        return self.page.get_by_role("combobox", name="Search labels")

    def draw_box(self, left: int, top: int, width: int = 80, height: int = 60) -> None:
        """A drag between places in CSS px from the top left of the canvas."""
        frame = self.canvas.bounding_box()
        assert frame is not None
        self.page.mouse.move(frame["x"] + left, frame["y"] + top)
        self.page.mouse.down()
        self.page.mouse.move(frame["x"] + left + width, frame["y"] + top + height, steps=3)
        self.page.mouse.up()

    def find(self, text: str) -> None:
        """Opens the search and types at once, as a hand does."""
        self.press("/")
        self.page.keyboard.type(text)

    def expect_marked(self, name: str) -> None:
        """The option that readers of the screen are told is the one that Enter takes."""
        marked = self.page.get_by_role("option", selected=True)
        expect(marked).to_have_accessible_name(re.compile(rf"\b{name}$"))
        place = marked.get_attribute("id")
        assert place is not None
        expect(self.search).to_have_attribute("aria-activedescendant", place)

    def expect_shapes(self, *labels: str) -> None:
        heading = self.page.get_by_role("heading", name=f"Shapes ({len(labels)})", exact=True)
        expect(heading).to_be_visible()
        for number, label in enumerate(labels, start=1):
            row = self.page.locator(f"li[aria-posinset='{number}']")
            expect(row.get_by_role("button").first).to_have_accessible_name(
                re.compile(rf"^{label} {number}, ")
            )


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def test_a_label_is_searched_by_keys_alone(kim: Site, image_server: ImageServer) -> None:
    page = kim.page
    bench = _start(kim, _dataset(kim, image_server))
    rows = page.get_by_role("list").filter(has=page.get_by_role("button", name="sign 98"))
    stop = rows.get_by_role("button", pressed=True)
    expect(stop).to_have_accessible_name("1 sign 0")

    # Before drawing: every letter of it has a meaning elsewhere.
    bench.find("xanadu")
    expect(page.get_by_text("No label is called “xanadu”.")).to_be_visible()
    bench.search.fill("strassen")
    bench.expect_marked("Straßenbahn")
    bench.press("Enter")
    expect(bench.search).to_be_hidden()
    expect(bench.canvas).to_be_focused()
    expect(stop).to_have_accessible_name("Straßenbahn")
    assert _in_sight(stop, rows)
    for left in (200, 320, 440):
        bench.draw_box(left, 200)
    bench.expect_shapes("Straßenbahn", "Straßenbahn", "Straßenbahn")

    # A selection of several gets what is found, in one step of undo; short texts find, too.
    bench.press("Control+a")
    bench.find("tl")
    bench.expect_marked("traffic light")
    bench.press("Enter")
    bench.expect_shapes("traffic light", "traffic light", "traffic light")
    bench.press("Control+z")
    bench.expect_shapes("Straßenbahn", "Straßenbahn", "Straßenbahn")

    # Without letters what was used lately comes first; Escape takes nothing.
    bench.press("/")
    bench.expect_marked("Straßenbahn")
    bench.press("ArrowDown")
    bench.expect_marked("sign 0")
    bench.press("Escape")
    expect(bench.canvas).to_be_focused()
    expect(stop).to_have_accessible_name("traffic light")
    bench.press("3")
    bench.expect_shapes("sign 2", "sign 2", "sign 2")
    bench.press("Shift+2")
    bench.expect_shapes("sign 11", "sign 11", "sign 11")

    # While a shape is being drawn the search waits.
    bench.press("Escape")
    bench.press("p")
    bench.canvas.click(position={"x": 300, "y": 400})
    bench.press("/")
    expect(page.get_by_text("A shape is not finished")).to_be_visible()
    expect(bench.search).to_be_hidden()
    bench.press("Escape")
    bench.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("button", name="Search a label by its name")).to_be_visible()
    bench.press("Escape")
    bench.press("/")
    _shots(page, "labels-search")
    bench.press("Escape")
    _shots(page, "labels-list")


def test_one_field_instead_of_the_list(kim: Site, image_server: ImageServer) -> None:
    page = kim.page
    dataset = _dataset(kim, image_server, drawing={"label_list": "dropdown"})
    bench = _start(kim, dataset)
    field = page.get_by_role("button", name="Label: sign 0")
    expect(field).to_be_visible()
    expect(page.get_by_role("button", name="sign 50")).to_be_hidden()
    bench.draw_box(300, 200)
    field.click()
    expect(bench.search).to_be_focused()
    page.keyboard.type("sign 50")
    page.get_by_role("option", name="sign 50").click()
    bench.expect_shapes("sign 50")
    expect(page.get_by_role("button", name="Label: sign 50")).to_be_visible()
    _shots(page, "labels-field")

    # Its key is a person's own; the one that everybody starts with then means nothing.
    bench.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.get_by_role("button", name="Search a label by its name").click()
    bench.press("j")
    expect(keys.get_by_role("button", name="Search a label by its name")).to_contain_text("J")
    bench.press("Escape")
    expect(keys).to_have_count(0)
    bench.press("/")
    bench.press("j")
    expect(bench.search).to_be_focused()
    bench.press("Tab")
    expect(bench.search).to_be_hidden()
    expect(page.get_by_role("button", name="Label: sign 50")).to_be_visible()
    bench.answer("a")
    bench.expect_all_done()
    assert dataset.own_answers()[0]["answer"] == "accept"


def _dataset(kim: Site, images: ImageServer, **settings: Any) -> DatasetPages:
    dataset = kim.send_dataset(
        "Many", interface="image_manual", labels=LABELS, overlap=1, **settings
    )
    dataset.bring([images.url("/ok/320.jpg")])
    return dataset


def _start(kim: Site, dataset: DatasetPages) -> Labeller:
    kim.button("Label images").click()
    bench = Labeller(kim.page, dataset.name)
    bench.expect_image("320.jpg")
    return bench


def _in_sight(row: Locator, rows: Locator) -> bool:
    inner, outer = row.bounding_box(), rows.bounding_box()
    assert inner is not None
    assert outer is not None
    return (
        outer["y"] <= inner["y"] + 1
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    )


def _shots(page: Page, name: str) -> None:
    """Nothing is cut off, on a phone or on a wide screen; keeps what it looks like."""
    before = page.viewport_size
    for width, height in ((1280, 720), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png")
    if before:
        page.set_viewport_size(before)
