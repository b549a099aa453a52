"""Hands that are faster than the page: double presses and held keys, and swipes on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

# Ids that are easily taken for one another.
OPTIONS = [
    {"id": 0, "text": "zero"},
    {"id": -1, "text": "minus"},
    {"id": "1", "text": "word"},
    {"id": 1, "text": "number"},
]


@pytest.fixture
def person(people: People) -> Site:
    """Makes a dataset and answers it alone."""
    return people.come("quinn", admin=True)


@pytest.mark.parametrize("press", ["twice", "held", "held on the row", "clicked twice"])
def test_a_pick_that_answers_never_answers_the_next_task(
    person: Site, image_server: ImageServer, press: str
) -> None:
    settings = {"interface": "choice", "options": OPTIONS, "auto_accept": True}
    dataset = _make(person, image_server, name=f"Odd {press}", settings=settings, images=5)
    bench = _open(dataset)
    keyboard = person.page.keyboard
    for digit, option in enumerate(OPTIONS, start=1):
        before = bench.image()
        assert before is not None
        row = bench.option(str(option["text"]))
        if press == "twice":
            bench.press(str(digit))
            bench.press(str(digit))
        elif press == "clicked twice":
            row.dblclick()
        else:
            key = str(digit) if press == "held" else "Enter"
            if key == "Enter":
                row.focus()
            for _ in range(8):  # all but the first are repeats
                keyboard.down(key)
                _wait(person.page, 100)
            keyboard.up(key)
        bench.expect_gone(before)
        _wait(person.page, 550)
        after = bench.image()
        assert after is not None
        expect(person.page.get_by_role("radio", checked=True)).to_have_count(0)
    assert _given(dataset) == [("accept", [option["id"]]) for option in OPTIONS]


@pytest.mark.parametrize("interface", ["classification", "image", "choice"])
def test_swiping_answers(person: Site, image_server: ImageServer, interface: str) -> None:
    settings: dict[str, Any] = {"interface": interface, "question": "Is it there?"}
    if interface == "choice":
        settings["options"] = OPTIONS
    if interface == "image":
        settings["labels"] = ["sign"]
    name = f"Swiped {interface}"
    dataset = _make(person, image_server, name=name, settings=settings, images=4)
    bench = _open(dataset, width=360)
    finger = Finger(bench)
    first = bench.image()
    finger.swipe((60, 0))  # too short
    finger.swipe((120, 110))  # neither right nor down
    finger.pinch((120, 0))
    if interface == "choice":
        finger.drag((120, 0))
        expect(person.page.get_by_text("Pick an option first")).to_be_visible()
        finger.lift()
    assert bench.image() == first
    expected: list[Any] = []
    for way, answer in (((130, 10), "accept"), ((-130, 10), "reject"), ((10, -130), "ignore")):
        before = bench.image()
        assert before is not None
        if interface == "choice":
            bench.option("minus").click()
        finger.drag(way)
        sign = {"accept": "Accept", "reject": "Reject", "ignore": "Unsure"}[answer]
        expect(person.page.get_by_role("paragraph").filter(has_text=sign)).to_be_visible()
        finger.lift()
        bench.expect_gone(before)
        _wait(person.page, 250)
        expected.append(answer)
    assert [answer for answer, _ in _given(dataset)] == expected


def test_flag_and_skip_without_keys(person: Site, image_server: ImageServer) -> None:
    settings = {"interface": "classification", "question": "A sign?"}
    bench = _open(_make(person, image_server, name="More", settings=settings, images=2), width=360)
    page = person.page
    first = bench.image()
    assert first is not None
    person.button("More").click()
    menu = page.get_by_role("dialog", name="More")
    menu.get_by_role("button", name="Show it to a manager, with a comment").click()
    page.get_by_label("What should they look at?").fill("A hand before the lens")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert bench.image() == first
    # By keys alone, too: to the button, its digit, then that of the reason.
    person.button("More").focus()
    bench.press("Enter")
    expect(menu).to_be_visible()
    bench.press("1")
    expect(page.get_by_role("dialog", name="Why do you skip it?")).to_be_visible()
    bench.press("2")
    bench.expect_gone(first)


class Finger:
    """Touches the picture as a phone's screen tells of it."""

    def __init__(self, bench: LabellingBench) -> None:
        self._page = bench.page
        self._session: CDPSession = bench.page.context.new_cdp_session(bench.page)
        box = bench.canvas.bounding_box()
        assert box is not None
        self._start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def drag(self, way: tuple[float, float]) -> None:
        self._send("touchStart", [(0, 0)])
        for step in (0.3, 0.6, 1.0):
            self._send("touchMove", [(way[0] * step, way[1] * step)])

    def lift(self) -> None:
        self._send("touchEnd", [])

    def swipe(self, way: tuple[float, float]) -> None:
        self.drag(way)
        self.lift()

    def pinch(self, way: tuple[float, float]) -> None:
        """A second finger comes while the first is on its way."""
        self.drag(way)
        self._send("touchStart", [way, (0, 40)])
        self._send("touchMove", [way, (40, 40)])
        self.lift()

    def _send(self, kind: str, offsets: Sequence[tuple[float, float]]) -> None:
        x, y = self._start
        points = [{"x": x + dx, "y": y + dy, "id": n} for n, (dx, dy) in enumerate(offsets)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _make(
    person: Site, server: ImageServer, *, name: str, settings: dict[str, Any], images: int
) -> DatasetPages:
    dataset = person.send_dataset(name, **settings)
    urls = [server.url(f"/ok/{n}.jpg") for n in range(20, 20 + images)]
    dataset.bring(urls)
    if settings["interface"] == "image":
        span = {"x": 4, "y": 3, "width": 6, "height": 4, "label": "sign", "type": "rect"}
        dataset.suggest([{"url": url, "spans": [span]} for url in urls])
    return dataset


def _open(dataset: DatasetPages, *, width: int = 1280) -> LabellingBench:
    page = dataset.page
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(f"{dataset.site.address}/label/{dataset.slug}")
    return LabellingBench(page, dataset.name)


def _wait(page: Page, ms: int) -> None:
    """Lets time pass by the clock of the page, which is what the page goes by."""
    start = page.evaluate("performance.now()")
    page.wait_for_function(f"start => performance.now() - start > {ms}", arg=start)


def _given(dataset: DatasetPages) -> list[tuple[str, Any]]:
    """What the server has, oldest first."""
    expect(dataset.page.get_by_title("What is not sent yet")).to_have_text("Saved")
    return [(row["answer"], row["accept"]) for row in reversed(dataset.own_answers())]
