"""What the work costs a hand: every mouse gesture and every key is counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.benches import Box, LabellingBench, Picture, Placed
from tests.e2e.people import People
from tests.servers.images import ImageServer

Point = tuple[float, float]
Frame = tuple[float, float, float, float]

# Images 140 and 141 of the server: their sizes, and their numbers times 37, 91, 53 modulo 256.
PICTURES = {
    "140.jpg": Picture(236, 130, (60, 196, 252)),
    "141.jpg": Picture(237, 131, (97, 31, 49)),
}


@dataclass
class Acts:
    """What a hand has done: gestures of the mouse, and presses of keys."""

    gestures: int = 0
    keys: int = 0


class CountingHand(LabellingBench):
    """Works on the image by single acts, and notes each. It looks for nothing: that costs none."""

    acts = Acts()
    placed: Placed

    def come_to(self, name: str) -> None:
        self.expect_image(name)
        self.placed = self._placed(PICTURES[name])

    def drag(self, start: Point, end: Point) -> tuple[Point, Point]:
        """One gesture between points of the image; the ones nearest to them on the screen."""
        mouse = self.page.mouse
        first, last = self.placed.to_screen(*start), self.placed.to_screen(*end)
        mouse.move(*first)
        mouse.down()
        mouse.move((first[0] + last[0]) // 2, (first[1] + last[1]) // 2)
        mouse.move(*last)
        mouse.up()
        self.acts.gestures += 1
        return self.placed.to_image(*first), self.placed.to_image(*last)

    def draw_box(self, label: str, left: float, top: float, right: float, bottom: float) -> Box:
        """One gesture; what it must come to, with the label that the box should have."""
        (x, y), (far_x, far_y) = self.drag((left, top), (right, bottom))
        return Box(label, x, y, far_x - x, far_y - y)

    def strike(self, key: str) -> None:
        self.press(key)
        self.acts.keys += 1

    def spent(self) -> tuple[int, int]:
        """Gestures and keys since it was asked last."""
        acts, self.acts = self.acts, Acts()
        return acts.gestures, acts.keys

    def expect_listed(self, *labels: str) -> None:
        """These shapes are in the list, in this order."""
        side = self.page.get_by_role("complementary", name="Answer")
        rows = side.get_by_role("button", name=re.compile(r"^\w+ \d+, \d+×\d+ at"))
        expect(rows).to_have_text([re.compile(label) for label in labels])


def test_each_step_costs_no_more_than_it_must(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset(
        "Counted", interface="image_manual", labels=["stop", "yield"], overlap=1
    )
    signs.bring([image_server.url(f"/ok/{name}") for name in PICTURES])
    kim.button("Label images").click()
    hand = CountingHand(kim.page, signs.name)
    hand.come_to("140.jpg")

    first = hand.draw_box("stop", 70, 55, 110, 90)
    hand.expect_listed("stop")
    assert hand.spent() == (1, 0)

    # The last label stays: the next box of the same one is a drag and nothing else.
    second = hand.draw_box("stop", 130, 15, 170, 40)
    hand.expect_listed("stop", "stop")
    assert hand.spent() == (1, 0)

    # Another label is one key, here after the drag; it stays in turn.
    third = hand.draw_box("yield", 135, 60, 165, 90)
    hand.strike("2")
    hand.expect_listed("stop", "stop", "yield")
    assert hand.spent() == (1, 1)
    fourth = hand.draw_box("yield", 180, 60, 215, 90)
    hand.expect_listed("stop", "stop", "yield", "yield")
    assert hand.spent() == (1, 0)

    # The right edge of the box just drawn was wrong: it is taken anywhere along its length.
    _, (right, _) = hand.drag((215, 70), (225, 75))
    fourth = Box("yield", fourth.x, fourth.y, right - fourth.x, fourth.height)
    assert hand.spent() == (1, 0)

    hand.strike("a")
    hand.come_to("141.jpg")
    assert hand.spent() == (0, 1)

    # The key for the label may also come before the drag.
    hand.strike("1")
    fifth = hand.draw_box("stop", 80, 60, 200, 120)
    hand.expect_listed("stop")
    assert hand.spent() == (1, 1)
    hand.strike("a")
    hand.expect_all_done()
    assert hand.spent() == (0, 1)

    exported = _boxes(signs.final_lines())
    _compare(exported["140.jpg"], [first, second, third, fourth])
    _compare(exported["141.jpg"], [fifth])


def _boxes(records: list[dict[str, Any]]) -> dict[str, list[Box]]:
    return {
        record["image"].rpartition("/")[2]: [
            Box(span["label"], *(span[side] for side in ("x", "y", "width", "height")))
            for span in record["spans"]
        ]
        for record in records
    }


def _compare(found: Sequence[Box], wanted: Sequence[Box]) -> None:
    """The same boxes in any order, every number within half a pixel."""
    found, wanted = sorted(found, key=_frame), sorted(wanted, key=_frame)
    assert [box.label for box in found] == [box.label for box in wanted]
    for box, other in zip(found, wanted, strict=True):
        assert _frame(box) == pytest.approx(_frame(other), abs=0.5)


def _frame(box: Box) -> Frame:
    return box.x, box.y, box.width, box.height
