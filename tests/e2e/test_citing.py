"""A decision cites a paragraph of the guideline; the annotator sees it, and says otherwise."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.benches import ReviewBench
from tests.e2e.pages import Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
TEXT = "# Labels\nA yield sign stands on its tip.\n\n- Red is stop\n"


def answer(person: Site, slug: str, label: str) -> None:
    (task,) = person.send(f"datasets/{slug}/next/", {"count": 1})["tasks"]
    place: dict[str, Any] = {"type": "rect", "x": 60, "y": 20, "width": 40, "height": 30}
    body = {"answer": "accept", "spans": [{**place, "label": label}], "lease": task["lease"]}
    person.send(f"tasks/{task['id']}/answer/", body)


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def test_a_cited_paragraph_from_the_decision_to_the_word_against_it(
    people: People, image_server: ImageServer
) -> None:
    rita = people.come("rita", admin=True)
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Cited", interface="image_manual", **settings)
    signs.bring([image_server.url("/ok/152.jpg")])
    page = rita.page
    reply = page.request.post(
        f"{rita.address}/api/datasets/{signs.slug}/guidelines/",
        data={"text": TEXT},
        headers={
            "X-CSRFToken": page.evaluate("document.cookie.match(/concord-csrf=([^;]+)/)[1]"),
            "Origin": rita.address,
            "If-Match": '"0"',
        },
    )
    assert reply.ok, reply.text()
    ann, ben = people.come("ann"), people.come("ben")
    for person, label in ((ann, "stop"), (ben, "yield")):
        member = {"email": person.email, "role": "annotator"}
        rita.send(f"datasets/{signs.slug}/members/", member)
        answer(person, signs.slug, label)

    page.goto(f"{rita.address}/review/{signs.slug}")
    bench = ReviewBench(page, signs.name)
    expect(page.get_by_role("heading", name="What is it?")).to_be_visible()
    bench.press("g")
    paragraphs = page.get_by_role("listbox", name="Paragraphs of the guideline")
    expect(paragraphs).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_text("guideline §2", exact=True)).to_be_visible()
    shoot(page, "citing")
    page.keyboard.press("Escape")
    expect(paragraphs).to_be_hidden()
    bench.take("stop")
    bench.press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()

    page.goto(f"{rita.address}/datasets/{signs.slug}/insights")
    expect(page.get_by_role("row", name="§2 Labels: Red is stop 1 Task 1")).to_be_visible()

    mine = ben.page
    mine.goto(f"{ben.address}/datasets/{signs.slug}/mine")
    item = mine.get_by_role("listitem", name="152.jpg")
    expect(item).to_contain_text("yield became stop")
    expect(item).to_contain_text("Guideline §2 Labels Red is stop")
    item.get_by_role("radio", name="Yours").focus()
    mine.keyboard.press("ArrowRight")
    expect(item.get_by_role("radio", name="Final")).to_be_checked()
    shoot(mine, "own-items-light")
    item.get_by_role("button", name="I see it otherwise").click()
    item.get_by_role("textbox", name="What do you see?").fill("It stands on its tip.")
    item.get_by_role("button", name="Send it to the reviewer").click()
    expect(item).to_contain_text("The reviewer has your word.")
    mine.set_viewport_size({"width": 390, "height": 844})
    shoot(mine, "own-items-narrow")

    page.goto(rita.address)
    page.get_by_role("button", name=f"Open: {signs.name}").click()
    threads = page.get_by_role("complementary", name="Threads")
    expect(threads).to_contain_text("It stands on its tip.")
    shoot(page, "thread-look")
