"""What labels ask of their shapes: written by a manager, said by an annotator, in the export."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import Site
from tests.e2e.people import People
from tests.servers.images import ImageServer


@pytest.fixture
def kim(people: People) -> Site:
    return people.come("kim", admin=True)


def write_attributes(kim: Site) -> None:
    """Three attributes of the label car, through the dialog in the settings."""
    page = kim.page
    kim.button("Attributes of car: 0").click()
    dialog = page.get_by_role("dialog", name="Attributes of car")
    for number, (name, kind) in enumerate(
        (("occluded", "Yes or no"), ("colour", "One of several"), ("doors", "Number")), start=1
    ):
        dialog.get_by_role("button", name="Add an attribute").click()
        fields = dialog.get_by_role("listitem", name=f"Attribute {number}")
        fields.get_by_label("Name").fill(name)
        fields.get_by_label("Kind").select_option(kind)
    colour = dialog.get_by_role("listitem", name="Attribute 2")
    colour.get_by_label("Has to be said").check()
    save = dialog.get_by_role("button", name="Save attributes")
    save.click()
    expect(colour.get_by_text("It needs at least one option.")).to_be_visible()
    colour.get_by_label("Options, one in each line").fill("red\ngreen")
    dialog.get_by_role("listitem", name="Attribute 3").get_by_label("New shapes say").fill("4")
    save.click()
    expect(dialog).to_be_hidden()
    expect(kim.button("Attributes of car: 3")).to_be_visible()


def test_from_the_settings_to_the_export(kim: Site, image_server: ImageServer) -> None:
    cars = kim.send_dataset("Cars", interface="image_manual", labels=["car", "road"], overlap=1)
    cars.bring([image_server.url(f"/ok/{n}.jpg") for n in (321, 322)])
    kim.page.goto(f"{kim.address}/datasets/{cars.slug}/settings")
    write_attributes(kim)

    kim.page.goto(f"{kim.address}/label/{cars.slug}")
    bench = LabellingBench(kim.page, cars.name)
    bench.draw_box(300, 200, 400, 300)
    colour = kim.page.get_by_role("combobox", name="colour")
    expect(kim.page.get_by_role("textbox", name="doors")).to_have_value("4")
    bench.press("a")
    missing = kim.page.get_by_role("list", name="What is missing before you")
    expect(missing).to_have_text("Shape 1 (car) needs a value for colour.")

    # By keys: E goes to the fields, Enter back to the image.
    bench.canvas.focus()
    for key in ("e", "Space", "Tab"):
        bench.press(key)
    expect(colour).to_be_focused()
    colour.select_option("green")
    bench.press("Enter")
    expect(bench.canvas).to_be_focused()
    # The next box begins with what was chosen, and can say something else.
    bench.draw_box(450, 200, 550, 300)
    expect(colour).to_have_value("green")
    colour.select_option("red")
    bench.answer("a")

    # On the next image too.
    bench.draw_box(300, 200, 400, 300)
    expect(colour).to_have_value("red")
    bench.press("2")
    expect(colour).to_be_hidden()
    bench.answer("a")
    bench.expect_all_done()

    said = [
        sorted(
            (span["label"], json.dumps(span.get("attributes"), sort_keys=True))
            for span in line["spans"]
        )
        for line in cars.final_lines()
    ]
    green = '{"colour": "green", "doors": 4, "occluded": true}'
    red = '{"colour": "red", "doors": 4, "occluded": true}'
    assert said == [[("car", green), ("car", red)], [("road", "null")]]
