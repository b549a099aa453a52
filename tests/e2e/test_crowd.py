"""Hundreds of boxes, panned: what is moved as a picture looks as if it had been painted anew."""

from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.layers import SEEN
from tests.e2e.people import People
from tests.servers.images import ImageServer

COLUMNS, ROWS = 30, 20
FRAME = "() => new Promise(requestAnimationFrame)"

# A sum of all pixels that tells apart also what only lies elsewhere, and how many are painted.
LOOK = f"""layer => {{
    const {{ data }} = ({SEEN})(layer);
    const pixels = new Uint32Array(data.buffer);
    let [sum, painted] = [0, 0];
    pixels.forEach((pixel, at) => {{
        sum = (Math.imul(sum, 31) + pixel + at) | 0;
        if (pixel) painted += 1;
    }});
    return [sum, painted];
}}"""


def test_a_crowd_is_where_it_would_be_painted(people: People, image_server: ImageServer) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Crowd", interface="image_manual", labels=["stop"], overlap=1)
    url = image_server.url("/ok/140.jpg")
    signs.bring([url])
    box = {"type": "rect", "width": 5.5, "height": 4.3, "label": "stop"}
    spans = [
        {**box, "x": 2 + 7.6 * column, "y": 2 + 6.2 * row}
        for column in range(COLUMNS)
        for row in range(ROWS)
    ]
    signs.suggest([{"url": url, "spans": spans}])
    page = kim.page
    kim.button("Label images").click()
    bench = LabellingBench(page, signs.name)
    bench.expect_image("140.jpg")
    bench.press("y")
    expect(page.get_by_role("heading", name=f"Shapes ({COLUMNS * ROWS})")).to_be_visible()

    # Closer, so that boxes come into sight and go out of it on every side; in whole pixels, as a
    # mouse moves.
    frame = bench.canvas.bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -100)
    layer = bench.canvas.locator("canvas[data-layer=shapes]").element_handle()
    image = bench.canvas.locator("canvas[data-layer=image]").element_handle()
    page.wait_for_function(FRAME)
    there = image.evaluate(LOOK)
    # Each in two frames: before the second, all around the view has been painted. One way goes
    # beyond that, and the last leads back to where it began.
    for way in ((36, 21), (-63, 33), (0, -117), (560, -40), (-533, 103)):
        before = layer.evaluate(LOOK)
        page.mouse.down(button="middle")
        for part in (0.5, 1):
            page.mouse.move(x + round(part * way[0]), y + round(part * way[1]))
            page.wait_for_function(FRAME)
        page.mouse.up(button="middle")
        page.mouse.move(x, y)
        page.wait_for_function(
            f"([layer, before]) => ({LOOK})(layer)[0] !== before[0]", arg=[layer, before]
        )
        page.wait_for_function(FRAME)
        moved = layer.evaluate(LOOK)
        page.keyboard.down("h")
        page.wait_for_function(f"layer => ({LOOK})(layer)[1] === 0", arg=layer)
        page.keyboard.up("h")
        page.wait_for_function(f"layer => ({LOOK})(layer)[1] > 0", arg=layer)
        assert layer.evaluate(LOOK) == moved
        assert (image.evaluate(LOOK) == there) == (way == (-533, 103))
