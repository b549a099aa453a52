"""The labelling page in Chromium: what it weighs, how long people wait for the next image, and how
it moves under thousands of boxes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from bench.chromium import log_in, make_person, open_browser
from bench.crowded import BOXES, SCREEN, fill, measure_crowded
from bench.instance import free_port, throwaway, web, worker
from bench.photos import import_all, make_photos, serving
from bench.records import Record, of_milliseconds
from bench.reviewing import disputed, measure_reviewing

if TYPE_CHECKING:
    from apps.annotators.models import User
    from apps.datasets.models import Dataset

WARM_UP, TASKS = 5, 50
REVIEWED = 20
"""Images with conflicts."""
LOOK_MS = 500
"""How long somebody looks at a task before answering it; most take many times longer."""

# Encoded as they came over the wire, also where the browser still had them.
WEIGHT = """() => performance.getEntriesByType('resource')
    .filter((each) => /\\.(js|css)$/.test(new URL(each.name).pathname))
    .map((each) => each.encodedBodySize)"""

# In the order of their start, the page itself first.
REQUESTS = """() => 2 + performance.getEntriesByType('resource')
    .findIndex((each) => new URL(each.name).pathname.startsWith('/api/images/'))"""

# From the key's event to the frame after the one in which the middle row of the image's canvas is
# another: by then the browser has put that on the screen.
WATCH = """() => {
    const look = () => {
        const layer = document.querySelector('canvas[data-layer=image]');
        if (layer === null || layer.width === 0) return '';
        const row = layer.getContext('2d').getImageData(0, layer.height >> 1, layer.width, 1);
        return row.data.join();
    };
    window.painted = [];
    window.addEventListener('keydown', (event) => {
        if (event.key !== 'a') return;
        const pressed = performance.now();
        const before = look();
        const wait = () => {
            const now = look();
            if (now === before || now === '') requestAnimationFrame(wait);
            else requestAnimationFrame(() => window.painted.push(performance.now() - pressed));
        };
        requestAnimationFrame(wait);
    }, true);
}"""


def measure() -> Iterator[Record]:
    """Figures of the part `canvas`."""
    port = free_port()
    os.environ["CONCORD_FETCH_ALLOW"] = f"127.0.0.1/32:{port}"
    with throwaway() as environment:
        folder = environment.data_dir / "web"
        with serving(folder, port), worker(environment, processes=2):
            names = make_photos(folder, "task", count=WARM_UP + TASKS + 1)
            urls = [f"http://127.0.0.1:{port}/{name}" for name in names]
            user = make_person()
            slug = _dataset(user, "photos", urls).slug
            for boxes in BOXES:
                fill(_dataset(user, f"boxes-{boxes}", urls[:1]), user, boxes=boxes)
            reviewed = _dataset(user, "reviewed", urls[:REVIEWED], role="reviewer", overlap=2)
            answers = disputed(reviewed)
        with web(environment) as own, open_browser() as browser:
            address = f"http://127.0.0.1:{own}"
            page = browser.new_page(viewport=SCREEN)
            log_in(page, address)
            state = page.context.storage_state()
            _open(page, f"{address}/label/{slug}")
            yield from _weights(page)
            waits = _label(page, TASKS)
            note = f"one box each, looked at for {LOOK_MS} ms; photos of 1920 x 1080"
            yield of_milliseconds("submit_to_next_painted_ms", waits, note=note)
            page.close()
            yield from measure_reviewing(
                browser, address, state, slug=reviewed.slug, answers=answers
            )
            yield from measure_crowded(browser, f"{address}/label/boxes-", state)


def _weights(page: Page) -> Iterator[Record]:
    files = page.evaluate(WEIGHT)
    note = f"{len(files)} scripts and style sheets"
    yield Record("labelling_page_gzip_bytes", sum(files), "B", len(files), note=note)
    before = page.evaluate(REQUESTS)
    note = "until the image is asked for, the page itself and the image included"
    yield Record("labelling_page_requests", before, "", before, note=note)


def _dataset(
    user: User, slug: str, urls: list[str], *, role: str = "annotator", overlap: int = 1
) -> Dataset:
    from apps.datasets.models import Dataset, Label, Membership

    dataset = Dataset.objects.create(
        slug=slug,
        name=slug.capitalize(),
        interface="image_manual",
        config={"overlap": overlap},
        created_by=user,
    )
    Label.objects.create(
        dataset=dataset, name="thing", colour="#e69f00", position=0, shapes=["rect"]
    )
    Membership.objects.create(dataset=dataset, user=user, role=role)
    import_all(dataset, urls)
    return dataset


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("application")).to_be_visible()
    page.wait_for_load_state("networkidle")


def _label(page: Page, tasks: int) -> list[float]:
    """Answer so many tasks; seconds from each submit until the next image was on the screen."""
    page.evaluate(WATCH)
    for done in range(1, WARM_UP + tasks + 1):
        _draw(page)
        page.wait_for_timeout(LOOK_MS)
        page.keyboard.press("a")
        page.wait_for_function("done => window.painted.length === done", arg=done)
    waits: list[float] = page.evaluate("window.painted")
    return [each / 1000 for each in waits[WARM_UP:]]


def _draw(page: Page) -> None:
    frame = page.get_by_role("application").bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    page.mouse.move(x - 80, y - 60)
    page.mouse.down()
    page.mouse.move(x + 80, y + 60, steps=4)
    page.mouse.up()
