"""What stands beside the work: a person's own keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import Site
from tests.servers.images import ImageServer
from tests.servers.stack import LiveStack

PASSWORD = "four quiet words here"


@pytest.fixture
def open_kim(live_stack: LiveStack, open_page: Callable[[], Page]) -> Callable[[], Site]:
    """Kim, who makes datasets and answers them alone, at one more machine each time."""
    live_stack.create_user("kim@example.org", password=PASSWORD, admin=True)

    def at_another_machine() -> Site:
        site = Site(open_page(), live_stack.address)
        site.log_in("kim@example.org", PASSWORD)
        return site

    return at_another_machine


def test_own_keys_hold_on_every_machine(
    open_kim: Callable[[], Site], image_server: ImageServer
) -> None:
    kim = open_kim()
    signs = kim.create_dataset(
        "Keys", interface="Yes or no", question="A sign?", answers=1, review="Nothing"
    )
    signs.paste([image_server.url(f"/ok/{n}.jpg") for n in (8, 9)])
    kim.button("Label images").click()
    bench = LabellingBench(kim.page, "Keys")
    first = bench.image()
    assert first is not None
    bench.press("?")
    kim.button("Accept and go on: A, change").click()
    bench.press("x")
    expect(kim.page.get_by_role("alert")).to_have_text(
        "X is the key of “Reject and go on”.Exchange the two"
    )
    kim.button("Exchange the two").click()
    expect(kim.button("Reject and go on: A, change")).to_be_visible()
    bench.press("Escape")
    expect(kim.page.get_by_role("button", name="Accept X")).to_be_visible()

    elsewhere = open_kim()
    elsewhere.page.goto(kim.page.url)
    other = LabellingBench(elsewhere.page, "Keys")
    other.expect_image(first)
    other.answer("x")
    other.expect_gone(first)
    other.press("Backspace")
    expect(elsewhere.page.get_by_role("button", name="Accept X", pressed=True)).to_be_visible()
    other.press("?")
    elsewhere.button("Back to the defaults").click()
    expect(elsewhere.button("Accept and go on: A, change")).to_be_visible()
