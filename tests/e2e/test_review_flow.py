"""Conflicts settled by keys alone: how many presses, how fast, and the way back."""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import ReviewBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")

# Seven images with four conflicts and one with two: a label, an extent, and what one person drew.
LABEL, LOOSE = (10, 10, 40, 30), (70, 10, 40, 30)
WIDER, ANNS, BENS = (70, 10, 70, 30), (160, 60, 40, 40), (10, 80, 40, 40)
KEYS = {"What is it?": "1", "How far does it reach?": "Enter", "Is it there?": "x"}

# When a key goes down, and when another step is painted: which image, and which row is pressed.
WATCH = """() => {
    const step = () => {
        const image = document.querySelector('[role=application]')?.getAttribute('aria-label');
        const rows = [...document.querySelectorAll('nav[aria-label=Conflicts] button')];
        return `${image} ${rows.findIndex((row) => row.ariaPressed === 'true')}`;
    };
    window.step = step;
    window.steps = [];
    window.addEventListener('keydown', () => {
        const [before, start] = [step(), performance.now()];
        const look = () => {
            if (step() !== before) window.steps.push(performance.now() - start);
            else if (performance.now() - start < 5000) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, true);
}"""


def box(place: Sequence[int], label: str) -> dict[str, Any]:
    x, y, width, height = place
    return {"type": "rect", "x": x, "y": y, "width": width, "height": height, "label": label}


def answer(person: Site, signs: DatasetPages, boxes: dict[str, list[dict[str, Any]]]) -> None:
    """Answers every image as a script does, by its name."""
    for _ in boxes:
        (task,) = person.send(f"datasets/{signs.slug}/next/", {"count": 1})["tasks"]
        spans = boxes[task["images"][0]["name"]]
        body = {"answer": "accept", "spans": spans, "lease": task["lease"]}
        person.send(f"tasks/{task['id']}/answer/", body)


def review(person: Site, signs: DatasetPages) -> ReviewBench:
    person.page.goto(f"{person.address}/review/{signs.slug}")
    return ReviewBench(person.page, signs.name)


def heading(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Decision").get_by_role("heading").first


def press(bench: ReviewBench, key: str) -> None:
    """Presses a key that leads to another step, and waits for that."""
    before = bench.page.evaluate("window.step()")
    bench.press(key)
    bench.page.wait_for_function("before => window.step() !== before", arg=before)


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def test_thirty_conflicts_by_keys_alone(people: People, image_server: ImageServer) -> None:
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Flow", interface="image_manual", **settings)
    names = [f"{number}.jpg" for number in range(150, 158)]
    signs.bring([image_server.url(f"/ok/{name}") for name in names])
    anns = [box(LABEL, "stop"), box(LOOSE, "stop"), box(ANNS, "stop")]
    bens = [box(LABEL, "yield"), box(WIDER, "stop"), box(BENS, "yield")]
    last = names[-1]
    answer(ann, signs, {name: anns[:2] if name == last else anns for name in names})
    answer(ben, signs, {name: bens[:2] if name == last else bens for name in names})

    bench = review(rita, signs)
    page = rita.page
    expect(heading(page)).to_be_visible()
    page.evaluate(WATCH)
    shoot(page, "review-dark")
    keys: dict[str, int] = {}
    conflicts = 0
    while bench.image() is not None:
        asked = heading(page).inner_text()
        conflicts += asked in KEYS
        keys[asked] = keys.get(asked, 0) + 1
        press(bench, KEYS.get(asked, "Enter"))
        expect(page.locator("dialog[open]")).to_have_count(0)
    assert conflicts == 30, keys
    assert sum(keys.values()) == 30 + keys["Anything missed?"]
    times = page.evaluate("window.steps")
    slowest = statistics.quantiles(times, n=20)[-1]
    print(f"next conflict: {statistics.median(times):.0f} ms, p95 {slowest:.0f} ms, n={len(times)}")

    # The way back leads over the border of images that are closed, step by step, and forth again.
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
    bench.press("Control+z")
    expect(page.get_by_role("application")).to_be_visible()
    undone = heading(page).inner_text()
    if undone not in KEYS:  # the look at the whole image was the last word
        press(bench, "Control+z")
        undone = heading(page).inner_text()
    before = page.evaluate("window.step()")
    press(bench, "Control+z")
    press(bench, "Control+Shift+z")
    assert page.evaluate("window.step()") == before
    for _ in range(2):
        if bench.image() is not None:
            press(bench, KEYS.get(heading(page).inner_text(), "Enter"))
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
    assert {line["answer"] for line in signs.final_lines()} == {"accept"}
    assert len(signs.final_lines()) == len(names)


def test_an_answer_goes_back_in_three_keys_and_returns_with_what_changed(
    people: People, image_server: ImageServer
) -> None:
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Back", interface="image_manual", **settings)
    signs.bring([image_server.url("/ok/150.jpg")])
    answer(ann, signs, {"150.jpg": [box(ANNS, "stop"), box(LABEL, "stop")]})
    answer(ben, signs, {"150.jpg": [box(LABEL, "stop")]})

    bench = review(rita, signs)
    page = rita.page
    expect(heading(page)).to_have_text("Is it there?")
    bench.press("s")
    expect(page.get_by_role("region", name="Send it back")).to_be_visible()
    expect(page.get_by_role("button", name="A", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    shoot(page, "send-back")
    bench.press("4")
    expect(page.get_by_role("radio", name="This is too much")).to_be_checked()
    bench.press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()

    # Ann finds it first, with the place and the reason in sight.
    ann.page.goto(f"{ann.address}/label/{signs.slug}")
    told = ann.page.get_by_role("region", name="A reviewer sent this back to you")
    expect(told).to_contain_text("This is too much")
    expect(ann.page.get_by_role("button", name=re.compile(r"^stop \d+, "))).to_have_count(2)
    shoot(ann.page, "sent-back")
    ann.page.get_by_role("button", name="Delete stop").first.click()
    ann.page.get_by_role("application").focus()
    ann.page.keyboard.press("Enter")
    expect(told).to_be_hidden()

    page.reload()
    note = page.get_by_role("heading", name="A after it was sent back")
    expect(note).to_be_visible()
    expect(page.get_by_text("stop is gone")).to_be_visible()
    shoot(page, "returned")
    page.set_viewport_size({"width": 400, "height": 800})
    shoot(page, "returned-narrow")
    bench.press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
