"""Every page that the router knows: fit for a screen reader, light and dark, and no wider than a
phone. A page that is missing here fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.e2e.test_threads import answer
from tests.servers.images import ImageServer

ROOT = Path(__file__).parents[2]
ROUTES = ROOT / "frontend" / "src" / "app"

PUBLIC = {
    *("/login", "/first-run", "/invitations/$token", "/unsubscribe/$mails"),
    *("/password-reset", "/password-reset/$key"),
}
OF_DATASET = {
    *("/", "/data", "/boxes", "/import", "/groups", "/review", "/insights", "/mine", "/export"),
    *("/people", "/settings", "/tasks/$task", "/progress", "/audit", "/models"),
    *("/snapshots", "/webhooks"),
}
OTHERS = {
    *("/", "/datasets", "/datasets/new", "/people", "/account", "/system/audit"),
    *("/label/$slug", "/review/$slug", "/review/$slug/grid", "/threads/$thread"),
}
PARENTS = {"/datasets/$slug"}

DARK = "document.documentElement.dataset.mantineColorScheme = 'dark'"
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
# Both, since a pane may clip what is wider than it.
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


@dataclass
class Story:
    """A dataset in the midst of work, as its manager and its annotator see it."""

    rita: Site
    dataset: DatasetPages
    names: dict[str, str]


@pytest.fixture
def story(people: People, image_server: ImageServer) -> Story:
    rita = people.come("rita", admin=True)
    settings = {"labels": ["stop", "yield"], "overlap": 2, "review_policy": "conflicts"}
    signs = rita.send_dataset("Signs", interface="image_manual", **settings)
    signs.bring([image_server.url(f"/ok/{number}.jpg") for number in range(150, 156)])
    for name, label in (("ann", "stop"), ("ben", "yield")):
        person = people.come(name)
        member = {"email": person.email, "role": "annotator"}
        rita.send(f"datasets/{signs.slug}/members/", member)
        answer(person, signs.slug, label)
    task = rita.page.request.get(f"{rita.address}/api/datasets/{signs.slug}/tasks/?limit=1")
    thread = rita.send(f"tasks/{task.json()['results'][0]['id']}/threads/", {"text": "Which?"})
    names = {"slug": signs.slug, "thread": thread["id"], "task": task.json()["results"][0]["id"]}
    return Story(rita, signs, names)


def served() -> set[str]:
    """What the router's sources name."""
    sources = [ROUTES / "router.ts", *(ROUTES / "routes").glob("*.ts")]
    return {path for source in sources for path in re.findall(r"path: '(.+?)'", source.read_text())}


def test_no_page_is_left_out() -> None:
    assert served() == PUBLIC | OF_DATASET | OTHERS | PARENTS


# Some twenty pages, each looked at three times.
@pytest.mark.timeout(600)
def test_every_page_is_fit_for_all(story: Story) -> None:
    page, faults = story.rita.page, list[str]()
    places = [*OTHERS, *(f"/datasets/$slug{path.rstrip('/')}" for path in OF_DATASET)]
    for place in sorted(places):
        path = re.sub(r"\$(\w+)", lambda found: story.names[found[1]], place)
        faults += [f"{place} {fault}" for fault in faults_of(page, story.rita.address + path)]
    assert not faults, "\n".join(faults)


def test_every_door_is_fit_for_all(people: People) -> None:
    stranger = people.stranger("sam")
    faults = list[str]()
    for place in sorted(PUBLIC):
        path = re.sub(r"\$\w+", "unknown", place)
        faults += [
            f"{place} {fault}" for fault in faults_of(stranger.page, stranger.address + path)
        ]
    assert not faults, "\n".join(faults)


def faults_of(page: Page, address: str) -> list[str]:
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    found = violations(page)
    page.evaluate(DARK)
    found += [f"dark {fault}" for fault in violations(page, runOnly=["color-contrast"])]
    page.set_viewport_size(NARROW)
    if (over := page.evaluate(TOO_WIDE)) > 0:
        found.append(f"is {over} px wider than a phone")
    return found
