"""A webhook is made, tried, hears of an answer, and its log tells what came of it."""

from __future__ import annotations

import hashlib
import hmac

from playwright.sync_api import expect

from tests.e2e.pages import PATIENCE_WITH_JOBS
from tests.e2e.people import People
from tests.e2e.test_threads import answer
from tests.servers.images import ImageServer
from tests.servers.receiving import receiver


def test_a_webhook_hears_of_an_answer_and_its_log_tells_of_it(
    people: People, image_server: ImageServer
) -> None:
    kim = people.come("kim", admin=True)
    signs = kim.send_dataset("Signs", interface="image_manual", labels=["stop"], overlap=1)
    signs.bring([image_server.url("/ok/911.jpg")])
    page = kim.page
    with receiver() as server:
        signs.open("Webhooks")
        expect(page.get_by_text("Nobody is told yet")).to_be_visible()
        page.get_by_label("Address").fill(server.url)
        page.get_by_label("somebody answered", exact=True).check()
        kim.button("Make a webhook").click()
        secret = page.get_by_label("Copy the secret now").input_value()
        kim.button("Close").click()
        card = page.get_by_role("region", name=server.url)

        card.get_by_role("button", name="Send a test").click()
        log = card.get_by_role("table", name="What was sent").get_by_role("row")
        expect(log.filter(has_text="a test")).to_contain_text(
            "Arrived: 200", timeout=PATIENCE_WITH_JOBS
        )
        answer(kim, signs.slug, "stop")
        expect(log.filter(has_text="somebody answered")).to_contain_text(
            "Arrived: 200", timeout=PATIENCE_WITH_JOBS
        )
        expect(log.filter(has_text="a task has its final answer")).to_contain_text("Arrived")
        for message in server.messages:
            time, signed = message.headers["Concord-Signature"].removeprefix("t=").split(",v1=")
            proof = hmac.new(secret.encode(), time.encode() + b"." + message.body, hashlib.sha256)
            assert proof.hexdigest() == signed
            assert kim.email.encode() not in message.body

        before = len(server.messages)
        log.filter(has_text="a test").get_by_role("button", name="Send again").click()
        expect(log.filter(has_text="a test")).to_contain_text("Arrived", timeout=PATIENCE_WITH_JOBS)
        card.get_by_role("switch", name="On").click(force=True)
        expect(card.get_by_role("button", name="Send a test")).to_be_disabled()
        assert len(server.messages) >= before
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Nobody is told yet")).to_be_visible()
