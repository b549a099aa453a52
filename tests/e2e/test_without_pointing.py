"""Boxes by keys alone, and what a reader of the screen hears of them."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.people import People
from tests.servers.images import ImageServer


def test_boxes_are_drawn_moved_and_told_without_pointing(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset(
        "Keys alone", interface="image_manual", labels=["stop", "yield"], overlap=1
    )
    signs.bring([image_server.url("/ok/140.jpg")])
    page = kim.page
    page.goto(f"{kim.address}/label/{signs.slug}")
    bench = LabellingBench(page, signs.name)
    bench.expect_image("140.jpg")

    bench.press("Shift+B")
    placed = _told(page, r"box 1, stop, (\d+) by (\d+) at (\d+), (\d+), added")
    width, height, x, y = (int(part) for part in placed)
    # The picture of 236 x 130 is shown whole.
    assert (width, height) == (59, 33)
    for key in ("ArrowRight", "Shift+ArrowDown", "Alt+ArrowRight", "2"):
        bench.press(key)
    assert _told(page, r"box 1, yield, (\d+) by (\d+) at (\d+), (\d+)") == [
        str(each) for each in (width + 1, height, x + 1, y + 10)
    ]
    bench.press("Shift+B")
    _told(page, r"box 2, yield, .*, added")
    bench.press("1")
    bench.press("Shift+Tab")
    _told(page, r"(.*\. )?box 1, yield, .*, selected")
    side = page.get_by_role("complementary", name="Answer")
    expect(side.get_by_role("button", name="yield 1, 60×33 at", pressed=True)).to_be_visible()
    expect(side.get_by_role("button", name=re.compile("^stop 2, 59×33 at"))).to_be_visible()
    bench.press("Delete")
    _told(page, r"box 1, yield, .*, deleted")
    bench.press("Control+z")
    _told(page, r"Undone, 2 shapes")
    bench.answer("a")
    bench.expect_all_done()
    assert [row["shapes"] for row in signs.own_answers()] == [2]


def _told(page: Page, pattern: str) -> list[str]:
    """Waits until this is the last that was told; returns the groups."""
    region = page.locator("p.unseen[aria-live=polite]")
    expect(region).to_have_text(re.compile(f"^{pattern}$"))
    match = re.fullmatch(pattern, region.inner_text())
    assert match is not None
    return list(match.groups())
