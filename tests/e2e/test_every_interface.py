"""Every interface by keys alone, on a phone and on a wide screen, in light and in dark.

What the pages look like there is kept for whoever sets CONCORD_SCREENSHOTS to a folder.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")
LOOKS = tuple(product((360, 1600), ("light", "dark")))

BOX = {"x": 40, "y": 30, "width": 60, "height": 40, "label": "stop", "type": "rect"}

# Whatever can be pressed and does not lie on the screen.
OFF_SCREEN = """() => [...document.querySelectorAll('button, a[href], [role=checkbox], input')]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }))
    .filter((part) => part.closest('[hidden], [inert], .visually-hidden') === null)
    .map((part) => ({ name: part.ariaLabel || part.innerText || part.title || part.id,
                      box: part.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
    .map(({ name, box }) => `${name} ${Math.round(box.left)}..${Math.round(box.right)}`)"""


@dataclass(frozen=True)
class Interface:
    """One interface, and the keys by which each of four tasks is answered."""

    name: str
    kind: str
    keys: Sequence[Sequence[str]]
    expected: Sequence[tuple[str, Any]]
    settings: dict[str, Any] = field(default_factory=dict)
    multiple: bool = False
    boxes: bool = False


INTERFACES = (
    Interface(
        "Statements",
        "Yes or no",
        (["a"], ["x"], ["Space"], ["Enter"]),
        (("accept", 0), ("reject", 0), ("ignore", 0), ("accept", 0)),
        {"question": "There is a stop sign that faces the road"},
    ),
    Interface(
        "Weathers",
        "Choose",
        (["2", "Enter"], ["1", "3", "a"], ["x"], ["Space"]),
        (("accept", ["rain"]), ("accept", ["snow"]), ("reject", []), ("ignore", [])),
        {"question": "What is the weather like?", "options": ["sun", "rain", "snow"]},
    ),
    Interface(
        "Signs",
        "Choose",
        (["1", "3", "Enter"], ["1", "2", "1", "a"], ["a"], ["x"]),
        (
            ("accept", ["stop", "speed-limit"]),
            ("accept", ["yield"]),
            ("accept", []),
            ("reject", []),
        ),
        {"question": "Which signs are there?", "options": ["stop", "yield", "speed limit"]},
        multiple=True,
    ),
    Interface(
        "Judged",
        "Judge boxes",
        (["a"], ["x"], ["Space"], ["Enter"]),
        (("accept", 0), ("reject", 0), ("ignore", 0), ("accept", 0)),
        {"labels": ["stop", "yield"]},
        boxes=True,
    ),
    Interface(
        "Drawn",
        "Draw shapes",
        (
            ["Control+a", "2", "Enter"],
            ["Control+a", "Delete", "n"],
            ["x"],
            ["y", "Control+a", "Control+d", "a"],
        ),
        # What a model offers is no part of an answer until somebody takes it.
        (("accept", 1), ("accept", 0), ("reject", 0), ("accept", 2)),
        {"labels": ["stop", "yield"]},
        boxes=True,
    ),
)


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.name.lower())
def test_by_keys_alone_in_every_look(
    people: People, image_server: ImageServer, interface: Interface
) -> None:
    person = people.come("kay", admin=True)
    dataset = _make(person, image_server, interface)
    person.page.goto(f"{person.address}/label/{dataset.slug}")
    bench = LabellingBench(person.page, dataset.name)
    seen: list[str] = []
    for (width, scheme), keys in zip(LOOKS, interface.keys, strict=True):
        name = bench.image()
        assert name is not None
        assert name not in seen
        seen.append(name)
        _look(person.page, f"{interface.name.lower()}-{width}-{scheme}", width=width, scheme=scheme)
        for key in keys[:-1]:
            bench.press(key)
        bench.answer(keys[-1])
    bench.expect_all_done()
    expect(person.page.get_by_role("link", name="To the dataset")).to_be_visible()
    assert _given(dataset, interface) == list(interface.expected)


def _make(person: Site, server: ImageServer, interface: Interface) -> DatasetPages:
    dataset = person.create_dataset(
        interface.name, interface=interface.kind, answers=1, review="Nothing", **interface.settings
    )
    urls = [server.url(f"/ok/{n}.jpg") for n in (5, 6, 7, 8)]
    dataset.bring(urls)
    if interface.multiple:
        dataset.open("Settings")
        person.page.get_by_text("Pick several", exact=True).click()
        dataset.save_settings()
    if interface.boxes:
        dataset.suggest([{"url": url, "spans": [BOX]} for url in urls])
    return dataset


def _look(page: Page, name: str, *, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 780 if width < 1000 else 900})
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OFF_SCREEN) == []
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=f"{SHOTS}/{name}.png")


def _given(dataset: DatasetPages, interface: Interface) -> list[tuple[str, Any]]:
    """What the server has, oldest first: the answer, and what was picked or how many shapes."""
    what = "accept" if interface.kind == "Choose" else "shapes"
    return [(row["answer"], row[what]) for row in reversed(dataset.own_answers())]
