"""A manager replaces one image: alone, with answers, in a group and under boxes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.people import People
from tests.servers.images import ImageServer, picture

OPTIONS = [{"id": 1, "text": "yes"}, {"id": 2, "text": "no"}]
SHOTS = os.environ.get("CONCORD_SCREENSHOTS")


def shoot(page: Page, name: str) -> None:
    """Keep a picture wide and narrow, in both schemes, for whoever asks for it."""
    before = page.viewport_size
    assert before is not None
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
        if SHOTS:
            page.wait_for_timeout(300)
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)


def open_form(dialog: Locator) -> Locator:
    dialog.get_by_role("button", name="Replace the image").click()
    return dialog.get_by_role("form", name="Replace the image")


def test_an_image_is_replaced_by_a_file_and_one_with_answers_only_when_that_is_confirmed(
    people: People, image_server: ImageServer, tmp_path: Path
) -> None:
    kim = people.come("kim", admin=True)
    streets = kim.send_dataset("Sharper", interface="image_manual", labels=["car"])
    streets.bring([image_server.url(f"/ok/{n}.jpg") for n in (831, 832)])
    (held,) = kim.send(f"datasets/{streets.slug}/next/", {"count": 1})["tasks"]
    answer = {"answer": "accept", "spans": [], "lease": held["lease"]}
    kim.send(f"tasks/{held['id']}/answer/", answer)
    better = tmp_path / "better.jpg"
    better.write_bytes(picture(833))

    streets.open("Data")
    page = kim.page
    acts = streets.look_at("832.jpg")
    form = open_form(acts)
    replace = form.get_by_role("button", name="Replace it")
    expect(replace).to_be_disabled()
    shoot(page, "replace-empty")

    # What cannot be had says why, and the image stays.
    form.get_by_label("Address of the image").fill(image_server.url("/text.jpg"))
    replace.click()
    alert = form.get_by_role("alert")
    expect(alert).to_contain_text("It was not replaced, and this image stays.")
    expect(form.get_by_role("button", name="Try again")).to_be_enabled()
    shoot(page, "replace-failed")

    form.locator("input[type=file]").set_input_files(better)
    expect(form.get_by_text("better.jpg, ")).to_be_visible()
    expect(alert).to_be_hidden()
    replace.click()
    expect(acts).to_be_hidden()
    expect(page.get_by_text("832.jpg was replaced.")).to_be_visible()

    # It has the name of the old one, and its page tells of that.
    streets.look_at("832.jpg")
    expect(page.get_by_text("An earlier image (")).to_be_visible()
    expect(page.get_by_text(f"{96 + 833 % 160} × {80 + 833 % 90}")).to_be_visible()
    kim.button("Back to the list").click()

    # There is an answer: it says so in numbers, and the answer is kept.
    streets.look_at("831.jpg")
    form = open_form(acts)
    form.get_by_label("Address of the image").fill(image_server.url("/ok/834.jpg"))
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("1 task has answers")
    shoot(page, "replace-answers")
    form.get_by_role("button", name="Replace it, and put the answers aside").click()
    expect(acts).to_be_hidden()
    streets.look_at("831.jpg")
    expect(page.get_by_text("1 answer to that one is kept.")).to_be_visible()
    shoot(page, "replaced")


def test_who_has_the_old_image_on_the_page_is_told_and_goes_on_with_the_next(
    people: People, image_server: ImageServer
) -> None:
    kim, ann = people.come("kim", admin=True), people.come("ann")
    streets = kim.send_dataset("Swapped", interface="choice", options=OPTIONS)
    streets.bring([image_server.url(f"/ok/{n}.jpg") for n in (841, 842, 843)])
    streets.add_member(ann)
    listed = kim.page.request.get(f"{kim.address}/api/datasets/{streets.slug}/tasks/").json()
    images = {row["image"]["name"]: row["image"]["id"] for row in listed["results"]}

    ann.page.goto(f"{ann.address}/datasets/{streets.slug}")
    ann.button("Label images").click()
    bench = LabellingBench(ann.page, streets.name)
    bench.expect_image("841.jpg")
    for name, number in (("841.jpg", 844), ("843.jpg", 845)):
        order = {"url": image_server.url(f"/ok/{number}.jpg"), "withdraw": True}
        end = kim.send(f"images/{images[name]}/replacement/", order)
        kim.see_end(f"imports/{end['id']}/")
    bench.option("yes").click()
    bench.answer("a")
    note = ann.page.get_by_role("alert")
    expect(note).to_contain_text("841.jpg was replaced or taken down.")
    bench.expect_image("842.jpg")
    shoot(ann.page, "gone")
    bench.option("no").click()
    bench.answer("a")
    expect(note).to_be_hidden()
    # What the page had in store is the old one of 843.jpg, which makes room as soon as it is begun.
    bench.expect_image("843.jpg")
    bench.option("yes").click()
    expect(note).to_contain_text("843.jpg was replaced or taken down.")
    for _ in range(2):
        bench.option("yes").click()
        bench.answer("a")
    bench.expect_all_done()
    expect(note).to_be_hidden()


def test_images_of_groups_and_under_boxes_are_replaced_and_taken_down_where_they_are_seen(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    cats = kim.send_dataset("Grouped", interface="image_choice", question="Which are cats?")
    urls = [image_server.url(f"/ok/{n}.jpg") for n in (851, 852)]
    group = json.dumps({"options": [{"id": n, "image": url} for n, url in enumerate(urls)]})
    alone = [json.dumps(image_server.url(f"/ok/{n}.jpg")) for n in (853, 854)]
    cats.paste([group, *alone])
    page = kim.page

    # Alone, among the images of the pool.
    cats.open("Groups")
    page.get_by_role("checkbox", name="854.jpg").click()
    page.get_by_role("button", name="Replace or take down").click()
    dialog = page.get_by_role("dialog", name="854.jpg")
    dialog.get_by_role("button", name="Take the image down").click()
    dialog.get_by_role("button", name="Take it down").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("checkbox", name="854.jpg")).to_be_hidden()
    page.get_by_role("checkbox", name="853.jpg").click()
    page.get_by_role("button", name="Replace or take down").click()
    dialog = page.get_by_role("dialog", name="853.jpg")
    form = open_form(dialog)
    shoot(page, "replace-pool")
    form.get_by_label("Address of the image").fill(image_server.url("/ok/855.jpg"))
    form.get_by_role("button", name="Replace it").click()
    expect(dialog).to_be_hidden()

    # In a group.
    cats.open("Data")
    acts = cats.look_at("Image")
    acts.get_by_role("combobox", name="Replace or take down an image").click()
    page.get_by_role("option", name="Image 2: 852.jpg").click()
    form = open_form(acts)
    form.get_by_label("Address of the image").fill(image_server.url("/ok/856.jpg"))
    shoot(page, "replace-group")
    form.get_by_role("button", name="Replace it").click()
    expect(acts).to_be_hidden()
    expect(page.get_by_text("852.jpg was replaced.")).to_be_visible()


def test_an_image_under_boxes_is_replaced_where_it_is_seen(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Boxed anew", interface="image", labels=["stop"])
    url = image_server.url("/ok/861.jpg")
    signs.bring([url])
    box = {"type": "rect", "x": 10, "y": 20, "width": 25, "height": 30, "label": "stop"}
    signs.suggest([{"url": url, "spans": [box]}])
    page = kim.page
    signs.open("Boxes")
    page.get_by_role("button", name="861.jpg").click()
    dialog = page.get_by_role("dialog", name="861.jpg")
    form = open_form(dialog)
    address = form.get_by_label("Address of the image")
    address.fill(image_server.url("/ok/862.jpg"))
    form.get_by_role("button", name="Replace it").click()
    expect(form.get_by_role("alert")).to_contain_text("must have as many")
    shoot(page, "replace-boxes")
    address.fill(image_server.url(f"/ok/{861 + 1440}.jpg"))
    form.get_by_role("button", name="Replace it").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("861.jpg was replaced.")).to_be_visible()
    page.get_by_role("button", name="861.jpg").click()
    expect(dialog.get_by_role("list", name="Boxes").get_by_role("button")).to_have_count(1)
