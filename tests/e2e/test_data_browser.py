"""The data browser: narrowed by a sentence of chips, shared by its address, selected and opened."""

from __future__ import annotations

import os
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import expect_no_violations
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
FIRST, IMAGES, STOPS, YIELDS = 930, 30, 6, 4


def box(size: int, label: str) -> dict[str, Any]:
    return {"type": "rect", "x": 10, "y": 10, "width": size, "height": size, "label": label}


def answer(person: Site, signs: DatasetPages, count: int, *boxes: dict[str, Any]) -> None:
    for _ in range(count):
        (task,) = person.send(f"datasets/{signs.slug}/next/", {"count": 1})["tasks"]
        body = {"answer": "accept", "spans": boxes, "lease": task["lease"]}
        person.send(f"tasks/{task['id']}/answer/", body)


class Browser:
    """The list of a dataset's images."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.grid = page.get_by_role("grid", name="Images")
        self.filters = page.get_by_role("group", name="Filters")

    def cells(self) -> Locator:
        return self.grid.get_by_role("gridcell").and_(self.page.locator("[data-task]"))

    def expect_count(self, count: int) -> None:
        expect(self.cells()).to_have_count(count)

    def expect_parts(self, *parts: str) -> None:
        removers = self.filters.get_by_role("button", name="Remove filter:")
        expect(removers).to_have_count(len(parts))
        for part in parts:
            expect(
                self.filters.get_by_role("button", name=f"Remove filter: {part}")
            ).to_be_visible()

    def add(self, name: str) -> None:
        self.filters.get_by_role("button", name="Add filter").click()
        self.page.get_by_role("menuitem", name=name, exact=True).click()

    def expect_selected(self, count: int) -> None:
        expect(self.grid.get_by_role("gridcell", selected=True)).to_have_count(count)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def test_images_are_found_selected_and_opened(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    settings = {"labels": ["stop", "yield"], "overlap": 1}
    signs = kim.send_dataset("Browsed", interface="image_manual", **settings)
    signs.bring([image_server.url(f"/ok/{FIRST + n}.jpg") for n in range(IMAGES)])
    answer(kim, signs, STOPS, box(8, "stop"))
    answer(kim, signs, YIELDS, box(60, "yield"))
    signs.open("Data")
    browser = Browser(kim.page)
    expect(browser.cells().first).to_be_visible()
    expect_accessible(kim.page)
    _shoot(kim.page, "data-all")
    _narrow(browser)
    _select(browser)
    _open_and_come_back(browser)
    _see_the_table(browser)


def _narrow(browser: Browser) -> None:
    page = browser.page
    browser.add("Label")
    page.get_by_role("checkbox", name="stop").check()
    browser.expect_count(STOPS)
    page.keyboard.press("Escape")
    browser.add("Size of shapes")
    page.get_by_role("button", name="Tiny: under 16 px").click()
    browser.expect_parts("label stop", "tiny boxes under 16 px")
    expect(page).to_have_url(re.compile(r"label=stop&max_size=16"))
    page.reload()
    browser.expect_parts("label stop", "tiny boxes under 16 px")
    browser.expect_count(STOPS)
    page.go_back()
    browser.expect_parts("label stop")
    browser.add("State")
    page.get_by_role("checkbox", name="open").check()
    expect(page.get_by_role("heading", name="No images here")).to_be_visible()
    _shoot(page, "data-none")
    page.get_by_role("button", name="Without “label stop”").click()
    browser.expect_parts("open")
    browser.filters.get_by_role("button", name="Remove filter: open").press("Delete")
    browser.expect_parts()


def _select(browser: Browser) -> None:
    cells, page = browser.cells(), browser.page
    cells.nth(1).hover()
    cells.nth(1).get_by_role("checkbox").click()
    cells.nth(4).click(modifiers=["Shift"])
    browser.expect_selected(4)
    expect(page.get_by_text("4 selected")).to_be_visible()
    _shoot(page, "data-some")
    cells.nth(2).click(modifiers=["ControlOrMeta"])
    browser.expect_selected(3)
    browser.press("ArrowRight", "x", "Shift+ArrowRight")
    browser.expect_selected(3)
    browser.press("Control+a")
    expect(page.get_by_text(f"{IMAGES} selected")).to_be_visible()
    browser.press("Escape")
    browser.expect_selected(0)


def _open_and_come_back(browser: Browser) -> None:
    page = browser.page
    browser.press("Home", "ArrowRight", "Enter")
    expect(page.get_by_role("heading", name=f"{FIRST + 1}.jpg")).to_be_visible()
    expect(page.get_by_role("region", name="History")).to_be_visible()
    expect_accessible(page)
    browser.press("j")
    expect(page.get_by_role("heading", name=f"{FIRST + 2}.jpg")).to_be_visible()
    page.go_back()
    expect(browser.cells().nth(2)).to_be_focused()


def _see_the_table(browser: Browser) -> None:
    page = browser.page
    browser.press("v")
    page.get_by_role("columnheader", name="Changed").get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="Changed")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(browser.cells().first).to_be_visible()
    expect_accessible(page)
    _shoot(page, "data-table")


def expect_accessible(page: Page) -> None:
    """In either scheme."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
        expect_no_violations(page)


def _shoot(page: Page, name: str) -> None:
    if not SHOTS:
        return
    before = page.viewport_size
    assert before is not None
    for width in (360, 1440):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
