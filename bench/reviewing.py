"""The reviewer's page in Chromium: how soon the next conflict is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from playwright.sync_api import Browser, expect

from bench.crowded import SCREEN
from bench.records import Record, of_milliseconds

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

LOOK_MS = 500
"""How long somebody looks at a conflict before deciding it; most take several times longer."""
WARM_UP, LAST = 8, 3
"""Steps at the start, and at the end where nothing may be left to be fetched, that do not count."""
PLACES = ((200, 150), (1300, 200), (300, 750), (1400, 800))
"""Where the conflicts of an image are, px."""

# From the deciding key to the frame after the one in which another step is on the page and the
# middle row of the photo or of the shapes over it is another: by then the browser has put that on
# the screen, and the view slides to it.
WATCH = """() => {
    const look = () => {
        const image = document.querySelector('[role=application]')?.getAttribute('aria-label');
        const rows = [...document.querySelectorAll('nav[aria-label=Conflicts] button')];
        const middle = (name) => {
            const layer = document.querySelector(`canvas[data-layer=${name}]`);
            if (layer === null || layer.width === 0) return '';
            const { width, height } = layer;
            return layer.getContext('2d').getImageData(0, height >> 1, width, 1).data.join();
        };
        const step = `${image} ${rows.findIndex((row) => row.ariaPressed === 'true')}`;
        const photo = middle('image');
        return [step, photo && photo + middle('shapes')];
    };
    window.steps = [];
    window.addEventListener('keydown', () => {
        const pressed = performance.now();
        const [step, row] = look();
        const wait = () => {
            const [now, painted] = look();
            if (now === step || painted === row || painted === '') requestAnimationFrame(wait);
            else requestAnimationFrame(() => window.steps.push(performance.now() - pressed));
        };
        requestAnimationFrame(wait);
    }, true);
}"""


def box(place: tuple[int, int], label: str, *, width: int = 160) -> dict[str, Any]:
    """A box that has its top left corner there."""
    x, y = place
    return {"type": "rect", "x": x, "y": y, "width": width, "height": 120, "label": label}


ANNS = [box(PLACES[0], "thing"), box(PLACES[1], "thing"), box(PLACES[2], "thing")]
BENS = [box(PLACES[0], "other"), box(PLACES[1], "thing", width=300), box(PLACES[3], "thing")]
"""Their labels differ, then their extents; the others only one of them drew."""
KEYS = {"What is it?": "1", "How far does it reach?": "Enter", "Is it there?": "Enter"}


def disputed(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    """Two annotators of a dataset by the secrets of their tokens, and what they draw."""
    from apps.datasets.models import Label
    from bench.datasets import make_annotator

    Label.objects.create(
        dataset=dataset, name="other", colour="#56b4e9", position=1, shapes=["rect"]
    )
    return {
        make_annotator(dataset=dataset, email=f"{name}@bench.example.org"): boxes
        for name, boxes in (("ann", ANNS), ("ben", BENS))
    }


def measure_reviewing(
    browser: Browser,
    address: str,
    state: Any,
    *,
    slug: str,
    answers: dict[str, list[dict[str, Any]]],
) -> Iterator[Record]:
    """The figures of the reviewer's page; `state` is that of a reviewer who has logged in."""
    for secret, boxes in answers.items():
        _answer_all(browser, f"{address}/api", slug, secret, boxes)
    context = browser.new_context(viewport=SCREEN, storage_state=state)
    page = context.new_page()
    page.goto(f"{address}/review/{slug}")
    expect(page.get_by_role("application")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCH)
    heading = page.get_by_role("complementary", name="Decision").get_by_role("heading").first
    left = page.get_by_role("status").filter(has_text="wait")
    done = 0
    while not left.inner_text().startswith("1 image"):
        page.wait_for_timeout(LOOK_MS)
        page.keyboard.press(KEYS.get(heading.inner_text(), "Enter"))
        done += 1
        page.wait_for_function("done => window.steps.length === done", arg=done)
    waits = [each / 1000 for each in page.evaluate("window.steps")][WARM_UP:-LAST]
    note = f"four conflicts an image, looked at for {LOOK_MS} ms; photos of 1920 x 1080"
    yield of_milliseconds("review_next_conflict_ms", waits, note=note)
    context.close()


def _answer_all(
    browser: Browser, api: str, slug: str, secret: str, boxes: list[dict[str, Any]]
) -> None:
    request = browser.new_context(extra_http_headers={"Authorization": f"Bearer {secret}"}).request
    while True:
        reply = request.post(f"{api}/datasets/{slug}/next/", data={"count": 1}).json()
        if not reply["tasks"]:
            return
        (task,) = reply["tasks"]
        body = {"answer": "accept", "spans": boxes, "lease": task["lease"]}
        key = {"Idempotency-Key": str(uuid4())}
        answered = request.post(f"{api}/tasks/{task['id']}/answer/", data=body, headers=key)
        if not answered.ok:
            raise RuntimeError(f"An answer was refused: {answered.text()[:500]}")
