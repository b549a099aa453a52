"""A manager renames, merges and retires labels of a dataset at work; the answers follow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.axe import expect_no_violations
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
MANY = "\n".join(f"class {n}" for n in range(1000))


def answer(person: Site, slug: str, label: str) -> None:
    (task,) = person.send(f"datasets/{slug}/next/", {"count": 1})["tasks"]
    place: dict[str, Any] = {"type": "rect", "x": 60, "y": 20, "width": 40, "height": 30}
    body = {"answer": "accept", "spans": [{**place, "label": label}], "lease": task["lease"]}
    person.send(f"tasks/{task['id']}/answer/", body)


def shoot(page: Page, name: str) -> None:
    """Pictures for the eye: light and dark, wide and narrow."""
    if not SHOTS:
        return
    for scheme in ("light", "dark"):
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # its words
            page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}-{width}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 720})


def at_work(people: People, image_server: ImageServer) -> tuple[Site, DatasetPages]:
    """One image that Ann calls stop and Ben calls halt."""
    kim = people.come("kim", admin=True)
    settings = {"labels": ["stop", "halt", "old"], "overlap": 2, "review_policy": "conflicts"}
    signs = kim.send_dataset("Merged", interface="image_manual", **settings)
    signs.bring([image_server.url("/ok/152.jpg")])
    for name, label in (("ann", "stop"), ("ben", "halt")):
        person = people.come(name)
        kim.send(f"datasets/{signs.slug}/members/", {"email": person.email, "role": "annotator"})
        answer(person, signs.slug, label)
    return kim, signs


def test_labels_are_merged_renamed_and_retired(people: People, image_server: ImageServer) -> None:
    kim, signs = at_work(people, image_server)
    page = kim.page
    signs.open("Settings")
    name_of_stop = page.get_by_role("textbox", name="Name of stop")
    expect(name_of_stop).to_have_value("stop")
    expect(page.get_by_text("1 shape", exact=True)).to_have_count(2)

    page.get_by_role("button", name="More for halt").click()
    page.get_by_role("menuitem", name="Merge into another").click()
    dialog = page.get_by_role("dialog", name="Merge halt into another label")
    into = dialog.get_by_role("combobox", name="Which label it goes into")
    into.click()
    page.get_by_role("option", name="stop").click()
    expect(dialog.get_by_text("1 shape in 1 answers counts as stop then.")).to_be_visible()
    expect(dialog.get_by_text("1 of them ends, because people then agree.")).to_be_visible()
    shoot(page, "merging-dialog")
    dialog.get_by_role("button", name="Merge halt into stop").click()
    expect(page.get_by_text("halt counts as stop")).to_be_visible()
    kim.see_end(f"datasets/{signs.slug}/labels/merging/")

    name_of_stop.fill("stop sign")
    name_of_stop.press("Enter")
    expect(page.get_by_text("halt counts as stop sign")).to_be_visible()
    page.get_by_role("button", name="More for old").click()
    page.get_by_role("menuitem", name="Retire").click()
    old = page.get_by_role("listitem").filter(has=page.get_by_role("textbox", name="Name of old"))
    expect(old).to_have_attribute("data-retired", "true")

    handle = page.get_by_role("button", name="Move stop sign, now at place 1")
    handle.focus()
    handle.press("End")
    moved = page.get_by_role("button", name="Move stop sign, now at place 3")
    expect(moved).to_be_focused()
    shoot(page, "labels-some")
    expect_no_violations(page)

    rows = page.request.get(f"{kim.address}/api/datasets/{signs.slug}/tasks/?label=stop sign")
    (row,) = rows.json()["results"]
    assert (row["state"], row["labels"]) == ("final", ["stop sign"])


def test_a_thousand_labels_come_from_a_list(people: People) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Thousand", interface="image_manual", labels=["class 1"], overlap=1)
    page = kim.page
    signs.open("Settings")
    page.get_by_role("button", name="Add a list of labels").click()
    dialog = page.get_by_role("dialog", name="Add a list of labels")
    dialog.get_by_role("textbox", name="The list, pasted or dropped here").fill(MANY)
    expect(dialog.get_by_text("999 new labels")).to_be_visible()
    expect(dialog.get_by_text("1 is there already")).to_be_visible()
    shoot(page, "label-list")
    dialog.get_by_role("button", name="Add 999 labels").click()
    search = page.get_by_role("searchbox", name="Find a label")
    expect(search).to_have_attribute("placeholder", "Find one of 1000 labels")
    assert page.get_by_role("textbox", name="Name of class").count() < 60, "those in sight"
    shoot(page, "labels-many")
    search.fill("class 777")
    expect(page.get_by_role("textbox", name="Name of class 777")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name of class")).to_have_count(1)


def test_a_dataset_is_deleted_by_its_name_and_brought_back(people: People) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Ended", interface="image_manual", labels=["stop"], overlap=1)
    page = kim.page
    signs.open("Settings")
    page.get_by_role("button", name="Delete this dataset").click()
    dialog = page.get_by_role("dialog", name=f"Delete {signs.name}")
    sure = dialog.get_by_role("button", name="Delete it")
    expect(sure).to_be_disabled()
    dialog.get_by_role("textbox").fill(signs.name)
    sure.click()
    back = page.get_by_role("button", name=f"Bring back {signs.name}")
    back.click()
    expect(back).to_be_hidden()
    expect(page.get_by_role("link", name=signs.name)).to_be_visible()
