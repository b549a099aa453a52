"""Many images at once: tagged, assigned, exported and answered where they stand, and taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import expect_no_violations
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.e2e.test_data_browser import Browser
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
IMAGES = 8
OPTIONS = [{"id": "cat", "text": "Cat"}, {"id": "dog", "text": "Dog"}]


@pytest.fixture
def pets(people: People, image_server: ImageServer) -> DatasetPages:
    kim, ann = people.come("kim", admin=True), people.come("ann")
    pets = kim.send_dataset("Pets", interface="choice", options=OPTIONS, overlap=1)
    pets.bring([image_server.url(f"/ok/{970 + n}.jpg") for n in range(IMAGES)])
    kim.send(f"datasets/{pets.slug}/members/", {"email": ann.email, "role": "annotator"})
    return pets


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def choose(browser: Browser, *places: int) -> None:
    for place in places:
        browser.cells().nth(place).click(modifiers=["ControlOrMeta"])
    browser.expect_selected(len(places))


def ask(page: Page, act: str) -> None:
    bar = page.get_by_role("region", name="What to do with the selected images")
    bar.get_by_role("button", name=act, exact=True).click()


def names(pets: DatasetPages, **query: Any) -> list[str]:
    reply = pets.site.page.request.get(
        f"{pets.site.address}/api/datasets/{pets.slug}/tasks/", params=query
    )
    return [row["image"]["name"] for row in reply.json()["results"]]


def test_a_manager_acts_on_many(pets: DatasetPages) -> None:
    page = pets.site.page
    pets.open("Data")
    browser = Browser(page)
    browser.expect_count(IMAGES)

    choose(browser, 0, 1, 2)
    ask(page, "Tag")
    page.get_by_role("combobox", name="Tags to add").fill("odd")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tag 3").click()
    expect(page.get_by_text("Tagged 3 images.")).to_be_visible()
    expect(browser.grid.get_by_text("odd")).to_have_count(3)
    shoot(page, "acts-tagged")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("It was taken back.")).to_be_visible()
    expect(browser.grid.get_by_text("odd")).to_have_count(0)

    choose(browser, 3, 4)
    ask(page, "Assign")
    page.get_by_role("combobox", name="Who alone is to answer").click()
    page.get_by_role("option", name="ann").click()
    shoot(page, "acts-assign")
    page.get_by_role("button", name="Assign 2").click()
    expect(page.get_by_text("Assigned 2 images.")).to_be_visible()
    browser.cells().nth(3).get_by_role("link").click()
    expect(page.get_by_text("Goes to")).to_be_visible()
    page.go_back()

    page.get_by_role("gridcell").first.wait_for()
    choose(browser, 5)
    ask(page, "Export")
    page.get_by_role("button", name="Export 1").click()
    page.get_by_role("link", name="To the files").click()
    expect(page.get_by_text("Final answers, chosen images")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_be_visible()


def test_images_are_answered_where_they_stand(pets: DatasetPages) -> None:
    page = pets.site.page
    pets.open("Data")
    browser = Browser(page)
    browser.expect_count(IMAGES)
    page.get_by_role("switch", name="Answer here").check(force=True)
    choose(browser, 0, 1)
    page.keyboard.press("1")
    expect(browser.grid.get_by_text("Cat", exact=True)).to_have_count(2)
    expect_no_violations(page)
    shoot(page, "acts-say")
    page.keyboard.press("Control+z")
    expect(browser.grid.get_by_text("Cat", exact=True)).to_have_count(0)
    # They are in hand again; what is selected after that is another lot.
    page.keyboard.press("2")
    choose(browser, 2, 3, 4)
    page.keyboard.press("1")
    expect(browser.grid.get_by_text("Dog", exact=True)).to_have_count(2)
    expect(browser.grid.get_by_text("Cat", exact=True)).to_have_count(3)
    expect(browser.grid.locator("[data-said=true]")).to_have_count(0)
    expect(page.get_by_text("Answered 3 images.")).to_be_visible()
    assert names(pets, state="final") == [f"{970 + n}.jpg" for n in range(5)]
