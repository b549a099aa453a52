"""Who was never here leads a team, and who has no mouse does all of it: by what the pages say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import PASSWORD, PATIENCE_WITH_JOBS, DatasetPages, Site, unique
from tests.e2e.people import People
from tests.e2e.test_data_browser import Browser
from tests.servers.images import ImageServer

IMAGES = 4
DISPUTED = 1
MOST_TABS = 80


def box(label: str) -> dict[str, Any]:
    return {"type": "rect", "x": 20, "y": 20, "width": 60, "height": 40, "label": label}


def answer(person: Site, slug: str, *labels: str) -> None:
    """One label for each image, in the order in which it is asked for."""
    for label in labels:
        (task,) = person.send(f"datasets/{slug}/next/", {"count": 1})["tasks"]
        body = {"answer": "accept", "spans": [box(label)], "lease": task["lease"]}
        person.send(f"tasks/{task['id']}/answer/", body)


def test_a_newcomer_leads_a_team_from_an_empty_page_to_a_file(
    people: People, image_server: ImageServer, tmp_path: Path
) -> None:
    nia = people.come("nia", admin=True)
    ann, ben = people.stranger("ann"), people.stranger("ben")
    page, name = nia.page, unique("First try")

    nia.go_to("Datasets")
    nia.button("New dataset").click()
    page.get_by_role("radio", name="Boxes", exact=True).check()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("textbox", name="New labels").fill("stop, yield")
    page.keyboard.press("Enter")
    nia.button("Next").click()
    for person in (ann, ben):
        page.get_by_role("combobox", name="E-mail of the person to add").fill(person.email)
        nia.button("Add").click()
    nia.button("Next").click()
    addresses = [image_server.url(f"/ok/{980 + n}.jpg") for n in range(IMAGES)]
    page.get_by_label("Or paste addresses").fill("\n".join(addresses))
    nia.button("Make the dataset").click()
    links = [page.get_by_label(f"Link for {who.email}").input_value() for who in (ann, ben)]
    nia.button("Bring images").click()
    page.get_by_role("button", name=re.compile("^Import")).click()
    slug = page.url.partition("/datasets/")[2].partition("/")[0]
    signs = DatasetPages(nia, name, slug=slug)
    signs.wait_for_import(lines=IMAGES)

    for person, link, called, last in (
        (ann, links[0], "Ann", "stop"),
        (ben, links[1], "Ben", "yield"),
    ):
        person.join(link, name=called)
        answer(person, slug, *["stop"] * (IMAGES - DISPUTED), last)

    # She watches: how far it is, who did what, and what is in dispute.
    signs.open("Progress")
    for called in ("Ann", "Ben"):
        expect(page.get_by_role("row", name=called)).to_contain_text(str(IMAGES))
    signs.open("Data")
    browser = Browser(page)
    browser.expect_count(IMAGES)
    browser.add("State")
    page.get_by_role("checkbox", name="conflicted").check()
    browser.expect_count(DISPUTED)
    page.keyboard.press("Escape")
    file = signs.export("JSONL", to=tmp_path)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["spans"][0]["label"] for line in lines] == ["stop"] * (IMAGES - DISPUTED)


class Hands:
    """Somebody who works by keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator) -> None:
        """Goes there by Tab, and sees where the focus is."""
        expect(wanted).to_be_visible(timeout=PATIENCE_WITH_JOBS)
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                assert wanted.evaluate("element => element.matches(':focus-visible')")
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def use(self, name: str | re.Pattern[str], role: Any = "button") -> None:
        self.reach(self.page.get_by_role(role, name=name))
        self.press("Enter")

    def go(self, place: str) -> None:
        self.press("Control+k")
        palette = self.page.get_by_role("dialog")
        expect(palette.get_by_role("combobox", name="Where to, or what to do?")).to_be_focused()
        self.type(place)
        expect(palette.get_by_role("option", selected=True)).to_contain_text(place)
        self.press("Enter")


def test_from_the_log_in_to_the_file_without_a_mouse(
    people: People, image_server: ImageServer
) -> None:
    lou = people.stranger("lou")
    lou.email = people.account("lou", admin=True)
    page, name, hands = lou.page, unique("By keys"), Hands(lou.page)

    page.goto(f"{lou.address}/login")
    hands.reach(page.get_by_label("E-mail"))
    hands.type(lou.email)
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(lou.button("Your menu")).to_be_visible()

    hands.go("New dataset")
    hands.reach(page.get_by_role("radio", name="Boxes", exact=True))
    for _ in range(3):
        hands.press("ArrowDown")
    expect(page.get_by_role("radio", name="Yes or no")).to_be_checked()
    hands.reach(page.get_by_label("Name", exact=True))
    hands.type(name)
    hands.reach(page.get_by_role("textbox", name="shown above"))
    hands.type("There is a sign")
    hands.press("Enter")
    hands.reach(page.get_by_role("textbox", name="How many people answer each image"))
    hands.press("Control+a")
    hands.type("1")
    hands.use("Next")
    hands.reach(page.get_by_label("Or paste addresses"))
    hands.type(image_server.url("/ok/990.jpg"))
    hands.use("Make the dataset")
    hands.use(re.compile("^Import"))
    slug = page.url.partition("/datasets/")[2].partition("/")[0]
    DatasetPages(lou, name, slug=slug).wait_for_import(lines=1)

    hands.use("Label images")
    bench = LabellingBench(page, name)
    bench.expect_image("990.jpg")
    bench.answer("a")
    bench.expect_all_done()
    hands.use("To the dataset", "link")
    hands.go("Export")
    hands.use("Make the file")
    download = page.get_by_role("link", name="Download")
    hands.reach(download)
    with page.expect_download() as coming:
        hands.press("Enter")
    (line,) = Path(coming.value.path()).read_text().splitlines()
    assert json.loads(line)["answer"] == "accept"
