"""What a browser keeps when the page crashes, the network goes, the session ends, or a second page
of the same person is open: nothing is lost, and nothing is there twice."""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import PASSWORD, DatasetPages, Site
from tests.e2e.people import People
from tests.servers.browser import PATIENCE
from tests.servers.images import ImageServer
from tests.servers.stack import LiveStack

# What a crash may cost, ms.
KEPT_AFTER = 2_000


class Worker:
    """One person with one browser, whose pages come and go."""

    def __init__(self, site: Site, stack: LiveStack) -> None:
        self._stack = stack
        self.site = site
        self.context = site.page.context

    def make(self, name: str, images: Sequence[str], **settings: Any) -> DatasetPages:
        """A dataset that this person answers alone."""
        dataset = self.site.create_dataset(name, answers=1, review="Nothing", **settings)
        dataset.bring(images)
        return dataset

    def open(self, dataset: DatasetPages) -> LabellingBench:
        page = self.context.new_page()
        page.goto(f"{self.site.address}/label/{dataset.slug}")
        return LabellingBench(page, dataset.name)

    def end_session(self) -> None:
        """Deletes the session at the server: nothing is told to the browser and its pages."""
        (key,) = (
            cookie["value"]
            for cookie in self.context.cookies()
            if cookie["name"].startswith("concord-session")
        )
        self._stack.delete_session(key)


@pytest.fixture
def worker(people: People, live_stack: LiveStack) -> Worker:
    return Worker(people.come("off", admin=True), live_stack)


def stroke(bench: LabellingBench, left: int, top: int) -> None:
    """Draws a box of the first label with its corner there on the canvas, px."""
    begin_stroke(bench, left, top)
    bench.page.mouse.up()
    bench.press("1")


def begin_stroke(bench: LabellingBench, left: int, top: int) -> None:
    """As far as the opposite corner, with the button of the mouse still down."""
    frame = bench.canvas.bounding_box()
    assert frame is not None
    mouse = bench.page.mouse
    mouse.move(frame["x"] + left, frame["y"] + top)
    mouse.down()
    mouse.move(frame["x"] + left + 60, frame["y"] + top + 40, steps=3)


def expect_shapes(bench: LabellingBench, count: int) -> None:
    heading = bench.page.get_by_role("heading", name=f"Shapes ({count})", exact=True)
    expect(heading).to_be_visible()


def expect_saving(bench: LabellingBench, text: str) -> None:
    expect(bench.page.get_by_title("What is not sent yet")).to_have_text(text)


def test_strokes_survive_a_crash_in_the_midst_of_the_next_without_a_network(
    worker: Worker, image_server: ImageServer
) -> None:
    dataset = worker.make(
        "Crash", [image_server.url("/ok/310.jpg")], interface="Draw shapes", labels=["stop"]
    )
    bench = worker.open(dataset)
    bench.expect_image("310.jpg")
    stroke(bench, 300, 200)
    expect_saving(bench, "Saved")
    worker.context.set_offline(True)
    stroke(bench, 420, 300)
    expect_shapes(bench, 2)
    bench.page.wait_for_timeout(KEPT_AFTER / 4)
    begin_stroke(bench, 540, 250)
    kill(bench.page)
    worker.context.set_offline(False)
    again = worker.open(dataset)
    again.expect_image("310.jpg")
    expect_shapes(again, 2)
    expect_saving(again, "Saved")
    again.answer("a")
    expect_saving(again, "Saved")
    (answer,) = dataset.own_answers()
    assert (answer["shapes"], answer["revision"]) == (2, 1)


def kill(page: Page) -> None:
    """Ends the page's process as a crash does: no code of it runs any more."""
    with page.expect_event("crash"), suppress(PlaywrightError):
        page.goto("chrome://crash", wait_until="commit")
    page.close()


def test_ten_answers_without_a_network_arrive_once_each(
    worker: Worker, image_server: ImageServer
) -> None:
    addresses = [image_server.url(f"/ok/{n}.jpg") for n in range(320, 334)]
    dataset = worker.make("Train", addresses, interface="Yes or no", question="A train?")
    bench = worker.open(dataset)
    bench.page.wait_for_load_state("networkidle")
    worker.context.set_offline(True)
    seen = []
    for count in range(1, 11):
        name = bench.image()
        seen.append(name)
        expect(bench.page.get_by_text("did not load")).to_be_hidden()
        bench.answer("a")
        expect_saving(bench, f"Offline: {count} not sent")
    assert len(set(seen)) == 10
    bench.page.close()
    assert dataset.own_answers() == []  # the network is gone for the pages, not for this request
    worker.context.set_offline(False)

    # Any page sends what is left, also while another one asks for work.
    worker.site.page.goto(worker.site.address)
    bench = worker.open(dataset)
    expect_answers(dataset, 10)
    came = dataset.own_answers()
    assert {answer["name"] for answer in came} == set(seen)
    assert {(answer["answer"], answer["revision"]) for answer in came} == {("accept", 1)}
    expect(bench.page.get_by_text("4 left")).to_be_visible()
    assert bench.image() not in seen


