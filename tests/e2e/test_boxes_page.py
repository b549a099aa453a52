"""What became of suggested boxes, as a manager sees it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer


def test_boxes_are_judged_one_by_one_and_seen_together(
    people: People, image_server: ImageServer
) -> None:
    site = people.come("bea", admin=True)
    signs = site.create_dataset(
        "Boxed", interface="Judge boxes", labels=["stop"], answers=1, review="Nothing"
    )
    urls = [image_server.url(f"/ok/{n}.jpg") for n in (40, 41)]
    signs.bring(urls)
    signs.open("Boxes")
    page = site.page
    expect(page.get_by_role("heading", name="No model has suggested boxes yet")).to_be_visible()
    expect(page.get_by_role("button", name="40.jpg")).to_contain_text("no boxes")

    _suggest(signs, urls[0], [10, 40, 70])
    site.button("Label images").click()
    bench = LabellingBench(page, signs.name)
    bench.expect_image("40.jpg")
    for key in ("a", "x"):
        bench.answer(key)
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.get_by_role("link", name=signs.name).click()

    signs.open("Boxes")
    row = page.get_by_role("row", name="finder 1")
    expect(row.get_by_role("cell")).to_have_text(["finder 1", "3", "1", "1", "0", "0", "1", "50%"])
    images = page.get_by_role("main").get_by_role("listitem").get_by_role("button")
    expect(images).to_have_count(2)
    _filter(page, "with a rejected box")
    expect(images).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/boxes\?state=rejected"))
    images.click()
    shown = page.get_by_role("dialog", name="40.jpg")
    boxes = shown.get_by_role("list", name="Boxes").get_by_role("button")
    expect(boxes).to_contain_text(["acceptedstop", "rejectedstop", "openstop"])
    expect(shown.locator("polygon")).to_have_count(3)
    boxes.nth(1).focus()
    expect(shown.locator("polygon[data-faded=true]")).to_have_count(2)
    expect(shown.locator("polygon[data-faded=false]")).to_have_attribute("data-state", "rejected")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()

    _filter(page, "with an unsure box")
    expect(page.get_by_text("No image has such a box.")).to_be_visible()
    page.route(re.compile("/boxes/"), lambda route: route.abort())
    _filter(page, "with an open box")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("cannot be reached")
    page.unroute(re.compile("/boxes/"))
    alert.get_by_role("button", name="Try again").click()
    expect(images).to_have_count(1)


def _suggest(dataset: DatasetPages, url: str, lefts: list[int]) -> None:
    box = {"type": "rect", "y": 20, "width": 25, "height": 30, "label": "stop"}
    dataset.suggest([{"url": url, "spans": [{**box, "x": left}]} for left in lefts])


def _filter(page: Page, choice: str) -> None:
    page.get_by_role("combobox", name="Images with a box that is").click()
    page.get_by_role("option", name=choice).click()
