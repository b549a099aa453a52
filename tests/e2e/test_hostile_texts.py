"""Stored scripts (G10, J13, J14): whatever people have written, no page runs any of it, none breaks
the policy that pages are served with, and none asks anything of another machine."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.e2e.api_texts import texts, written
from tests.e2e.hostile_texts import SHORT, plant
from tests.e2e.pages import Site
from tests.e2e.people import People
from tests.e2e.test_every_page import OF_DATASET, OTHERS
from tests.servers.images import ImageServer

WATCH = """
window.told = [];
window.ran = () => window.told.push('a script ran');
addEventListener('securitypolicyviolation', event =>
    window.told.push(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
# What no page of ours has, and what it would have if a text had become a part of it.
LOOK = """() => {
    const planted = '[onerror], [onload], [onmouseover], [onfocus], iframe, a[href^="javascript:"],'
        + 'a[href^="data:"], img[src="x"], img[src*="evil"], script:not([src])';
    const found = [...document.querySelectorAll(planted)].map(each => each.outerHTML.slice(0, 200));
    if ({}.polluted !== undefined) found.push('prototypes are polluted');
    return [...window.told, ...found];
}"""


class Watch:
    """What a page did that it must not."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.seen: list[str] = []
        page.add_init_script(WATCH)
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("dialog", lambda dialog: self.seen.append(f"dialog {dialog.message}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.seen.append(f"asked {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.seen.append(message.text)

    def look(self) -> list[str]:
        found, self.seen[:] = [*self.seen, *self.page.evaluate(LOOK)], []
        return found

    def faults_of(self, path: str) -> list[str]:
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        expect(self.page.get_by_role("status", name="Loading")).to_have_count(0)
        return self.look()

    def faults_of_guideline(self, slug: str) -> list[str]:
        """What the panel beside the work makes of it: the one text that becomes HTML."""
        found = self.faults_of(f"/review/{slug}")
        self.page.keyboard.press("g")
        panel = self.page.get_by_role("complementary", name="Guideline")
        expect(panel).to_contain_text("<img src=x onerror=ran()>")
        return found + self.look()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The bodies that were sent in this test."""
    bodies: list[Any] = []
    send = Site.send

    def noted(self: Site, path: str, body: dict[str, Any], **more: Any) -> Any:
        bodies.append(body)
        return send(self, path, body, **more)

    monkeypatch.setattr(Site, "send", noted)
    return bodies


@pytest.mark.timeout(600)
def test_no_page_runs_what_somebody_wrote(
    people: People, image_server: ImageServer, sent: list[Any]
) -> None:
    rita, names = plant(people, image_server)
    asked = texts()
    assert len(asked) > 20
    assert asked - {name for body in sent for name in written(body, SHORT)} == set()
    watch = Watch(rita.page, rita.address)
    places = [*OTHERS, *(f"/datasets/$slug{path.rstrip('/')}" for path in OF_DATASET)]
    shown, faults = 0, list[str]()
    for place in sorted(places):
        path = re.sub(r"\$(\w+)", lambda found: names[found[1]], place)
        faults += [f"{place} {fault}" for fault in watch.faults_of(path)]
        shown += SHORT in rita.page.inner_text("body")
    faults += watch.faults_of_guideline(names["slug"])
    assert not faults, "\n".join(faults)
    assert shown > 20  # as text, to the letter
    rita.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", SHORT)
    assert watch.look(), "a page that took a text for its own would not be noticed"
