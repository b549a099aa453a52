"""A dataset from its first word to its first images, in the steps in which a person makes it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.e2e.pages import DatasetPages, Site, unique
from tests.e2e.people import People
from tests.servers.images import ImageServer

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 720}
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
REFUSED = {"code": "unavailable", "title": "Not now", "status": 503}


def test_from_a_template_to_the_first_images(people: People, image_server: ImageServer) -> None:
    gus = people.come("gus", admin=True)
    known = people.account("ann")
    page = gus.page
    name = unique("Guided")
    gus.go_to("Datasets")
    gus.button("New dataset").click()
    _question(gus, name)
    _people(page, known)
    page.get_by_label("Or paste addresses").fill(image_server.url("/ok/41.jpg"))
    _come_back(page, name, known)

    _make_with_one_who_fails(page, "newcomer@example.org")
    gus.button("Bring images").click()
    look = page.get_by_role("region", name="What the list holds")
    expect(look.get_by_role("row", name="41.jpg")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Import")).click()
    slug = page.url.partition("/datasets/")[2].partition("/")[0]
    signs = DatasetPages(gus, name, slug=slug)
    signs.wait_for_import(lines=1)
    signs.open("People")
    expect(page.get_by_role("row", name=known).get_by_role("combobox")).to_have_value("Reviewer")
    expect(page.get_by_role("row", name="newcomer@example.org")).to_contain_text("invited")

    page.goto(f"{gus.address}/datasets/new")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    expect(gus.button("Start over")).to_have_count(0)


def _question(gus: Site, name: str) -> None:
    page = gus.page
    seen = page.get_by_role("complementary", name="What people will see")
    page.get_by_role("radio", name="Several of many").check()
    gus.button("Next").click()
    field = page.get_by_label("Name", exact=True)
    expect(field).to_be_focused()
    expect(page.get_by_text("The dataset needs a name.")).to_be_visible()
    field.fill(name)
    page.get_by_role("textbox", name="shown above").fill("What is the weather like?")
    expect(seen.get_by_role("heading", name="What is the weather like?")).to_be_visible()
    for option in ("Sun", "Rain"):
        page.get_by_role("textbox", name="New options").fill(option)
        page.keyboard.press("Enter")
    _try(seen)
    page.get_by_role("radio", name="Boxes", exact=True).check()
    page.get_by_role("textbox", name="New labels").fill("stop, yield")
    page.keyboard.press("Enter")
    expect(seen.get_by_role("button", name="2 yield")).to_be_visible()
    page.get_by_label("Name of yield").fill("give way")
    expect(seen.get_by_role("button", name="2 give way")).to_be_visible()
    page.keyboard.press("Enter")  # it goes on


def _try(seen: Locator) -> None:
    """The options are those of the real page, down to their manners."""
    for option in ("Sun", "Rain"):
        seen.get_by_role("checkbox", name=option).click()
        expect(seen.get_by_role("checkbox", name=option)).to_be_checked()
    seen.get_by_role("checkbox", name="Sun").click()
    expect(seen.get_by_role("checkbox", name="Sun")).not_to_be_checked()


def _people(page: Page, known: str) -> None:
    field = page.get_by_role("combobox", name="E-mail of the person to add")
    field.fill(known[:8])
    page.get_by_role("option", name=known).click()
    page.get_by_role("combobox", name="Role", exact=True).click()
    page.get_by_role("option", name="Reviewer").click()
    page.get_by_role("button", name="Add", exact=True).click()
    field.fill("newcomer@example.org, nobody")
    field.press("Enter")
    expect(page.get_by_text("nobody is no e-mail address.")).to_be_visible()
    page.get_by_role("button", name="Next", exact=True).click()  # what is typed is not dropped
    expect(field).to_have_value("nobody")
    expect(field).to_be_focused()
    field.fill("")
    field.press("Enter")  # with nothing typed it goes on
    expect(page.get_by_label("Or paste addresses")).to_be_visible()


def _come_back(page: Page, name: str, known: str) -> None:
    """Neither a reload nor a phone nor the way back loses anything."""
    page.reload()
    expect(page.get_by_label("Or paste addresses")).to_have_value(re.compile("41.jpg"))
    page.set_viewport_size(PHONE)
    for step in ("2 People", "1 Question"):
        assert page.evaluate(TOO_WIDE) <= 0
        page.get_by_role("button", name="Back", exact=True).click()
        expect(page.get_by_role("button", name=step)).to_have_attribute("aria-current", "step")
    expect(page.get_by_label("Name", exact=True)).to_have_value(name)
    page.get_by_role("button", name="Show what people will see").click()
    expect(page.get_by_role("application", name="An example to try")).to_be_visible()
    assert page.evaluate(TOO_WIDE) <= 0
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="2 People").click()
    expect(page.get_by_role("list", name="Who works on it")).to_contain_text(known)


def _make_with_one_who_fails(page: Page, newcomer: str) -> None:
    """The mail server is away for one moment: the dataset is there all the same."""

    def refuse(route: Route) -> None:
        asks = route.request.method == "POST" and newcomer in (route.request.post_data or "")
        if asks:
            route.fulfill(status=503, json=REFUSED)
        else:
            route.fallback()

    page.route("**/members/", refuse)
    page.get_by_role("button", name="Make the dataset").click()
    expect(page.get_by_text("One person could not be added.")).to_be_visible()
    page.unroute("**/members/", refuse)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label(f"Link for {newcomer}")).to_have_value(re.compile("/invitations/"))


def test_what_the_server_refuses_is_told_with_its_field(people: People) -> None:
    hal = people.come("hal", admin=True)
    page = hal.page
    page.goto(f"{hal.address}/datasets/new")
    taken = hal.send_dataset("Taken", interface="classification", question="A sign?").name
    page.goto(f"{hal.address}/datasets/new")
    page.get_by_label("Name", exact=True).fill(taken.upper())
    expect(page.get_by_text("There is a dataset of this name already.")).to_be_visible()
    page.get_by_role("textbox", name="New labels").fill("x" * 101)
    page.keyboard.press("Enter")
    hal.button("Next").click()
    hal.button("Next").click()
    hal.button("Make the dataset").click()
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    expect(page.get_by_text("1 to 100 printable characters").first).to_be_visible()
