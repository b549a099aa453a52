"""What a lead reads from Insights, and that each number leads to the images behind it."""

from __future__ import annotations

import os
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer
from tests.servers.stack import LiveStack

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
FIRST, IMAGES = 150, 45
"""On each of them Ben overlooks the second sign: fewer reviewed ones would promise nothing."""


def box(x: int, label: str) -> dict[str, Any]:
    return {"type": "rect", "x": x, "y": 4, "width": 20, "height": 16, "label": label}


STOP, YIELD = box(4, "stop"), box(36, "yield")


def test_a_lead_reads_what_to_do_and_opens_what_is_behind(
    people: People, image_server: ImageServer, live_stack: LiveStack
) -> None:
    mia, ann, ben = people.come("mia", admin=True), people.come("ann"), people.come("ben")
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = mia.send_dataset("Measured", interface="image_manual", **settings)
    signs.bring([image_server.url(f"/ok/{FIRST + n}.jpg") for n in range(IMAGES)])
    for person in (ann, ben):
        signs.add_member(person)
    _answer(ann, signs, STOP, YIELD)
    _answer(ben, signs, STOP)
    decided = _decide(mia, signs)
    assert decided == IMAGES
    live_stack.learn(signs.slug)
    page = mia.page
    page.goto(f"{mia.address}/datasets/{signs.slug}/insights")
    people_table = _section(page, "People")
    expect(people_table).to_be_visible(timeout=60_000)
    _read_people(people_table, ann, ben)
    _read_agreement(page)
    _see_targets(page)
    _shoot(page)
    _follow(page, people_table, ben)


def _answer(person: Site, signs: DatasetPages, *boxes: dict[str, Any]) -> None:
    for _ in range(IMAGES):
        (task,) = person.send(f"datasets/{signs.slug}/next/", {"count": 1})["tasks"]
        body = {"answer": "accept", "spans": boxes, "lease": task["lease"], "seconds": 4.0}
        person.send(f"tasks/{task['id']}/answer/", body)


def _decide(mia: Site, signs: DatasetPages) -> int:
    """Every sign that Ben overlooked is there; returns how many she decided."""
    done = 0
    while tasks := mia.send(f"datasets/{signs.slug}/review/next/", {"count": 1})["tasks"]:
        (task,) = tasks
        decisions = [{"conflict": each["id"], "action": "accept"} for each in task["conflicts"]]
        body = {"lease": task["lease"], "decisions": decisions, "final": True}
        mia.send(f"tasks/{task['id']}/decisions/", body, If_Match=f'"{task["version"]}"')
        done += 1
    return done


def _section(page: Page, name: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=name, exact=True))


def _read_people(table: Locator, ann: Site, ben: Site) -> None:
    row = table.get_by_role("row", name=ben.shown_name)
    expect(row).to_contain_text(f"{IMAGES} of {2 * IMAGES}")
    expect(row).to_contain_text("4s")
    expect(table.get_by_role("row", name=ann.shown_name)).to_contain_text(f"0 of {2 * IMAGES}")


def _read_agreement(page: Page) -> None:
    agreement = _section(page, "Agreement")
    expect(agreement.get_by_text("Krippendorff's alpha")).to_be_visible()
    # One said what the other did not on every image: alike on one sign of two.
    expect(agreement.get_by_role("cell", name="67%").first).to_be_visible()


def _see_targets(page: Page) -> None:
    """The slider tells for each share of errors what is left to review, or how many reviews it
    takes until that can be told."""
    section = _section(page, "What you would still review")
    slider = section.get_by_role("slider", name="Errors among what is not reviewed")
    expect(slider).to_have_attribute("aria-valuetext", "2%")
    expect(section).to_contain_text("2% cannot be promised yet")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "15%")
    expect(section).to_contain_text("At 15% error you review")


def _follow(page: Page, table: Locator, ben: Site) -> None:
    table.get_by_role("row", name=ben.shown_name).get_by_role("link").nth(1).click()
    expect(page).to_have_url(re.compile(r"/data\?behind=missed"))
    shown = page.get_by_role("main").get_by_role("link", name=".jpg")
    expect(shown).to_have_count(IMAGES)


def _shoot(page: Page) -> None:
    if not SHOTS:
        return
    for width in (390, 1440):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{SHOTS}/insights-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})
