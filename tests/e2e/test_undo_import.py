"""An import is undone from its page: what goes and what stays is said before and after."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.pages import PATIENCE_WITH_JOBS
from tests.e2e.people import People
from tests.servers.images import ImageServer


def test_images_that_nobody_has_worked_on_go_and_come_again(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    streets = kim.send_dataset("Streets", interface="image_manual", labels=["car"])
    page = kim.page
    addresses = [image_server.url(f"/ok/{n}.jpg") for n in (801, 802, 803, 804)]
    streets.paste(addresses)
    (held,) = kim.send(f"datasets/{streets.slug}/next/", {"count": 1})["tasks"]
    assert held["images"]

    # Asked, and left as it is.
    undo = page.get_by_role("button", name="Undo the import")
    undo.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Undo the import?")
    expect(dialog.get_by_text("3 images go, with their tasks and suggestions.")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_text("1 that somebody has open or began")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert streets.import_counts() == {"in": 4}

    undo.click()
    dialog.get_by_role("button", name="Take 3 out").click()
    expect(page.get_by_text("3 were taken out.")).to_be_visible(timeout=PATIENCE_WITH_JOBS)
    expect(page.get_by_role("listitem").filter(has_text="has open or began")).to_be_visible()
    assert streets.import_counts() == {"in": 1, "taken out or cancelled": 3}

    page.get_by_role("link", name="Bring more images").click()
    expect(page.get_by_role("row", name="undone")).to_contain_text("1 image")
    expect(page.get_by_text("1 image takes")).to_be_visible()
    streets.paste(addresses)
    assert streets.import_counts() == {"in": 3, "repeats": 1}
