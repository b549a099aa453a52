"""Many conflicts beside one another: selected, decided and taken back by keys alone."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
SIGN, LONE = (60, 30, 50, 40), (10, 80, 30, 20)


def box(place: Sequence[int], label: str) -> dict[str, Any]:
    x, y, width, height = place
    return {"type": "rect", "x": x, "y": y, "width": width, "height": height, "label": label}


def answer_all(person: Site, dataset: DatasetPages, bodies: dict[str, dict[str, Any]]) -> None:
    """Answers every image as a script does, by its name."""
    for _ in bodies:
        (task,) = person.send(f"datasets/{dataset.slug}/next/", {"count": 1})["tasks"]
        body = {"answer": "accept", "lease": task["lease"], **bodies[task["images"][0]["name"]]}
        person.send(f"tasks/{task['id']}/answer/", body)


class GridBench:
    """The tiles, and the keys that act on them."""

    def __init__(self, person: Site, dataset: DatasetPages, search: str = "") -> None:
        self.page: Page = person.page
        self.page.goto(f"{person.address}/review/{dataset.slug}/grid{search}")
        self.grid = self.page.get_by_role("listbox", name="Conflicts")

    def tiles(self) -> Locator:
        return self.grid.get_by_role("option")

    def expect_tiles(self, count: int) -> None:
        """So many are there, and their pictures are."""
        expect(self.tiles()).to_have_count(count)
        self.page.wait_for_function(
            "grid => [...grid.querySelectorAll('img')].every((i) => i.complete && i.naturalWidth)",
            arg=self.grid.element_handle(),
        )

    def expect_selected(self, *places: int) -> None:
        expect(self.grid.get_by_role("option", selected=True)).to_have_count(len(places))
        for place in places:
            expect(self.tiles().nth(place)).to_have_attribute("aria-selected", "true")

    def expect_focus(self, place: int) -> None:
        expect(self.tiles().nth(place)).to_be_focused()

    def expect_decided(self, count: int) -> None:
        expect(self.grid.locator("[data-state=said]")).to_have_count(count)

    def expect_saved(self) -> None:
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def shoot(self, name: str) -> None:
        if not SHOTS:
            return
        before = self.page.viewport_size
        assert before is not None
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.screenshot(path=Path(SHOTS) / f"{name}-{scheme}.png")
        self.page.set_viewport_size({"width": 390, "height": 780})
        self.page.screenshot(path=Path(SHOTS) / f"{name}-narrow.png")
        self.page.set_viewport_size(before)


def test_boxes_are_settled_many_at_a_time(people: People, image_server: ImageServer) -> None:
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Many", interface="image_manual", coverage=0, **settings)
    names = [f"{number}.jpg" for number in range(150, 162)]
    signs.bring([image_server.url(f"/ok/{name}") for name in names])
    lone = names[-2:]
    answer_all(
        ann,
        signs,
        {name: {"spans": [box(LONE if name in lone else SIGN, "stop")]} for name in names},
    )
    answer_all(
        ben,
        signs,
        {name: {"spans": [] if name in lone else [box(SIGN, "yield")]} for name in names},
    )

    bench = GridBench(rita, signs)
    bench.expect_tiles(12)
    bench.expect_focus(0)
    bench.shoot("grid")
    _select(bench)
    _say_and_take_back(bench, signs)
    _say_the_rest(bench)
    _look_at_whole_images(bench)
    assert len(signs.final_lines()) == 12


def _select(bench: GridBench) -> None:
    # A range takes what goes together, and says what it left out.
    bench.press("Space", "ArrowRight", "ArrowRight", "Space")
    bench.expect_selected(0, 2)
    bench.press("End", "Space")
    expect(bench.page.get_by_text("the others ask something else")).to_be_visible()
    bench.expect_selected(0, 2)
    bench.press("Escape")
    bench.expect_selected()
    bench.press("Home", "Shift+ArrowRight", "Shift+ArrowRight")
    bench.expect_selected(0, 1, 2)
    bench.shoot("grid-selected")


def _say_and_take_back(bench: GridBench, signs: DatasetPages) -> None:
    # A tie proposes nothing; a digit says it of all three, and takes them back as one.
    bench.press("Enter")
    expect(bench.page.get_by_text("3 are ties")).to_be_visible()
    bench.press("1")
    bench.expect_decided(3)
    bench.expect_focus(3)
    bench.press("2")
    bench.expect_decided(4)
    bench.press("Control+z", "Control+z")
    expect(bench.page.get_by_text("3 are open again.")).to_be_visible()
    bench.expect_decided(0)
    bench.expect_saved()
    assert signs.final_lines() == []
    bench.press("Control+Shift+z")
    bench.expect_decided(3)
    bench.expect_saved()
    assert [line["spans"][0]["label"] for line in signs.final_lines()] == ["stop"] * 3


def _say_the_rest(bench: GridBench) -> None:
    # All that go together: relabelled; then what only one person drew goes.
    bench.expect_focus(3)
    bench.press("Control+a")
    bench.expect_selected(*range(3, 10))
    bench.press("2")
    bench.expect_decided(10)
    bench.shoot("grid-decided")
    bench.expect_focus(10)
    bench.press("Control+a", "Delete")
    expect(bench.page.get_by_role("heading", name="Nothing is in dispute")).to_be_visible()
    bench.expect_saved()
    bench.shoot("grid-empty")


def _look_at_whole_images(bench: GridBench) -> None:
    # Where somebody was alone with a box, the whole image is still to be looked at.
    bench.page.get_by_role("link", name="2 images still ask: anything missed?").click()
    expect(bench.page.get_by_role("heading", name="Anything missed?")).to_be_visible()
    bench.press("Enter")
    expect(bench.page.get_by_text("1 image waits")).to_be_visible()
    bench.press("Enter")
    expect(bench.page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()


def test_whole_images_are_settled_by_digits_alone(
    people: People, image_server: ImageServer
) -> None:
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    options = [{"id": "cat", "text": "Cat"}, {"id": "dog", "text": "Dog"}]
    settings = {"options": options, "overlap": 2, "review_policy": "conflicts"}
    pets = rita.send_dataset("Digits", interface="choice", question="What is it?", **settings)
    names = [f"{number}.jpg" for number in range(170, 176)]
    pets.bring([image_server.url(f"/ok/{name}") for name in names])
    answer_all(ann, pets, {name: {"accept": ["cat"]} for name in names})
    answer_all(ben, pets, {name: {"accept": ["dog"]} for name in names})

    bench = GridBench(rita, pets)
    bench.expect_tiles(6)
    bench.expect_focus(0)
    bench.shoot("grid-classes")
    for place, key in enumerate("12112"):
        bench.expect_focus(place)
        bench.press(key)
    bench.expect_decided(5)
    bench.press("Control+z")
    bench.expect_decided(4)
    bench.expect_focus(4)

    # Somebody else has the last one open: it is left out, and the page says why.
    rob = people.come("rob", admin=True)
    bench.expect_saved()
    held = rob.send(f"datasets/{pets.slug}/review/next/", {"count": 5})["tasks"]
    assert len(held) == 2
    bench.press("Control+a", "1")
    expect(bench.page.get_by_text(re.compile("0 decided, 2 could not be"))).to_be_visible()
    expect(bench.page.get_by_text("Another reviewer has it open").first).to_be_visible()
    bench.shoot("grid-left")
    picked = {line["image"].rpartition("/")[2]: line["accept"] for line in pets.final_lines()}
    assert [picked[name] for name in names[:4]] == [["cat"], ["dog"], ["cat"], ["cat"]]


def test_what_cannot_be_fetched_is_asked_for_again(
    people: People, image_server: ImageServer
) -> None:
    rita = people.come("rita", admin=True)
    signs = rita.send_dataset("Broken", interface="image_manual", labels=["stop"])
    rita.page.route("**/review/conflicts/**", lambda route: route.fulfill(status=500, body="{}"))
    bench = GridBench(rita, signs)
    retry = bench.page.get_by_role("alert").get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    bench.shoot("grid-error")
    rita.page.unroute("**/review/conflicts/**")
    retry.click()
    expect(bench.page.get_by_role("heading", name="Nothing is in dispute")).to_be_visible()
