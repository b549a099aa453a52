"""Polygons and outlines drawn by hand, and what a page says about those that cannot stand."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

Place = tuple[int, int]


class Outliner(LabellingBench):
    """A hand that draws outlines; places are CSS px from the top left of the canvas."""

    def click(self, *places: Place, modifiers: Any = None) -> None:
        for x, y in places:
            self.canvas.click(position={"x": x, "y": y}, modifiers=modifiers)

    def drag(self, *places: Place) -> None:
        frame = self.canvas.bounding_box()
        assert frame is not None
        (x, y), *rest = [(frame["x"] + x, frame["y"] + y) for x, y in places]
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for x, y in rest:
            self.page.mouse.move(x, y, steps=4)
        self.page.mouse.up()

    def expect_shapes(self, count: int) -> None:
        heading = self.page.get_by_role("heading", name=f"Shapes ({count})", exact=True)
        expect(heading).to_be_visible()


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def test_outlines_by_clicks_and_by_hand(kim: Site, image_server: ImageServer) -> None:
    roads = _dataset(kim, "Roads", image_server, {"shapes": ["polygon", "freehand"]})
    bench = _start(kim, roads)
    expect(kim.page.get_by_role("button", name="Draw boxes")).to_be_hidden()
    expect(kim.page.get_by_role("button", name="Draw polygons", pressed=True)).to_be_visible()

    bench.click((300, 200), (500, 200), (500, 350), (420, 350))
    bench.press("Backspace")
    bench.click((300, 350), (301, 201))
    bench.expect_shapes(1)

    # A click on an edge of a picked outline gives it one more corner, Alt takes it away again.
    bench.press("v")
    bench.click((400, 300), (400, 200))
    bench.drag((400, 200), (400, 150))
    bench.click((300, 350), modifiers=["Alt"])
    bench.press("Escape")

    bench.press("d")
    bench.drag((560, 200), (640, 200), (640, 300), (560, 300), (560, 205))
    bench.expect_shapes(2)

    # What is not closed yet is not lost to an answer.
    bench.press("p")
    bench.click((300, 420), (400, 420))
    kim.page.get_by_role("button", name="Accept").click()
    expect(kim.page.get_by_text("A shape is not finished")).to_be_visible()
    bench.press("Enter")
    expect(kim.page.get_by_text("at least 3 corners")).to_be_visible()
    bench.press("Escape")
    bench.expect_shapes(2)
    bench.answer("a")
    bench.expect_all_done()

    by_hand, polygon = sorted(_spans(roads), key=lambda span: str(span["type"]))
    assert (polygon["type"], by_hand["type"]) == ("polygon", "freehand")
    assert len(polygon["points"]) == 4
    assert 4 <= len(by_hand["points"]) <= 8
    (left, top), (middle, raised), *_ = polygon["points"]
    assert middle > left
    assert raised < top


def test_an_outline_that_crosses_itself_is_refused_where_it_may_not(
    kim: Site, image_server: ImageServer
) -> None:
    fields = _dataset(kim, "Fields", image_server, {"crossing": "refuse"})
    bench = _start(kim, fields)
    kim.page.get_by_role("button", name="Draw polygons").click()
    bench.click((300, 200), (500, 350), (500, 200), (300, 350))
    bench.press("Enter")
    expect(kim.page.get_by_text("may not cross itself")).to_be_visible()
    bench.press("Backspace")
    bench.press("Enter")
    bench.expect_shapes(1)
    bench.answer("a")
    bench.expect_all_done()
    [span] = _spans(fields)
    assert len(span["points"]) == 3


def _dataset(kim: Site, name: str, images: ImageServer, drawing: dict[str, Any]) -> DatasetPages:
    dataset = kim.send_dataset(
        name,
        interface="image_manual",
        labels=["road"],
        drawing=drawing,
        overlap=1,
    )
    dataset.bring([images.url("/ok/320.jpg")])
    return dataset


def _start(kim: Site, dataset: DatasetPages) -> Outliner:
    kim.button("Label images").click()
    return Outliner(kim.page, dataset.name)


def _spans(dataset: DatasetPages) -> list[dict[str, Any]]:
    """The shapes of the only image, from the exported file."""
    (line,) = dataset.final_lines()
    spans: list[dict[str, Any]] = line["spans"]
    return spans
