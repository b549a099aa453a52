"""What the labelling page costs before the first image is there."""

from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.e2e.people import People
from tests.servers.images import ImageServer

MOST_BYTES = 200_000
MOST_REQUESTS = 12

# In the order of their start; bodies as long as they were on the wire.
LOADED = """() => [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
].map((each) => ({ url: each.name, bytes: each.encodedBodySize }))"""


def test_the_labelling_page_comes_light_and_in_few_requests(
    people: People, image_server: ImageServer
) -> None:
    nora = people.come("nora", admin=True)
    signs = nora.create_dataset("Light", interface="Draw shapes", labels=["stop"], answers=1)
    signs.bring([image_server.url("/ok/12.jpg")])
    nora.page.goto(f"{nora.address}/label/{signs.slug}")
    expect(nora.page.get_by_role("application", name="Image 12.jpg")).to_be_visible()
    nora.page.wait_for_load_state("networkidle")

    loaded = nora.page.evaluate(LOADED)
    assert all(each["url"].startswith(nora.address) for each in loaded)
    paths = [urlsplit(each["url"]).path for each in loaded]
    images = [place for place, path in enumerate(paths) if path.startswith("/api/images/")]
    assert images
    assert images[0] < MOST_REQUESTS
    code = {
        path: each["bytes"]
        for path, each in zip(paths, loaded, strict=True)
        if path.endswith((".js", ".css"))
    }
    assert all(code.values())
    assert sum(code.values()) <= MOST_BYTES, code

    # A question beside the image needs no more: a text that comes later than the image would leave
    # what is typed for it to the keys of the image.
    def only_known(route: Route) -> None:
        if urlsplit(route.request.url).path in code:
            route.continue_()
        else:
            route.abort()

    remark = {"id": "remark", "type": "text", "title": "Remark"}
    beside = nora.send_dataset("Light", interface="image_manual", labels=["a"], blocks=[remark])
    beside.bring([image_server.url("/ok/13.jpg")])
    nora.page.route("**/*.js", only_known)
    nora.page.goto(f"{nora.address}/label/{beside.slug}")
    expect(nora.page.get_by_role("application", name="Image 13.jpg")).to_be_visible()
    nora.page.keyboard.press("q")
    nora.page.keyboard.type("dry")
    expect(nora.page.get_by_role("textbox", name="Remark")).to_have_value("dry")
