"""Labels that are not for every kind of shape: set by a manager, kept to on the page."""

from __future__ import annotations

import os
import re

from playwright.sync_api import Locator, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")


def test_a_label_for_polygons_alone(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    page = kim.page
    roads = kim.send_dataset("Kinds", interface="image_manual", labels=["car", "lane"], overlap=1)
    url = image_server.url("/ok/320.jpg")
    roads.bring([url])
    span = {"type": "rect", "label": "lane", "x": 30, "y": 30, "width": 20, "height": 20}
    roads.suggest([{"url": url, "spans": [span]}])
    _keep_to_polygons(roads)

    page.goto(f"{kim.address}/label/{roads.slug}")
    bench = LabellingBench(page, roads.name)
    bench.expect_image("320.jpg")
    lane, car = _label(bench, "lane"), _label(bench, "car")
    expect(lane).to_have_accessible_name(re.compile("only polygons"))
    expect(lane).to_have_attribute("aria-disabled", "true")
    bench.press("2")
    told = page.get_by_role("status").filter(has_text="“lane” is not for boxes.")
    expect(told).to_be_visible()
    expect(car).to_have_attribute("aria-pressed", "true")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/label-kinds-bench.png")

    # A box that a model calls so cannot stay; the page says it before the server does.
    bench.press("y")
    expect(page.get_by_role("heading", name="Shapes (1)", exact=True)).to_be_visible()
    bench.press("a")
    missing = page.get_by_role("list", name="What is missing before you can accept")
    told = missing.get_by_text("Shape 1 (lane) is a box; lane is only for polygons.")
    expect(told).to_be_visible()
    bench.press("Control+a")
    bench.press("1")
    expect(told).to_be_hidden()

    bench.press("Escape")
    bench.press("p")
    bench.press("2")
    expect(lane).to_have_attribute("aria-pressed", "true")
    for x, y in ((360, 300), (460, 300), (460, 400)):
        bench.canvas.click(position={"x": x, "y": y})
    bench.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^lane 2, "))).to_be_visible()
    bench.press("Escape")
    # The box tool is not for lanes: what it draws is a car again.
    bench.press("b")
    expect(car).to_have_attribute("aria-pressed", "true")
    bench.press("Control+a")
    bench.press("2")
    expect(page.get_by_role("button", name=re.compile("^car 1, "))).to_be_visible()
    bench.answer("a")
    bench.expect_all_done()


def _keep_to_polygons(roads: DatasetPages) -> None:
    """Takes boxes and freehand outlines from the label lane; the last kind cannot be taken."""
    page = roads.page
    roads.open("Settings")
    kinds = page.get_by_role("group", name="Shapes that may have lane")
    for kind in ("Boxes", "Freehand outlines"):
        kinds.get_by_role("button", name=kind).click()
        expect(kinds.get_by_role("button", name=kind, pressed=False)).to_be_visible()
    last = kinds.get_by_role("button", name="Polygons", pressed=True)
    expect(last).to_have_attribute("aria-disabled", "true")
    last.click(force=True)
    expect(last).to_be_visible()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if SHOTS:
            kinds.scroll_into_view_if_needed()
            page.screenshot(path=f"{SHOTS}/label-kinds-{width}.png")
    page.set_viewport_size({"width": 1280, "height": 720})


def _label(bench: LabellingBench, name: str) -> Locator:
    """Its row in the list of labels."""
    section = bench.page.locator("section").filter(
        has=bench.page.get_by_role("heading", name="Labels", exact=True)
    )
    return section.get_by_role("button", name=name)
