"""Fingers and a pen on the picture, as a tablet's screen tells of them."""

import os
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")

Place = tuple[float, float]


@pytest.fixture
def signs(people: People, image_server: ImageServer) -> DatasetPages:
    """One picture, on a tablet."""
    zoe = people.come("zoe", admin=True)
    signs = zoe.send_dataset("Touched", interface="image_manual", labels=["stop"], overlap=1)
    signs.bring([image_server.url("/ok/140.jpg")])
    zoe.page.set_viewport_size({"width": 1024, "height": 768})
    return signs


def test_one_finger_draws_and_two_look_around(signs: DatasetPages) -> None:
    page = signs.page
    screen = Screen(_open(signs))
    scale = page.get_by_title("Show the whole image")
    whole = scale.inner_text()
    screen.touch({1: (-100, -60)})
    screen.touch({1: (-60, -30)})
    screen.touch({1: (0, 0)})
    screen.lift()
    _expect_shapes(page, 1)
    assert scale.inner_text() == whole
    if SHOTS:
        page.wait_for_timeout(300)
        page.screenshot(path=f"{SHOTS}/touch-handles.png")

    # A second one that comes while it draws: they look around, and nothing was drawn.
    screen.touch({1: (40, 40)})
    screen.touch({1: (90, 90)})
    screen.touch({1: (90, 90), 2: (-90, -90)})
    screen.touch({1: (180, 180), 2: (-180, -180)})
    expect(scale).not_to_have_text(whole)
    screen.touch({1: (180, 180)})
    screen.touch({1: (100, 180)})
    screen.lift()
    _expect_shapes(page, 1)
    larger = int(scale.inner_text().rstrip("%"))
    assert abs(larger - 2 * int(whole.rstrip("%"))) <= 2

    # A corner is taken by a finger 17 px off: what it takes hold of is 44 px wide.
    scale.click()
    expect(scale).to_have_text(whole)
    before = _size(page)
    screen.touch({1: (17, 17)})
    screen.touch({1: (57, 57)})
    screen.lift()
    expect(page.get_by_role("button", name=f"stop 1, {before}")).to_be_hidden()
    _expect_shapes(page, 1)
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    _expect_shapes(page, 0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()

    # On a phone the tools are above the image, not upon it.
    page.set_viewport_size({"width": 360, "height": 740})
    tools = page.get_by_role("navigation", name="Tools").bounding_box()
    canvas = page.get_by_role("application").bounding_box()
    assert tools is not None
    assert canvas is not None
    assert tools["y"] + tools["height"] <= canvas["y"]
    assert canvas["width"] == 360
    for tool in page.get_by_role("navigation", name="Tools").get_by_role("button").all():
        box = tool.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40
        assert box["x"] + box["width"] <= 360


def test_the_hand_beside_a_pen_does_nothing(signs: DatasetPages) -> None:
    page = signs.page
    bench = _open(signs)
    screen = Screen(bench)
    scale = page.get_by_title("Show the whole image")
    whole = scale.inner_text()
    screen.pen("mouseMoved", (-120, -80))
    screen.touch({7: (150, 150)})
    screen.pen("mousePressed", (-120, -80))
    screen.touch({7: (60, 90)})
    screen.pen("mouseMoved", (-20, -20), down=True)
    screen.touch({7: (60, 120), 8: (100, 60)})
    screen.pen("mouseMoved", (20, 20), down=True)
    screen.pen("mouseReleased", (20, 20))
    screen.lift()
    _expect_shapes(page, 1)
    assert scale.inner_text() == whole
    bench.answer("a")
    bench.expect_all_done()
    (given,) = signs.own_answers()
    assert (given["answer"], given["shapes"]) == ("accept", 1)


def _open(dataset: DatasetPages) -> LabellingBench:
    dataset.page.goto(f"{dataset.site.address}/label/{dataset.slug}")
    bench = LabellingBench(dataset.page, dataset.name)
    bench.expect_image("140.jpg")
    return bench


class Screen:
    """The picture under fingers and a pen; places are CSS px from its middle."""

    def __init__(self, bench: LabellingBench) -> None:
        self._session = bench.page.context.new_cdp_session(bench.page)
        box = bench.canvas.bounding_box()
        assert box is not None
        self._middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._down: set[int] = set()

    def touch(self, fingers: Mapping[int, Place]) -> None:
        """These fingers are down now, there; others are lifted."""
        now = set(fingers)
        lifted = "touchEnd" if self._down - now else "touchMove"
        kind = "touchStart" if now - self._down else lifted
        points = [{"id": finger, **self._at(place)} for finger, place in fingers.items()]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self._down = now

    def lift(self) -> None:
        self.touch({})

    def pen(self, kind: str, place: Place, *, down: bool = False) -> None:
        held = down or kind != "mouseMoved"
        event = {
            "type": kind,
            **self._at(place),
            "button": "left" if held else "none",
            "buttons": 1 if held and kind != "mouseReleased" else 0,
            "clickCount": 1,
            "pointerType": "pen",
        }
        self._session.send("Input.dispatchMouseEvent", event)

    def _at(self, place: Place) -> dict[str, float]:
        return {"x": self._middle[0] + place[0], "y": self._middle[1] + place[1]}


def _size(page: Page) -> str:
    """Width and height of the only box, as the list says them."""
    row = page.get_by_role("button", name=re.compile(r"^stop 1, \d+×\d+ at"))
    found = re.search(r"\d+×\d+", row.get_attribute("aria-label") or row.inner_text())
    assert found is not None
    return found[0]


def _expect_shapes(page: Page, count: int) -> None:
    expect(page.get_by_role("heading", name=re.compile(rf"^Shapes \({count}\)$"))).to_be_visible()
