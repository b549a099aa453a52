"""What models are worth, as a manager sees it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.people import People
from tests.servers.images import ImageServer

STOP = {"type": "rect", "x": 10, "y": 20, "width": 25, "height": 30, "label": "stop"}


def test_versions_are_held_to_what_people_agreed_on(
    people: People, image_server: ImageServer
) -> None:
    site = people.come("mia", admin=True)
    signs = site.send_dataset(
        "Modelled", interface="image_manual", labels=["stop"], overlap=1, review_policy="none"
    )
    url = image_server.url("/ok/60.jpg")
    signs.bring([url])
    signs.enter()
    signs.open("Models")
    page = site.page
    expect(page.get_by_role("heading", name="No model has said anything yet")).to_be_visible()
    expect(page.get_by_label("How to send predictions")).to_contain_text(
        f"/api/datasets/{signs.slug}/predictions/"
    )

    site.button("Add a server").click()
    page.get_by_label("Name", exact=False).first.fill("Lab")
    page.get_by_label("Address").fill("http://10.1.2.3:8500")
    page.get_by_label("Token", exact=False).first.fill("s3cret")
    site.button("Save").click()
    lab = page.get_by_role("list", name="Model servers").get_by_role("listitem")
    expect(lab).to_contain_text("http://10.1.2.3:8500")
    lab.get_by_role("button", name="Test this server").click()
    expect(lab.get_by_role("status")).to_contain_text("CONCORD_FETCH_ALLOW")

    lab.get_by_role("button", name="Change").click()
    expect(lab).to_contain_text("One is stored.")
    page.get_by_label("Lowest score").fill("0.4")
    site.button("Save").click()
    lab.get_by_role("button", name="Ask for predictions").click()
    ask = lab.get_by_role("form", name="Ask for predictions")
    expect(ask.get_by_label("Lowest score")).to_have_value("0.4")
    ask.get_by_label("Images at once").fill("2")
    ask.get_by_role("button", name="Start").click()
    expect(lab).to_contain_text("Shapes from a score of 0.4.")
    expect(lab).to_contain_text("Failed after 0 of 1 image.", timeout=30_000)
    lab.get_by_role("button", name="Remove").click()
    expect(lab).to_have_count(0)

    for version, boxes in (("1", [STOP, {**STOP, "x": 60}]), ("2", [STOP])):
        prediction = {"url": url, "spans": boxes}
        body = {"model": "finder", "version": version, "predictions": [prediction]}
        site.send(f"datasets/{signs.slug}/predictions/", body)
    site.button("Label images").click()
    bench = LabellingBench(page, signs.name)
    bench.expect_image("60.jpg")
    page.get_by_role("button", name="Accept all").click()
    bench.answer("a")
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.get_by_role("link", name=signs.name).click()

    signs.open("Models")
    first, second = (page.get_by_role("row", name=f"finder {n}") for n in (1, 2))
    # Comparing is asked for every 15 s, and the page asks every 10 s.
    expect(first).to_contain_text("1 of 2", timeout=45_000)
    expect(second.get_by_role("cell")).to_contain_text(
        ["finder 2", "1", "1", "1 of 1", "1 of 1", "1 of 1"]
    )
    expect(page.get_by_text("finder, version by version")).to_be_visible()