def expect_answers(dataset: DatasetPages, count: int) -> None:
    """Waits until the server has so many; a predicate of the page's would always hold: playwright
    takes the promise of an async one for true."""
    deadline = time.monotonic() + PATIENCE / 1000
    while len(dataset.own_answers()) != count:
        assert time.monotonic() < deadline, f"{len(dataset.own_answers())} of {count} answers came"
        dataset.page.wait_for_timeout(50)


def test_work_waits_for_its_author_to_log_in_again(
    worker: Worker, image_server: ImageServer
) -> None:
    dataset = worker.make(
        "Session",
        [image_server.url(f"/ok/{n}.jpg") for n in (340, 341)],
        interface="Draw shapes",
        labels=["stop"],
    )
    bench = worker.open(dataset)
    stroke(bench, 300, 200)
    expect_saving(bench, "Saved")
    worker.end_session()
    stroke(bench, 420, 300)
    overlay = bench.page.get_by_role("dialog")
    expect(overlay).to_be_visible()
    overlay.get_by_label("Password", exact=True).fill(PASSWORD)
    overlay.get_by_role("button", name="Log in").click()
    expect(overlay).to_be_hidden()
    expect_shapes(bench, 2)
    expect_saving(bench, "Saved")
    bench.answer("a")
    expect_answers(dataset, 1)
    assert dataset.own_answers()[0]["shapes"] == 2


def test_nobody_sends_the_work_of_another(
    worker: Worker, people: People, image_server: ImageServer
) -> None:
    dataset = worker.make(
        "Shared", [image_server.url("/ok/345.jpg")], interface="Yes or no", question="A bus?"
    )
    bench = worker.open(dataset)
    bench.expect_image("345.jpg")
    worker.context.set_offline(True)
    bench.answer("x")
    expect_saving(bench, "Offline: 1 not sent")
    worker.end_session()
    guest = people.account("guest", admin=True)
    worker.context.set_offline(False)
    Site(worker.context.new_page(), worker.site.address, email=guest).log_in()
    # The page that was left open still has the answer, and asks for its author.
    expect(bench.page.get_by_role("dialog")).to_be_visible()
    expect_saving(bench, "Log in to send 1")
    bench.page.close()
    theirs = worker.open(dataset)
    assert theirs.image() is None
    expect_saving(theirs, "Saved")
    theirs.page.close()
    worker.end_session()
    worker.site.log_in()
    expect_answers(dataset, 1)
    assert dataset.own_answers()[0]["answer"] == "reject"


def test_two_pages_of_one_person_show_each_other_what_they_did(
    worker: Worker, image_server: ImageServer
) -> None:
    dataset = worker.make(
        "Twice",
        [image_server.url(f"/ok/{n}.jpg") for n in (350, 351)],
        interface="Draw shapes",
        labels=["stop"],
    )
    one, two = worker.open(dataset), worker.open(dataset)
    two.expect_image(one.image() or "")
    stroke(one, 300, 200)
    expect_saving(one, "Saved")
    for left in (300, 420):
        stroke(two, left, 300)
    alert = two.page.get_by_role("alert")
    expect(alert).to_contain_text("Nothing is lost")
    expect_saving(two, "1 needs you")
    two.page.get_by_role("button", name="From the other page").click()
    expect_shapes(two, 1)
    two.page.get_by_role("button", name="From this page").click()
    expect_shapes(two, 2)
    expect_saving(two, "Saved")
    two.answer("a")
    expect_answers(dataset, 1)

    # The first page has begun this, too, and is told when it answers.
    one.answer("x")
    expect(one.page.get_by_role("alert")).to_contain_text("Nothing is lost")
    one.page.get_by_role("button", name="From the other page").click()
    expect_shapes(one, 2)
    one.answer("a")
    expect_saving(one, "Saved")
    (answer,) = dataset.own_answers()
    assert (answer["answer"], answer["shapes"], answer["revision"]) == ("accept", 2, 2)
