"""Shapes locked, hidden and taken along to the next image."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import Site
from tests.e2e.people import People
from tests.servers.images import ImageServer


class Arranger(LabellingBench):
    def row(self, number: int) -> Locator:
        return self.page.locator(f"li[aria-posinset='{number}']")

    def choose(self, number: int) -> Locator:
        return self.row(number).get_by_role("button", name=re.compile(r"^car \d+, "))

    def toggle(self, number: int, what: str) -> Locator:
        row = self.row(number)
        row.hover()
        return row.get_by_role("button", name=what)

    def expect_shapes(self, count: int) -> None:
        heading = self.page.get_by_role("heading", name=f"Shapes ({count})", exact=True)
        expect(heading).to_be_visible()


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def test_a_locked_and_a_hidden_box_and_both_on_the_next_image(
    kim: Site, image_server: ImageServer
) -> None:
    cars = kim.send_dataset("Cars", interface="image_manual", labels=["car"], overlap=1)
    cars.bring([image_server.url(f"/ok/{n}.jpg") for n in (321, 322)])
    kim.button("Label images").click()
    bench = Arranger(kim.page, cars.name)
    bench.draw_box(300, 200, 400, 300)
    bench.draw_box(450, 200, 550, 300)
    bench.expect_shapes(2)

    bench.toggle(1, "Lock").click()
    bench.choose(1).click()
    bench.press("Delete")
    bench.expect_shapes(2)

    # Hidden it is out of the way of a click, but part of the answer.
    bench.toggle(2, "Hide").click()
    bench.press("v")
    bench.canvas.click(position={"x": 500, "y": 250})
    expect(bench.choose(2)).to_have_attribute("aria-pressed", "false")
    bench.answer("a")

    bench.expect_shapes(0)
    bench.press("l")
    bench.expect_shapes(2)
    bench.answer("a")
    bench.expect_all_done()

    first, second = (
        [(span["x"], span["y"], span["width"], span["height"]) for span in line["spans"]]
        for line in cars.final_lines()
    )
    assert len(first) == 2
    assert sorted(first) == sorted(second)
