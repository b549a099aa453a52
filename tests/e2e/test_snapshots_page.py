"""A snapshot is made, work goes on, what differs is looked at, and a file of then is made."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.pages import PATIENCE_WITH_JOBS
from tests.e2e.people import People
from tests.e2e.test_threads import answer, box
from tests.servers.images import ImageServer


def test_what_differs_since_a_snapshot_is_seen_task_by_task(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Signs", interface="image_manual", labels=["stop", "yield"], overlap=1)
    signs.bring([image_server.url("/ok/901.jpg")])
    answer(kim, signs.slug, "stop")
    page = kim.page

    signs.open("Snapshots")
    expect(page.get_by_text("No snapshots yet")).to_be_visible()
    page.get_by_label("Name").fill("first")
    kim.button("Make a snapshot").click()
    row = page.get_by_role("row", name="first")
    expect(page.get_by_role("heading", name="Compare")).to_be_visible(timeout=PATIENCE_WITH_JOBS)
    expect(row).to_contain_text("1")

    kim.button("Compare").click()
    expect(page.get_by_text("Nothing differs")).to_be_visible(timeout=PATIENCE_WITH_JOBS)

    tasks = page.request.get(f"{kim.address}/api/datasets/{signs.slug}/tasks/").json()
    moved = {**box("yield"), "x": box("yield")["x"] + 5}
    body = {"answer": "accept", "spans": [moved]}
    kim.send(f"tasks/{tasks['results'][0]['id']}/answer/", body)
    kim.button("Compare").click()
    diff = page.get_by_role("region", name="From first to Now")
    expect(diff.get_by_role("button", name="Tasks changed: 1")).to_be_visible(
        timeout=PATIENCE_WITH_JOBS
    )
    change = diff.get_by_role("listitem").filter(has=page.get_by_role("figure"))
    expect(change.get_by_text("stop is yield now")).to_be_visible()
    expect(change.get_by_role("figure")).to_have_count(2)
    expect(change.locator("polygon")).to_have_count(2)
    diff.get_by_role("button", name="Other labels: 1").click()
    expect(change).to_have_count(1)

    page.get_by_role("link", name="Export first").click()
    expect(page.get_by_role("combobox", name="Answers of which moment")).to_have_value("first")
    kim.button("Make the file").click()
    file = page.get_by_role("row").filter(has_text="Snapshot “first”")
    expect(file.get_by_role("link", name="Download")).to_be_visible(timeout=PATIENCE_WITH_JOBS)
    signs.open("Snapshots")
    page.get_by_role("button", name="Delete first").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("No snapshots yet")).to_be_visible()
