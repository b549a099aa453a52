"""What a model found, on the picture: shown or hidden by its score, accepted, edited, dismissed."""

import os
import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer

SHOTS = os.environ.get("CONCORD_SCREENSHOTS")

# 40 boxes of 9 x 8 px in rows of ten on a picture of more than 160 x 120; number n is sure by n/40.
FOUND = [
    {
        "id": f"found-{n}",
        "label": ("stop", "yield")[n % 2],
        "x": 4 + 13 * (n % 10),
        "y": 6 + 20 * (n // 10),
        "width": 9,
        "height": 8,
        "score": n / 40,
    }
    for n in range(40)
]


def test_forty_suggestions_and_what_becomes_of_them(
    people: People, image_server: ImageServer
) -> None:
    zoe = people.come("zoe", admin=True)
    signs = zoe.send_dataset("Found", interface="image_manual", labels=["stop", "yield"], overlap=1)
    urls = [image_server.url(f"/ok/{n}.jpg") for n in (140, 141)]
    signs.bring(urls)
    signs.suggest([{"url": url, "spans": FOUND} for url in urls])
    bench = _open(signs)
    first = bench.image()
    panel = Panel(zoe.page)
    panel.expect(shown=40, text="All of 40 suggestions are shown.", answer=0)
    _look(zoe.page, "suggestions-all")

    # Whoever takes them for answers is told.
    bench.press("a")
    expect(zoe.page.get_by_role("status").filter(has_text="40 suggestions")).to_be_focused()
    assert bench.image() == first

    panel.set_threshold(0.3)
    panel.expect(shown=28, text="12 of 40 suggestions are below 0.3.", answer=0)
    panel.set_threshold(0)
    panel.expect(shown=40, text="All of 40 suggestions are shown.", answer=0)
    panel.set_threshold(0.5)
    panel.expect(shown=20, text="20 of 40 suggestions are below 0.5.", answer=0)
    _look(zoe.page, "suggestions-half")

    panel.row("found-39").click()
    zoe.page.get_by_role("application").focus()
    bench.press("ArrowRight")  # who edits one accepts it
    panel.expect(shown=19, text="20 of 39", answer=1)
    panel.button("Dismiss", "found-38").click()
    panel.expect(shown=18, text="20 of 38", answer=1)
    panel.button("Accept", "found-37").click()
    panel.expect(shown=17, text="20 of 37", answer=2)
    bench.press("Escape")
    bench.press("y")
    panel.expect(shown=0, text="20 of 20", answer=19)
    _look(zoe.page, "suggestions-taken")
    bench.press("Control+z")
    panel.expect(shown=17, text="20 of 37", answer=2)
    bench.press("Control+Shift+Z")
    panel.expect(shown=0, text="20 of 20", answer=19)

    # The page comes back as it was, but for how sure a model has to be.
    expect(zoe.page.get_by_title("What is not sent yet")).to_have_text("Saved")
    zoe.page.reload()
    panel.expect(shown=20, text="All of 20", answer=19)
    panel.set_threshold(0.5)
    panel.expect(shown=0, text="20 of 20", answer=19)

    bench.answer("a")
    assert first is not None
    bench.expect_gone(first)
    panel.expect(shown=20, text="20 of 40", answer=0)
    bench.answer("n")
    bench.expect_all_done()
    assert [row["shapes"] for row in signs.own_answers()] == [0, 19]
    _expect_origins(signs)


def _expect_origins(dataset: DatasetPages) -> None:
    """The file says of every shape what it came from, and which one was changed."""
    spans = [span for line in dataset.final_lines() for span in line["spans"]]
    origins = {round(40 * span["score"]): span["_suggestion"] for span in spans}
    assert sorted(origins) == [*range(20, 38), 39]
    assert {(each["model"], each["version"]) for each in origins.values()} == {("finder", "1")}
    assert [n for n, each in origins.items() if each["changed"]] == [39]


class Panel:
    """The suggestions beside the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.side = page.get_by_role("complementary", name="Answer")

    def expect(self, *, shown: int, text: str, answer: int) -> None:
        """So many are shown, this is said of the hidden ones, and so many shapes are answers."""
        heading = self.side.get_by_role("heading", name=f"Suggestions ({shown})", exact=True)
        expect(heading).to_be_visible()
        expect(self.side).to_contain_text(text)
        expect(self.side.get_by_role("button", name=re.compile("^Suggested: "))).to_have_count(
            shown
        )
        shapes = self.side.get_by_role("heading", name=f"Shapes ({answer})", exact=True)
        expect(shapes).to_be_visible()

    def set_threshold(self, score: float) -> None:
        slider = self.side.get_by_role("slider")
        slider.fill(str(score))
        slider.blur()

    def row(self, name: str) -> Locator:
        return self.side.get_by_role("button", name=f"Suggested: {_place(name)}")

    def button(self, does: str, name: str) -> Locator:
        return self.side.get_by_role("button", name=f"{does} {_place(name)}", exact=True)


def _place(name: str) -> str:
    (span,) = [span for span in FOUND if span["id"] == name]
    return "{label}, {width}×{height} at {x}, {y}".format(**span)


def _open(dataset: DatasetPages) -> LabellingBench:
    dataset.page.set_viewport_size({"width": 1280, "height": 780})
    dataset.page.goto(f"{dataset.site.address}/label/{dataset.slug}")
    return LabellingBench(dataset.page, dataset.name)


def _look(page: Page, name: str) -> None:
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=f"{SHOTS}/{name}.png")
