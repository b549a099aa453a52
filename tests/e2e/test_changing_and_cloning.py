"""A manager is told what a change does before it is made, and begins anew with a clone."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.pages import PATIENCE_WITH_JOBS, DatasetPages, Site
from tests.e2e.people import People
from tests.e2e.test_threads import answer
from tests.servers.images import ImageServer

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def ida(people: People) -> Site:
    return people.come("ida", admin=True)


@pytest.fixture
def signs(ida: Site, people: People, image_server: ImageServer) -> DatasetPages:
    """Both images have their only answers, which are final."""
    settings = {"labels": ["stop", "yield"], "overlap": 1, "review_policy": "conflicts"}
    rules = {"required_labels": ["stop"]}
    signs = ida.send_dataset("Signs", interface="image_manual", rules=rules, **settings)
    signs.bring([image_server.url(f"/ok/{number}.jpg") for number in (60, 61)])
    ann = people.come("ann")
    member = {"email": ann.email, "role": "annotator"}
    ida.send(f"datasets/{signs.slug}/members/", member)
    answer(ann, signs.slug, "stop")
    ida.page.reload()
    return signs


def test_what_a_change_does_is_said_and_a_clone_has_all_but_the_answers(
    ida: Site, signs: DatasetPages
) -> None:
    _more_answers(ida, signs)
    _a_new_name(ida, signs)
    _clone(ida, signs)


def _more_answers(ida: Site, signs: DatasetPages) -> None:
    page = ida.page
    signs.open("Settings")
    page.get_by_label("Description").fill("Of the street")
    count = page.get_by_role("textbox", name="How many people answer each image")
    count.fill("2")
    told = page.get_by_role("region", name="When you save")
    expect(told).to_contain_text("2 final images open again.")
    expect(told).to_contain_text("2 images are asked of more people. Further answers in all: 2.")
    ida.button("Save changes").click()
    dialog = page.get_by_role("dialog", name="Save these changes?")
    expect(dialog).to_contain_text("2 final images open again.")
    dialog.get_by_role("button", name="Leave it").click()
    expect(dialog).to_be_hidden()
    count.fill("1")
    expect(told).to_be_hidden()
    ida.button("Save changes").click()  # nothing is touched, so nothing is asked
    expect(page.get_by_text("The settings are saved")).to_be_visible()
    expect(ida.button("Save changes")).to_be_disabled()
    count.fill("2")
    ida.button("Save changes").click()
    ida.button("Save them").click()
    expect(ida.button("Save changes")).to_be_disabled()
    expect(count).to_have_value("2")


def _a_new_name(ida: Site, signs: DatasetPages) -> None:
    """The label is asked for by the rules, and so they ask for it under its new name."""
    page = ida.page
    name = page.get_by_label("Name of stop")
    name.fill("halt")
    expect(page.get_by_text("2 shapes are called so then")).to_be_visible()
    name.press("Enter")
    expect(page.get_by_label("Name of halt")).to_be_visible()
    reply = page.request.get(f"{ida.address}/api/datasets/{signs.slug}/")
    assert reply.json()["rules"]["required_labels"] == ["halt"]


def _clone(ida: Site, signs: DatasetPages) -> None:
    page = ida.page
    ida.go_to("Datasets")
    ida.button(f"More for {signs.name}").click()
    page.get_by_role("menuitem", name="Clone…").click()
    dialog = page.get_by_role("dialog", name=f"Clone {signs.name}")
    expect(dialog.get_by_label("Name")).to_have_value(f"Copy of {signs.name}")
    dialog.get_by_role("checkbox", name="The same people").check()
    dialog.get_by_role("checkbox", name="The same images").check()
    page.set_viewport_size(PHONE)
    assert page.evaluate(TOO_WIDE) <= 0
    page.set_viewport_size(DESK)
    dialog.get_by_role("button", name="Clone").click()
    expect(page.get_by_role("heading", name=f"Copy of {signs.name}")).to_be_visible()
    standing = page.get_by_role("img", name="0 of 2 final, 0 in conflict, 0 answered")
    expect(standing).to_be_visible(timeout=PATIENCE_WITH_JOBS)
    slug = page.url.rpartition("/")[2]
    copy = DatasetPages(ida, f"Copy of {signs.name}", slug=slug)
    copy.open("People")
    expect(page.get_by_role("row", name="ann-")).to_be_visible()
    copy.open("Settings")
    expect(page.get_by_label("Name of halt")).to_be_visible()
