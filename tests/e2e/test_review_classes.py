"""Questions about whole images: every option with the people behind it, one key each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.e2e.test_review_grid import answer_all
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
PETS = [{"id": n, "text": text} for n, text in enumerate(("Cat", "Dog", "Rabbit"), start=1)]


def rows(page: Page) -> Locator:
    card = page.get_by_role("complementary", name="Decision")
    return card.get_by_role("button").filter(has_not_text="Threads")


def open_review(person: Site, dataset: DatasetPages) -> Page:
    person.page.goto(f"{person.address}/review/{dataset.slug}")
    return person.page


def shoot(page: Page, name: str) -> None:
    if not SHOTS:
        return
    page.screenshot(path=Path(SHOTS) / f"{name}.png")
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": 390, "height": 780})
    page.screenshot(path=Path(SHOTS) / f"{name}-narrow.png")
    page.set_viewport_size(before)


def test_options_and_verdicts_are_settled_by_one_key_each(
    people: People, image_server: ImageServer
) -> None:
    team = [people.come(name, admin=True) for name in ("ann", "ben", "cyd")]
    rita = people.come("rita", admin=True)
    settings: dict[str, Any] = {"overlap": 3, "review_policy": "conflicts"}
    pets = rita.send_dataset(
        "Pets", interface="choice", options=PETS, question="Which pet is this?", **settings
    )
    names = [f"{number}.jpg" for number in range(180, 183)]
    pets.bring([image_server.url(f"/ok/{name}") for name in names])
    for person, accept in zip(team, ([1], [1], [2]), strict=True):
        answer_all(person, pets, {name: {"accept": accept} for name in names})

    page = open_review(rita, pets)
    expect(page.get_by_role("application")).to_be_visible()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(0)).to_contain_text("Proposal")
    expect(rows(page).nth(0)).to_contain_text("2 people")
    expect(rows(page).nth(1)).to_contain_text("1 person")
    # One question about the image needs no list of points.
    expect(page.get_by_role("navigation", name="Conflicts")).to_be_hidden()
    shoot(page, "classes")
    expect(page.get_by_text("3 images wait")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 images wait")).to_be_visible()
    page.keyboard.press("3")  # what nobody picked can be said, too
    expect(page.get_by_text("1 image waits")).to_be_visible()
    page.keyboard.press("Control+z")
    for name in names[1:]:
        expect(page.get_by_role("application", name=f"Image {name}")).to_be_visible()
        page.keyboard.press("2")
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
    expect(page.get_by_text("Saved")).to_be_visible()
    assert [line["accept"] for line in pets.final_lines()] == [[1], [2], [2]]


def test_accepted_or_rejected(people: People, image_server: ImageServer) -> None:
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    settings: dict[str, Any] = {"overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset(
        "Verdicts", interface="classification", question="Is there a sign?", **settings
    )
    signs.bring([image_server.url("/ok/184.jpg")])
    answer_all(ann, signs, {"184.jpg": {}})
    answer_all(ben, signs, {"184.jpg": {"answer": "reject"}})
    page = open_review(rita, signs)
    expect(rows(page)).to_have_text(["1accepted1 personA", "2rejected1 personB"])
    expect(page.get_by_text("It is a tie")).to_be_visible()
    shoot(page, "verdicts")
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
