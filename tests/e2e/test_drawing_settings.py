"""How shapes are drawn: set in the form of a dataset's settings, obeyed where people label."""

from __future__ import annotations

import os
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")

DEFAULTS = {
    "shapes": ["rect", "polygon", "freehand"],
    "box_by": "drag",
    "from_centre": False,
    "crossing": "warn",
    "stroke_width": 2,
    "font_size": 12,
    "darken": 0.0,
    "show_labels": True,
    "label_list": "list",
}


def test_what_the_form_says_is_saved_and_obeyed(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    page = kim.page
    rules = {"max_shapes": 5}
    roads = kim.send_dataset(
        "Drawn", interface="image_manual", labels=["road", "kerb"], overlap=1, rules=rules
    )
    roads.bring([image_server.url("/ok/320.jpg")])
    assert _settings(roads)["drawing"] == DEFAULTS

    roads.open("Settings")
    drawn = page.get_by_role("img", name="How it looks at work").locator("[data-drawn]")
    expect(drawn).to_have_count(2)
    for kind in ("Boxes", "Freehand outlines"):
        page.get_by_role("checkbox", name=kind, exact=True).uncheck()
    # What says how boxes are drawn goes with them, in the picture, too.
    expect(page.get_by_role("radiogroup", name="How a box is drawn")).to_be_hidden()
    expect(drawn).to_have_count(1)
    page.get_by_role("radio", name="Refuse").check()
    page.get_by_role("radio", name="One field").check()
    page.get_by_label("Names on the shapes").uncheck()
    for name, presses, said in (
        ("Width of lines", 3, "5 px"),
        ("Size of names", 6, "18 px"),
        ("Darken the image", 8, "40 %"),
    ):
        slider = page.get_by_role("slider", name=name)
        slider.focus()
        for _ in range(presses):
            slider.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", said)
    expect(drawn).to_have_attribute("stroke-width", "5")
    _shots(page, "drawing-settings")
    roads.save_settings()

    page.reload()
    expect(page.get_by_role("checkbox", name="Polygons")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Boxes", exact=True)).not_to_be_checked()
    saved = _settings(roads)
    assert saved["drawing"] == {
        **DEFAULTS,
        "shapes": ["polygon"],
        "crossing": "refuse",
        "stroke_width": 5,
        "font_size": 18,
        "darken": 0.4,
        "show_labels": False,
        "label_list": "dropdown",
    }
    assert saved["rules"]["max_shapes"] == 5

    page.goto(f"{kim.address}/label/{roads.slug}")
    bench = LabellingBench(page, roads.name)
    bench.expect_image("320.jpg")
    tools = page.get_by_role("navigation", name="Tools")
    expect(tools.get_by_role("button", name="Draw polygons", pressed=True)).to_be_visible()
    for tool in ("Draw boxes", "Draw by hand"):
        expect(tools.get_by_role("button", name=tool)).to_be_hidden()
    _draw_square(bench)
    # The outer ones of five may be half a pixel each.
    assert _line_at(bench, 300, 250) in (4, 5)


def test_one_kind_of_shape_has_to_be_left(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    page = kim.page
    roads = _begin(kim, drawing={"shapes": ["rect"], "box_by": "corners"})
    boxes = page.get_by_role("checkbox", name="Boxes", exact=True)
    boxes.uncheck()
    expect(page.get_by_text("At least one of them is needed.")).to_be_visible()
    kim.button("Save changes").click()
    expect(boxes).to_be_focused()
    assert _settings(roads)["drawing"]["shapes"] == ["rect"]
    boxes.check()
    page.get_by_role("radio", name="By four extreme points").check()
    expect(page.get_by_label("Start from the centre")).to_be_disabled()
    roads.save_settings()
    assert _settings(roads)["drawing"] == {
        **DEFAULTS,
        "shapes": ["rect"],
        "box_by": "extremes",
    }


def test_only_drawing_has_the_form(people: People) -> None:
    kim = people.come("kim", admin=True)
    _begin(kim, interface="classification", question="A sign?", labels=[])
    expect(kim.page.get_by_label("Description")).to_be_visible()
    expect(kim.page.get_by_text("Width of lines")).to_be_hidden()


def _begin(kim: Site, **settings: Any) -> DatasetPages:
    """A dataset whose settings are open."""
    made: dict[str, Any] = {"interface": "image_manual", "labels": ["road"], **settings}
    dataset = kim.send_dataset("Drawn", **made)
    dataset.open("Settings")
    return dataset


def _settings(dataset: DatasetPages) -> dict[str, Any]:
    reply = dataset.page.request.get(f"{dataset.site.address}/api/datasets/{dataset.slug}/")
    settings: dict[str, Any] = reply.json()
    return settings


def _draw_square(bench: LabellingBench) -> None:
    for x, y in ((300, 200), (500, 200), (500, 300), (300, 300)):
        bench.canvas.click(position={"x": x, "y": y})
    bench.press("Enter")
    shapes = bench.page.get_by_role("heading", name="Shapes (1)", exact=True)
    expect(shapes).to_be_visible()
    bench.press("Escape")
    bench.page.mouse.move(0, 0)


def _line_at(bench: LabellingBench, x: int, y: int) -> int:
    """How many pixels of the road's colour lie side by side around a place, CSS px."""
    layer = bench.canvas.locator("canvas[data-layer=shapes]")
    count: int = layer.evaluate(
        """(layer, [x, y]) => {
            const { data } = layer.getContext('2d').getImageData(x - 20, y, 40, 1);
            const road = [0xe6, 0x9f, 0x00, 255];
            return Array.from({ length: 40 }, (_, at) => data.slice(4 * at, 4 * at + 4))
                .filter((pixel) => road.every((part, n) => Math.abs(part - pixel[n]) < 8)).length;
        }""",
        [x, y],
    )
    return count


def _shots(page: Page, name: str) -> None:
    """Keeps what the form looks like, light and dark, wide and narrow."""
    before = page.viewport_size
    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal of two
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
