"""Picking among images: by keys alone, on a phone and on a desk, to the reviewer and the file."""

import json
import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.benches import DOUBLE_PRESS, PickingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer

QUESTION = "Which of these show a sign?"
SIZES = ((12, range(1, 13)), (2, (21, 22)), (5, range(31, 36)), (3, (41, 42, 43)))
WIDTHS = (360, 1600)
SHOTS = os.environ.get("CONCORD_SCREENSHOTS")


def groups(server: ImageServer) -> list[str]:
    """Lines that each name several images."""
    return [
        json.dumps({"options": [{"id": n, "image": server.url(f"/ok/{n}.jpg")} for n in numbers]})
        for _, numbers in SIZES
    ]


def shoot(page: Page, name: str, *, full: bool = False) -> None:
    """Keep a picture of each width in both schemes, for whoever asks for it."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780 if width < 1000 else 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if SHOTS:
                page.wait_for_timeout(250)
                page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=full)
    assert before is not None
    page.set_viewport_size(before)


def answer(page: Page, key: str) -> None:
    """Answers with one key, at the pace of a person."""
    page.keyboard.press(key)
    page.wait_for_timeout(DOUBLE_PRESS + 50)


def test_picking_by_keys_alone_from_the_list_to_the_file(
    people: People, image_server: ImageServer, tmp_path: Path
) -> None:
    pat, quin = people.come("pat", admin=True), people.come("quin")
    signs = pat.create_dataset("Picked", interface="Pick images", question=QUESTION, answers=2)
    signs.paste(groups(image_server))
    signs.add_member(quin)

    pat.button("Label images").click()
    bench = PickingBench(pat.page, QUESTION)
    for width in WIDTHS:
        pat.page.set_viewport_size({"width": width, "height": 780})
        bench.expect_tiles(12)
    _pick_by_keys(pat, bench)
    quin.page.goto(f"{pat.address}/label/{signs.slug}")
    quin.page.set_viewport_size({"width": 360, "height": 780})
    quin.page.emulate_media(color_scheme="light")
    other = PickingBench(quin.page, QUESTION)
    _agree_but_for_one(quin, other)
    _review(people.come("rob"), pat, signs)
    _check_file(signs, tmp_path)


def _pick_by_keys(pat: Site, bench: PickingBench) -> None:
    page = pat.page
    for key in "10-=":
        page.keyboard.press(key)
    bench.expect_picked(1, 10, 11, 12)
    page.keyboard.press("0")
    page.keyboard.press("Shift+Digit2")
    bench.expect_picked(1, 11)
    # A focused tile is picked by Space, which elsewhere answers.
    while not bench.tile(3).evaluate("tile => tile === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    bench.expect_picked(1, 3, 11)
    outline = bench.tile(3).evaluate("tile => getComputedStyle(tile).outlineStyle")
    assert outline == "solid", "the focus is to be seen"
    shoot(page, "twelve")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    page.reload()
    bench.expect_picked(1, 3, 11)
    answer(page, "Enter")
    bench.expect_tiles(2)
    expect(pat.button("None A")).to_be_visible()
    shoot(page, "two")
    answer(page, "a")
    bench.expect_tiles(5)
    page.keyboard.press("2")
    answer(page, "x")
    bench.expect_tiles(3)
    page.keyboard.press("Backspace")
    bench.expect_tiles(5)
    bench.expect_picked(2)
    answer(page, "Enter")
    answer(page, "a")
    expect(page.get_by_role("link", name="To the dataset")).to_be_visible()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()


def _agree_but_for_one(quin: Site, bench: PickingBench) -> None:
    page = quin.page
    bench.expect_tiles(12)
    for key in ("1", "3", "4"):
        page.keyboard.press(key)
    answer(page, "Enter")
    bench.expect_tiles(2)
    answer(page, "a")
    bench.expect_tiles(5)
    page.keyboard.press("2")
    answer(page, "Enter")
    bench.expect_tiles(3)
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    uncached = page.context.new_cdp_session(page)
    uncached.send("Network.setCacheDisabled", {"cacheDisabled": True})
    broken = bench.grid.get_by_role("img").first.get_attribute("src")
    assert broken is not None
    page.route(f"**{broken}", lambda route: route.abort())
    page.reload()
    retry = page.get_by_role("button", name="Try again to load Image")
    expect(retry).to_be_visible()
    shoot(page, "broken")
    page.unroute_all()
    while not retry.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    bench.expect_tiles(3)
    page.locator("body").evaluate("() => document.activeElement.blur()")
    answer(page, "a")
    expect(page.get_by_role("link", name="To the dataset")).to_be_visible()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()


def _review(rob: Site, pat: Site, signs: DatasetPages) -> None:
    pat.page.get_by_role("link", name="To the dataset").click()
    signs.add_member(rob, role="Reviewer")
    page = rob.page
    page.goto(f"{rob.address}/review/{signs.slug}")
    expect(page.get_by_role("heading", name="Is it picked?")).to_be_visible()
    expect(page.get_by_text("1 of 2 picks image 4").first).to_be_visible()
    PickingBench(page, QUESTION).expect_tiles(12)
    shoot(page, "review")
    page.keyboard.press("Enter")  # 4 is proposed as not picked
    expect(page.get_by_text("1 of 2 picks image 11").last).to_be_visible()
    page.keyboard.press("1")  # picked
    expect(page.get_by_role("link", name="To the dataset")).to_be_visible()


def _check_file(signs: DatasetPages, folder: Path) -> None:
    file = signs.export("JSONL", to=folder)
    picked = [json.loads(line)["accept"] for line in file.read_text().splitlines()]
    assert picked == [[1, 3, 11], [], [32], []]


def test_a_manager_makes_groups_and_sees_how_people_do(
    people: People, image_server: ImageServer
) -> None:
    pat, quin = people.come("petra", admin=True), people.come("quentin")
    page = pat.page
    cats = pat.create_dataset("Cats", interface="Pick images", question=QUESTION, answers=1)
    lines = [{"image": image_server.url(f"/ok/{n}.jpg"), "score": n / 40} for n in range(1, 31)]
    cats.paste([json.dumps(line) for line in lines])
    page.get_by_role("link", name="Put them into groups").click()
    _mark(page, ["1.jpg", "2.jpg"], "To be picked")
    _mark(page, ["3.jpg", "4.jpg", "5.jpg"], "Not to be picked")
    _order_groups(page)
    expect(page.get_by_text("6 groups made")).to_be_visible(timeout=30_000)
    cats.add_member(quin)

    quin.page.goto(f"{quin.address}/label/{cats.slug}")
    bench = PickingBench(quin.page, QUESTION)
    for _ in range(6):
        expect(bench.grid).to_be_visible()
        quin.page.keyboard.press("1")
        bench.expect_picked(1)
        answer(quin.page, "Enter")
    expect(quin.page.get_by_role("link", name="To the dataset")).to_be_visible()
    expect(quin.page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    cats.open("Groups")
    row = page.get_by_role("row", name=quin.shown_name)
    expect(row).to_contain_text("of")
    shoot(page, "groups", full=True)
    page.get_by_role("link", name="See the groups").click()
    page.get_by_role("gridcell").first.get_by_role("link").click()
    seen = PickingBench(page, QUESTION)
    seen.expect_tiles(5)
    seen.expect_picked(1)
    shoot(page, "group")


def _mark(page: Page, names: list[str], as_what: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=f"{name}, Not known", exact=True).check()
    acts = page.get_by_role("group", name="Of the chosen images")
    acts.get_by_role("button", name=as_what, exact=True).click()
    expect(acts).to_be_hidden()
    for name in names:
        expect(page.get_by_role("checkbox", name=f"{name}, {as_what}", exact=True)).to_be_visible()


def _order_groups(page: Page) -> None:
    page.get_by_role("textbox", name="Images in a group").fill("5")
    page.get_by_role("radio", name="High scores first").check()
    page.get_by_role("textbox", name="Known images mixed in").fill("50")
    expect(page.get_by_text("10 groups")).to_be_visible()
    expect(page.get_by_text("people may notice")).to_be_visible()
    page.get_by_role("textbox", name="Known images mixed in").fill("15")
    page.get_by_role("textbox", name="Seed").fill("7")
    expect(page.get_by_text("6 groups of 4 or 5 images.")).to_be_visible()
    shoot(page, "compose", full=True)
    page.get_by_role("button", name="Make the groups").click()
