"""A manager takes one image down, and is asked twice where people have worked on it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.people import People
from tests.servers.images import ImageServer


def test_an_image_is_taken_down_and_one_with_answers_only_when_told_twice(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    streets = kim.send_dataset("Streets", interface="image_manual", labels=["car"])
    streets.bring([image_server.url(f"/ok/{n}.jpg") for n in (811, 812, 813)])
    (held,) = kim.send(f"datasets/{streets.slug}/next/", {"count": 1})["tasks"]
    answer = {"answer": "accept", "spans": [], "lease": held["lease"]}
    kim.send(f"tasks/{held['id']}/answer/", answer)

    streets.open("Data")
    page = kim.page
    first, second = (page.get_by_role("link", name=f"{n}.jpg") for n in (811, 812))
    expect(first).to_be_visible()

    # Nobody has worked on it: one question.
    acts = streets.look_at("812.jpg")
    acts.get_by_role("button", name="Take the image down").click()
    expect(acts.get_by_text("Nobody will see it or be asked about it")).to_be_visible()
    acts.get_by_role("button", name="Take it down").click()
    expect(acts).to_be_hidden()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()

    # There is an answer: a second one, and a way back.
    streets.look_at("811.jpg")
    acts.get_by_role("button", name="Take the image down").click()
    acts.get_by_role("button", name="Take it down").click()
    expect(acts.get_by_role("status")).to_contain_text("People have worked on this image.")
    acts.get_by_role("button", name="Leave it in").click()
    acts.get_by_role("button", name="Take the image down").click()
    acts.get_by_role("button", name="Take it down").click()
    acts.get_by_role("button", name="Take it down with the answers").click()
    expect(acts).to_be_hidden()
    expect(page.get_by_role("link", name="813.jpg")).to_be_visible()
    expect(first).to_be_hidden()
