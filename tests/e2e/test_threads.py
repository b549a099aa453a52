"""A reviewer asks about a place in an image, the annotator answers, a link leads there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import ReviewBench
from tests.e2e.layers import SEEN
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
HOSTILE = "<img src=x onerror=document.title='owned'>"
PLACE = (60, 20, 40, 30)

# Which share of the view the dashed frame of a thread's place is wide: its colour is nobody else's.
PINNED = f"""stage => {{
    const columns = new Set();
    for (const layer of stage.querySelectorAll('canvas')) {{
        const {{ data, width }} = ({SEEN})(layer);
        for (let at = 0; at < data.length; at += 4) {{
            const near = [192, 139, 255].every((part, n) => Math.abs(data[at + n] - part) < 12);
            if (near && data[at + 3] > 200) columns.add((at / 4) % width);
        }}
    }}
    const places = [...columns];
    if (places.length === 0) return 0;
    const ratio = window.devicePixelRatio * stage.clientWidth;
    return (Math.max(...places) - Math.min(...places)) / ratio;
}}"""


def box(label: str) -> dict[str, Any]:
    x, y, width, height = PLACE
    return {"type": "rect", "x": x, "y": y, "width": width, "height": height, "label": label}


def answer(person: Site, slug: str, label: str) -> None:
    while tasks := person.send(f"datasets/{slug}/next/", {"count": 1})["tasks"]:
        (task,) = tasks
        body = {"answer": "accept", "spans": [box(label)], "lease": task["lease"]}
        person.send(f"tasks/{task['id']}/answer/", body)


def panel_of(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Threads")


def expect_zoomed(page: Page) -> None:
    """The place of the thread takes a good part of the view, not a corner of it."""
    stage = page.get_by_role("application").element_handle()
    page.wait_for_function(f"stage => ({PINNED})(stage) > 0.2", arg=stage)


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


@pytest.fixture
def signs(people: People, image_server: ImageServer) -> DatasetPages:
    """Two images, on both of which Ann says stop and Ben yield."""
    rita = people.come("rita", admin=True)
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Talk", interface="image_manual", **settings)
    signs.bring([image_server.url(f"/ok/{number}.jpg") for number in (150, 151)])
    return signs


def members(people: People, signs: DatasetPages) -> tuple[Site, Site]:
    """Ann and Ben, who label there and have answered everything."""
    both = (people.come("ann"), people.come("ben"))
    for person, label in zip(both, ("stop", "yield"), strict=True):
        body = {"email": person.email, "role": "annotator"}
        signs.site.send(f"datasets/{signs.slug}/members/", body)
        answer(person, signs.slug, label)
    return both


def ask(page: Page, text: str) -> None:
    """Writes into the focused field; a `@` picks the first who is offered."""
    field = panel_of(page).get_by_role("textbox", name="Ask or tell something")
    expect(field).to_be_focused()
    page.keyboard.type(text)


def test_a_thread_from_the_question_to_the_link(people: People, signs: DatasetPages) -> None:
    ann, _ = members(people, signs)
    rita, page = signs.site, signs.site.page
    page.goto(f"{rita.address}/review/{signs.slug}")
    bench = ReviewBench(page, signs.name)
    expect(page.get_by_role("heading", name="What is it?")).to_be_visible()
    first = bench.image()

    # By keys alone: open, call A, say it, send.
    bench.press("m")
    ask(page, "@A")
    page.keyboard.type(" is it one?")
    shoot(page, "threads-new")
    page.keyboard.press("Enter")
    thread = panel_of(page).get_by_role("listitem").first
    expect(thread).to_contain_text("@A is it one?")
    expect(page.get_by_role("button", name="Threads: 1 open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel_of(page)).to_be_hidden()

    # Ann finds it on her home page, and sees the place, but not who asks nor what Ben said.
    ann.page.goto(ann.address)
    ann.page.get_by_role("button", name=f"Open: {signs.name}").click()
    expect(panel_of(ann.page)).to_contain_text("a reviewer")
    expect(panel_of(ann.page)).to_contain_text("@you is it one?")
    expect(ann.page.get_by_role("application")).to_have_accessible_name(f"Image {first}")
    expect_zoomed(ann.page)
    shoot(ann.page, "threads-annotator")
    reply = panel_of(ann.page).get_by_role("textbox", name="Answer")
    expect(reply).to_be_focused()
    ann.page.keyboard.type(HOSTILE)
    ann.page.keyboard.press("Enter")
    expect(panel_of(ann.page)).to_contain_text(HOSTILE)
    assert "owned" not in ann.page.title()

    # The link leads Rita to the place, zoomed to it, with the thread open.
    link = ann.page.url
    page.goto(link)
    expect(page).to_have_url(re.compile(rf"/review/{signs.slug}\?thread="))
    expect(panel_of(page)).to_contain_text(HOSTILE)
    bench.expect_image(first or "")
    expect_zoomed(page)
    shoot(page, "threads-review")
    panel_of(page).get_by_role("button", name="Resolve").click()
    expect(panel_of(page)).to_contain_text("1 resolved")
    expect(page.get_by_role("button", name="0 open, 1 resolved")).to_be_visible()


def test_the_next_open_thread_is_on_another_image(people: People, signs: DatasetPages) -> None:
    ann, _ = members(people, signs)
    rita, page = signs.site, signs.site.page
    tasks = rita.send(f"datasets/{signs.slug}/review/next/", {"count": 2})["tasks"]
    place = dict(zip(("x", "y", "width", "height"), (100, 50, 20, 15), strict=True))
    names = dict[str, str]()
    for task in tasks:
        name = task["images"][0]["name"]
        thread = ann.send(f"tasks/{task['id']}/threads/", {"text": f"On {name}", "region": place})
        names[thread["id"]] = name
    page.goto(f"{rita.address}/review/{signs.slug}")
    bench = ReviewBench(page, signs.name)
    expect(page.get_by_role("button", name="Threads: 1 open")).to_be_visible()
    seen = []
    for _ in range(3):
        before = page.url
        bench.press("Shift+M")
        expect(page).not_to_have_url(before)
        expect(page).to_have_url(re.compile("thread="))
        seen.append(names[page.url.split("thread=")[1]])
        expect(panel_of(page).get_by_role("listitem")).to_contain_text(f"On {seen[-1]}")
        bench.expect_image(seen[-1])
        expect_zoomed(page)
        before = page.url
        panel_of(page).get_by_role("button", name="Close").click()
        expect(panel_of(page)).to_be_hidden()
        assert page.url == before
    assert seen[0] == seen[2] != seen[1]
