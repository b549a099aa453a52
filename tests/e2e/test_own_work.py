"""A person's own answers and progress beside the work: searched, filtered, opened again."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer

LISTED = re.compile(r"/answers/mine/")


@pytest.fixture
def signs(people: People, image_server: ImageServer) -> DatasetPages:
    """Four images, the first of them before Sam, who answers them alone."""
    sam = people.come("sam", admin=True)
    signs = sam.create_dataset(
        "Own work", interface="Yes or no", question="A sign?", answers=1, review="Nothing"
    )
    signs.bring([image_server.url(f"/ok/{n}.jpg") for n in (30, 31, 32, 33)])
    sam.button("Label images").click()
    return signs


def test_own_answers_are_found_and_opened_again(signs: DatasetPages) -> None:
    sam = signs.site
    bench = LabellingBench(sam.page, signs.name)
    first, second, third = (_answer(bench, key) for key in ("a", "x", "Space"))
    fourth = bench.image()
    assert fourth is not None
    panel = sam.page.get_by_role("complementary", name="Your work here")
    rows, field = panel.get_by_role("option"), panel.get_by_role("combobox")
    bench.press("r")
    expect(rows).to_contain_text([third, second, first])
    expect(panel.get_by_role("definition").first).to_contain_text("3")
    today = panel.get_by_role("figure").get_by_role("listitem").last
    expect(today).to_contain_text("3 answers")

    sam.button("Rejected").click()
    expect(rows).to_contain_text([second])
    sam.button("All").click()
    field.fill("no such thing")
    expect(panel.get_by_role("heading", name="No answers here")).to_be_visible()
    field.fill(first)
    expect(rows).to_have_count(1)
    field.fill("")
    expect(rows).to_have_count(3)

    # Typed letters answer nothing; the arrows and Enter open one; then keys are the work's.
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        field.press(key)
    expect(panel.get_by_role("option", selected=True)).to_contain_text(second)
    field.press("Enter")
    bench.expect_image(second)
    expect(sam.page.get_by_role("button", name="Reject X", pressed=True)).to_be_visible()
    bench.answer("a")
    bench.expect_image(fourth)
    expect(rows).to_contain_text([f"{second}Accepted", third, first])
    expect(sam.page.get_by_text("3 done")).to_be_visible()

    bench.press("r")
    expect(panel).to_be_hidden()


def test_the_list_waits_fails_and_goes_on(signs: DatasetPages) -> None:
    sam = signs.site
    bench = LabellingBench(sam.page, signs.name)
    first, second, third = (_answer(bench, key) for key in ("a", "a", "a"))
    expect(sam.page.get_by_role("button", name="Saved")).to_be_visible()
    panel = sam.page.get_by_role("complementary", name="Your work here")
    rows = panel.get_by_role("option")

    sam.page.route(LISTED, lambda route: route.abort())
    sam.button("Your work here (R)").click()
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("cannot be reached", timeout=15_000)
    sam.page.unroute(LISTED)
    sam.page.route(LISTED, _two_at_a_time)
    alert.get_by_role("button", name="Try again").click()
    expect(rows).to_contain_text([third, second])
    panel.get_by_role("button", name="Show more").click()
    expect(rows).to_contain_text([third, second, first])
    expect(panel.get_by_role("button", name="Show more")).to_be_hidden()
    sam.page.unroute(LISTED)
    _drop_a_late_reply(sam.page, panel, wanted=second)

    panel.get_by_role("combobox").press("Escape")
    expect(panel).to_be_hidden()
    bench.press("r")
    rows.filter(has_text=first).click()
    bench.expect_image(first)


def _drop_a_late_reply(page: Page, panel: Locator, *, wanted: str) -> None:
    """What was typed last is what is listed, whichever reply comes last."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile("q=slow"), hold)
    field, rows = panel.get_by_role("combobox"), panel.get_by_role("option")
    with page.expect_request(re.compile("q=slow")):
        field.fill("slow")
    field.fill(wanted)
    expect(rows).to_contain_text([wanted])
    with page.expect_request_finished(lambda request: "q=slow" in request.url):
        held[0].continue_()
    expect(rows).to_contain_text([wanted])
    field.fill("")


def _two_at_a_time(route: Route) -> None:
    route.continue_(url=route.request.url.replace("limit=30", "limit=2"))


def _answer(bench: LabellingBench, key: str) -> str:
    name = bench.image()
    assert name is not None
    bench.answer(key)
    bench.expect_gone(name)
    return name
