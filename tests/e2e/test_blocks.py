"""Questions beside the image, by keys alone: made in the settings, answered, reviewed, exported."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench, ReviewBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")


def test_blocks_from_the_settings_to_the_export(
    people: People, image_server: ImageServer, tmp_path: Path
) -> None:
    moe, nat, ria = (people.come(name, admin=True) for name in ("moe", "nat", "ria"))
    streets = moe.create_dataset("Streets", interface="Draw shapes", labels=["stop", "yield"])
    streets.bring([image_server.url("/ok/30.jpg")])
    _ask(streets)

    _say_and_undo(moe, streets)
    other = _label(nat, streets)
    other.press("q")
    other.press("1")
    other.press("q")
    nat.page.keyboard.type("dry")
    other.press("Enter")
    other.answer("n")
    other.expect_all_done()

    _decide(ria, streets)
    moe.page.goto(f"{moe.address}/datasets/{streets.slug}")
    file = streets.export("JSONL", to=tmp_path)
    (line,) = [json.loads(row) for row in file.read_text().splitlines()]
    assert (line["answer"], line["spans"]) == ("accept", [])
    assert line["attributes"] == {"weather": "rain", "question-2": "dry"}


@pytest.mark.parametrize("interface", ["classification", "choice", "image"])
def test_digits_are_for_the_marked_block(
    people: People, image_server: ImageServer, interface: str
) -> None:
    zoe = people.come("zoe", admin=True)
    options = [{"id": 0, "text": "zero"}, {"id": "1", "text": "word"}, {"id": 1, "text": "one"}]
    blocks = [
        {"id": "which", "type": "choice", "title": "Which", "options": options, "multiple": True},
        {"id": "how", "type": "choice", "title": "How", "options": options},
    ]
    settings: dict[str, Any] = {"interface": interface, "question": "So?", "blocks": blocks}
    if interface == "choice":
        settings["options"] = [{"id": -1, "text": "left"}, {"id": 2, "text": "right"}]
    if interface == "image":
        settings["labels"] = ["sign"]
    dataset = zoe.send_dataset(f"beside-{interface}", overlap=1, **settings)
    url = image_server.url("/ok/31.jpg")
    dataset.bring([url])
    if interface == "image":
        span = {"x": 4, "y": 3, "width": 6, "height": 4, "label": "sign", "type": "rect"}
        dataset.suggest([{"url": url, "spans": [span]}])
    bench = _label(zoe, dataset)
    if interface == "choice":
        bench.press("2")
    for key in ("q", "1", "3", "q", "2"):
        bench.press(key)
    _shots(zoe.page, f"blocks-{interface}")
    if interface == "choice":  # after the last block the digits are the picture's again
        bench.press("q")
        bench.press("1")
        expect(zoe.page.get_by_role("radio", name="left")).to_be_checked()
    bench.answer("a")
    bench.expect_all_done()
    (given,) = dataset.own_answers()
    task = zoe.page.request.get(f"{zoe.address}/api/tasks/{given['task']}/mine/").json()["draft"]
    assert task["attributes"] == {"which": [0, 1], "how": "1"}
    assert task["accept"] == ([-1] if interface == "choice" else [])


def _ask(dataset: DatasetPages) -> None:
    """Adds a choice that is needed and a text to what is asked."""
    dataset.open("Settings")
    page = dataset.page
    dataset.site.button("Add a question").click()
    first = page.get_by_role("listitem", name="Question 1")
    first.get_by_label("Title").fill("Weather")
    first.get_by_label("Id in answers and exports").fill("weather")
    first.get_by_role("textbox", name="New options").fill("sun, rain")
    page.keyboard.press("Enter")
    first.get_by_label("Needed before").check()
    dataset.site.button("Add a question").click()
    second = page.get_by_role("listitem", name="Question 2")
    second.get_by_label("Title").fill("Remark")
    second.get_by_label("Kind of answer").select_option(label="Text")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/blocks-settings.png", full_page=True)
    dataset.save_settings()


def _say_and_undo(moe: Site, streets: DatasetPages) -> None:
    """Says all there is, goes back and forth in it, leaves the page, and accepts."""
    bench = _label(moe, streets)
    bench.canvas.click()
    bench.press("a")
    stop = moe.page.get_by_role("status").filter(has_text="Weather needs an answer.")
    expect(stop).to_be_visible()
    bench.press("q")
    bench.press("2")
    rain = moe.page.get_by_role("radio", name="rain")
    expect(rain).to_be_checked()
    expect(stop).to_be_hidden()
    bench.press("q")
    note = moe.page.get_by_role("textbox", name="Remark")
    expect(note).to_be_focused()
    # Every key of it has a meaning elsewhere.
    moe.page.keyboard.type("a wet 12 mx?")
    bench.press("Enter")
    expect(bench.canvas).to_be_focused()
    expect(note).to_have_value("a wet 12 mx?")
    _shots(moe.page, "blocks")
    # Undo goes through all that was said, in one line with the shapes.
    bench.press("Control+a")
    bench.press("Control+z")
    expect(note).to_have_value("")
    bench.press("Control+z")
    expect(rain).not_to_be_checked()
    bench.press("Control+Shift+z")
    bench.press("Control+Shift+z")
    expect(note).to_have_value("a wet 12 mx?")
    # What is begun is there again after the page was left.
    bench.press("s")
    expect(moe.page.get_by_title("What is not sent yet")).to_have_text("Saved")
    moe.page.reload()
    expect(note).to_have_value("a wet 12 mx?")
    expect(rain).to_be_checked()
    bench.answer("n")
    bench.expect_all_done()


def _decide(ria: Site, streets: DatasetPages) -> None:
    """Settles both blocks by the digits on their cards."""
    ria.page.goto(f"{ria.address}/review/{streets.slug}")
    review = ReviewBench(ria.page, streets.name)
    card = ria.page.get_by_role("complementary", name="Decision")
    expect(card.get_by_text("Weather: 1 of 2 says sun, 1 says rain")).to_be_visible()
    _shots(ria.page, "blocks-review")
    review.take("[AB] · rain")
    expect(card.get_by_text("Remark: 1 of 2 says")).to_be_visible()
    review.take("[AB] · dry")
    review.press("Enter")
    expect(ria.page.get_by_role("link", name="To the dataset")).to_be_visible()


def _label(person: Site, dataset: DatasetPages) -> LabellingBench:
    person.page.goto(f"{person.address}/label/{dataset.slug}")
    bench = LabellingBench(person.page, dataset.name)
    expect(bench.canvas).to_be_visible()
    return bench


def _shots(page: Page, name: str) -> None:
    """Keeps what the page looks like on a phone and on a wide screen."""
    before = page.viewport_size
    for width, height in ((360, 780), (1600, 900)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png")
    if before:
        page.set_viewport_size(before)
