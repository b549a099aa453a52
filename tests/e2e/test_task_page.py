"""One task's page: every version over its image, its history, and the way through the list."""

from __future__ import annotations

import os
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
NAMES = [f"{number}.jpg" for number in range(901, 904)]


def box(x: int, label: str) -> dict[str, Any]:
    return {"type": "rect", "x": x, "y": 20, "width": 40, "height": 30, "label": label}


def answer(person: Site, signs: DatasetPages, *boxes: dict[str, Any]) -> None:
    (task,) = person.send(f"datasets/{signs.slug}/next/", {"count": 1})["tasks"]
    body = {"answer": "accept", "spans": boxes, "lease": task["lease"]}
    person.send(f"tasks/{task['id']}/answer/", body)


def review(kim: Site, signs: DatasetPages, rules: dict[str, Any], *, final: bool) -> None:
    """Says of each conflict what `rules` say of its kind, or else of any."""
    (task,) = kim.send(f"datasets/{signs.slug}/review/next/", {"count": 1})["tasks"]
    decisions = [
        {"conflict": each["id"], **rules.get(each["kind"], rules["any"])}
        for each in task["conflicts"]
    ]
    body = {"lease": task["lease"], "decisions": decisions, "final": final}
    kim.send(f"tasks/{task['id']}/decisions/", body, If_Match=f'"{task["version"]}"')


def test_a_task_tells_how_it_went_and_leads_to_the_next(
    people: People, image_server: ImageServer
) -> None:
    kim, ann, ben = people.come("kim", admin=True), people.come("ann"), people.come("ben")
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = kim.send_dataset("Told", interface="image_manual", coverage=0, **settings)
    signs.bring([image_server.url(f"/ok/{name}") for name in NAMES])
    for person in (ann, ben):
        signs.add_member(person)
    answer(ann, signs, box(20, "stop"))
    answer(ben, signs, box(22, "yield"))
    back = {"action": "send_back", "fault": "label", "reason": "Look at its shape."}
    review(kim, signs, {"any": back}, final=False)
    answer(ann, signs, box(20, "stop"))
    answer(ben, signs, box(22, "yield"), box(70, "stop"))
    is_yield = {"action": "label", "label": "yield", "reason": "As the guideline says."}
    review(kim, signs, {"label": is_yield, "any": {"action": "accept"}}, final=True)

    signs.open("Data")
    page = kim.page
    signs.look_at(NAMES[0])
    _read_history(page, kim, ann, ben)
    _look_at_versions(page, ben)
    _shoot(page)
    _go_through_the_list(page)


def _read_history(page: Page, kim: Site, ann: Site, ben: Site) -> None:
    history = page.get_by_role("region", name="History")
    told = history.get_by_role("listitem")
    expect(told.first).to_contain_text("line 1 of")
    for text in (
        f"{ann.shown_name} answered: accept, 1 shape",
        f"{kim.shown_name} sent it back to {ben.shown_name}: a wrong label",
        "Look at its shape.",
        f"{ben.shown_name} changed the answer:",
        "added stop",
        "People differ on",
        "1 of 2 says",
        f"{kim.shown_name} said it is “yield”",
        "As the guideline says.",
        f"It became final: {kim.shown_name} decided it",
    ):
        expect(history).to_contain_text(text)
    times = history.locator("time")
    assert re.search(r"\d\d:\d\d|\d{4}", times.first.get_attribute("title") or "")


def _look_at_versions(page: Page, ben: Site) -> None:
    """The first save of Ben is shown from the history; V goes on to the others."""
    shown = page.get_by_role("group", name="What is shown")
    expect(shown.get_by_role("button", pressed=True)).to_have_text("Final")
    entry = page.get_by_role("region", name="History").get_by_role("listitem")
    entry.filter(has_text=f"{ben.shown_name} answered").get_by_role("button").click()
    expect(shown.get_by_role("button", pressed=True)).to_have_text(f"{ben.shown_name}, save 1")
    page.keyboard.press("v")
    expect(shown.get_by_role("button", pressed=True)).to_have_text("Final")


def _go_through_the_list(page: Page) -> None:
    for name in NAMES[1:]:
        page.keyboard.press("j")
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name=NAMES[1])).to_be_visible()
    page.go_back()
    expect(page.get_by_role("main").get_by_role("link", name=NAMES[0])).to_be_visible()


def _shoot(page: Page) -> None:
    if not SHOTS:
        return
    for width in (360, 1440):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{SHOTS}/task-{width}-{scheme}.png", full_page=width == 360)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
