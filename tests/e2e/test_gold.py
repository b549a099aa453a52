"""Gold: from a final answer with one press into somebody's work, and to what it says of them."""

import os

from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

IMAGES = 40
FINALS = 6
# Half of the leases draw, so by then some gold has come, but for one time in millions.
MOST = 25
SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
WIDTHS = (360, 1600)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of each width in both schemes, for whoever asks for it."""
    if not SHOTS:
        return
    before = page.viewport_size
    assert before is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780 if width < 1000 else 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png")
    page.set_viewport_size(before)


def test_gold_from_a_final_to_the_report(people: People, image_server: ImageServer) -> None:
    mia, ben, ann = people.come("mia", admin=True), people.come("ben"), people.come("ann")
    signs = mia.create_dataset(
        "Golden", interface="Yes or no", question="A sign?", answers=1, review="Nothing"
    )
    signs.bring([image_server.url(f"/ok/{n}.jpg") for n in range(IMAGES)])
    for person in (ben, ann):
        signs.add_member(person)
    _answer_some(ben, signs)
    signs.open("Data")
    _make_gold(signs)
    _mix_in(signs)
    _meet_gold(ann, signs)
    _read_report(signs, ann)


def _answer_some(ben: Site, signs: DatasetPages) -> None:
    ben.page.goto(f"{ben.address}/label/{signs.slug}")
    bench = LabellingBench(ben.page, signs.name)
    for _ in range(FINALS):
        assert bench.image()
        bench.answer("a")
    expect(ben.button("Saved")).to_be_visible()
    ben.page.goto(f"{ben.address}/")  # gives back what was left


def _make_gold(signs: DatasetPages) -> None:
    page = signs.page
    page.goto(page.url.split("?")[0] + "?state=final")
    shown = page.get_by_role("main").get_by_role("link", name=".jpg")
    expect(shown).to_have_count(FINALS)
    for place in range(FINALS):
        shown.nth(place).click()
        acts = page.get_by_role("region", name="Acts")
        acts.get_by_role("button", name="Make gold").click()
        expect(acts.get_by_role("button", name="No gold any more")).to_be_visible()
        expect(acts.get_by_text(f"Gold, by {signs.site.shown_name}")).to_be_visible()
        if place == 0:
            shoot(page, "make")
        signs.site.button("Back to the list").click()
        expect(acts).to_be_hidden()


def _mix_in(signs: DatasetPages) -> None:
    page = signs.page
    signs.open("Settings")
    page.get_by_role("textbox", name="Gold among what annotators get").fill("50")
    page.get_by_role("checkbox", name="Tell people how they did").check()
    page.get_by_role("textbox", name="Gold among what annotators get").scroll_into_view_if_needed()
    shoot(page, "settings")
    signs.save_settings()
    signs.open("Overview")
    expect(page.get_by_role("heading", name="How people do on gold")).to_be_visible()
    expect(page.get_by_text(f"{FINALS} images are gold.")).to_be_visible()


def _meet_gold(ann: Site, signs: DatasetPages) -> None:
    """Ann rejects whatever comes, until she is told that one was to be accepted."""
    ann.page.goto(f"{ann.address}/label/{signs.slug}")
    bench = LabellingBench(ann.page, signs.name)
    told = ann.page.get_by_role("main").get_by_role("status").filter(has_text="Not all right")
    for _ in range(MOST):
        bench.answer("x")
        expect(ann.button("Saved")).to_be_visible()
        if told.is_visible():
            break
    expect(told).to_have_text("Not all right: 0 of 100. The known answer: Accept.Close×")
    shoot(ann.page, "told")
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_hidden()


def _read_report(signs: DatasetPages, ann: Site) -> None:
    page = signs.page
    page.reload()
    row = page.get_by_role("row", name=ann.shown_name).filter(has_text="0%")
    expect(row).to_contain_text("0 of ")
    row.scroll_into_view_if_needed()
    shoot(page, "report")
