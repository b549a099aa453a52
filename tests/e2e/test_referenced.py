"""Images that stay where they are: imported, labelled, and told about when they cannot be had."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer, picture


@pytest.fixture
def streets(people: People) -> DatasetPages:
    kim = people.come("kim", admin=True)
    return kim.send_dataset("Streets", interface="image_manual", labels=["car"])


def open_bench(dataset: DatasetPages) -> LabellingBench:
    dataset.page.goto(f"{dataset.site.address}/label/{dataset.slug}")
    return LabellingBench(dataset.page, dataset.name)


def test_an_annotator_sees_and_labels_one_and_never_meets_its_server(
    streets: DatasetPages, image_server: ImageServer
) -> None:
    page, met = streets.page, set[str]()

    def note(request: Request) -> None:
        if not request.url.startswith(("blob:", "data:")):
            met.add(urlsplit(request.url).netloc)

    page.on("request", note)
    streets.open("Import")
    page.get_by_label("Or paste addresses").fill(image_server.url("/ok/901.jpg"))
    page.get_by_role("button", name="Look at").click()
    expect(page.get_by_role("radio", name="Keep a copy here (default)")).to_be_checked()
    page.get_by_role("radio", name="Leave them where they are").check()
    page.get_by_role("button", name="Import").click()
    streets.wait_for_import(lines=1)
    expect(page.get_by_text("The images stay where they are")).to_be_visible()
    expect(page.get_by_role("list", name="Newest images").get_by_role("img")).to_have_count(1)

    before = image_server.requests["/ok/901.jpg"]  # for the preview and the import
    bench = open_bench(streets)
    bench.expect_image("901.jpg")
    bench.draw_box(200, 200, 320, 280)
    bench.answer("a")
    bench.expect_all_done()
    (answer,) = streets.own_answers()
    assert answer["shapes"] == 1
    assert met == {urlsplit(streets.site.address).netloc}
    assert image_server.requests["/ok/901.jpg"] == before + 1


def test_one_that_cannot_be_had_says_why_and_can_be_asked_for_again(
    streets: DatasetPages, image_server: ImageServer
) -> None:
    image_server.own["square.jpg"] = picture(902)
    body = {"urls": [image_server.url("/own/square.jpg")], "fetch": "reference"}
    made = streets.site.send(f"datasets/{streets.slug}/imports/", body)
    streets.site.see_end(f"imports/{made['id']}/")

    image_server.own["square.jpg"] = picture(903)
    bench = open_bench(streets)
    told = bench.page.get_by_role("alert").filter(has_text="This image cannot be shown")
    expect(told).to_contain_text("square.jpg did not load.")
    expect(told).to_contain_text("sends another file than the one that was imported")
    expect(told.get_by_role("button", name="Skip")).to_be_visible()
    told.get_by_role("button", name="Try again").click()
    expect(told).to_be_visible()

    image_server.own["square.jpg"] = picture(902)
    told.get_by_role("button", name="Try again").click()
    expect(told).to_be_hidden()
    bench.expect_image("square.jpg")
    bench.answer("a")
    bench.expect_all_done()
