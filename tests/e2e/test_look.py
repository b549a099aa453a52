"""How the image is seen, which changes nothing that is saved."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

# An image of one colour but for a frame and its number; 320 * 37, 91, 53 modulo 256.
PLAIN = (64, 192, 64)


class Viewer(LabellingBench):
    def colour(self) -> tuple[int, int, int]:
        """What is seen near the bottom of the image, where it has one colour."""
        frame = self.canvas.bounding_box()
        assert frame is not None
        spot = {"x": frame["x"] + frame["width"] / 2, "y": frame["y"] + frame["height"] - 60}
        shot = self.page.screenshot(clip={**spot, "width": 4, "height": 4})
        red, green, blue = Image.open(io.BytesIO(shot)).convert("RGB").getpixel((2, 2))  # type: ignore[misc]
        return red, green, blue

    def expect_colour(self, red: int, green: int, blue: int) -> None:
        """JPEG and the steps of the filter are worth a few levels."""
        self.page.wait_for_load_state("networkidle")
        seen = self.colour()
        assert all(abs(a - b) <= 6 for a, b in zip(seen, (red, green, blue), strict=True)), seen


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def test_pixels_can_be_adjusted_and_the_overview_leads_the_way(
    kim: Site, image_server: ImageServer
) -> None:
    page = kim.page
    dim = kim.send_dataset(
        "Dim", interface="image_manual", labels=["car"], overlap=1, drawing={"darken": 0.5}
    )
    dim.bring([image_server.url("/ok/320.jpg"), image_server.url("/ok/576.jpg")])
    kim.button("Label images").click()
    bench = Viewer(page, dim.name)
    bench.expect_image("320.jpg")
    darkened = [part // 2 for part in PLAIN]
    bench.expect_colour(*darkened)

    page.get_by_role("button", name="View (I)").click()
    panel = page.get_by_role("group", name="View")
    expect(panel.get_by_role("slider", name="Brightness")).to_be_focused()
    panel.get_by_label("Invert the colours").check()
    bench.expect_colour(*((255 - part) // 2 for part in PLAIN))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()

    # It stays for the next image and after a reload; one key takes it back.
    page.reload()
    bench.expect_image("320.jpg")
    bench.expect_colour(*((255 - part) // 2 for part in PLAIN))
    page.get_by_role("button", name="View: the image is adjusted").click()
    panel.get_by_role("button", name="As the image is").click()
    bench.expect_colour(*darkened)
    page.keyboard.press("Escape")

    overview = page.locator("canvas[data-layer=map]")
    expect(overview).to_be_hidden()
    zoom = page.get_by_role("button", name="Zoom in")
    for _ in range(6):
        zoom.click()
    expect(overview).to_be_visible()
    page.mouse.move(0, 0)
    before = bench.canvas.locator("canvas[data-layer=image]").screenshot()
    overview.click(position={"x": 20, "y": 20})
    page.mouse.move(0, 0)
    assert bench.canvas.locator("canvas[data-layer=image]").screenshot() != before
