"""The labelling page with up to 5,000 boxes on its image: how soon it is there, how large it is in
memory, and how smoothly it moves under a hand.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bench import motion
from bench.photos import SIZE
from bench.records import Record, of_milliseconds

if TYPE_CHECKING:
    from apps.annotators.models import User
    from apps.datasets.models import Dataset

BOXES = (0, 100, 1000, 5000)
OPENINGS = 5
MOVED = (1000, 5000)
"""On so many boxes it is measured how the page moves."""
SCREEN: ViewportSize = {"width": 1600, "height": 900}


@dataclass(frozen=True)
class Peer:
    """What Label Studio 1.23.2 did with so many boxes: seconds, MiB, frames per second."""

    cold: float
    warm: float
    heap: float
    pan: float
    pan_move: float
    drag: float | None


PEER = {
    0: Peer(2.5, 1.7, 33, 60, 29, None),
    100: Peer(3.2, 2.5, 44, 51, 47, 55),
    1000: Peer(11.3, 7.3, 145, 12.6, 224, 32),
    5000: Peer(70, 86, 523, 3.6, 894, 6.7),
}
ELSEWHERE = "the peer was measured in another run, on two cores as well"

# Kept until the page asks: when the image and all shapes of the task were on the screen, in ms
# since the navigation began. An image is there when a row of its canvas has many colours, shapes
# when their canvas has any; by the frame after the browser has put both on the screen.
AWAIT = """(boxes) => {
    const row = (name) => {
        const layer = document.querySelector(`canvas[data-layer=${name}]`);
        if (layer === null || layer.width === 0) return [];
        const seen = layer.getContext('2d').getImageData(0, layer.height >> 1, layer.width, 1);
        return new Set(new Uint32Array(seen.data.buffer));
    };
    const listed = () => [...document.querySelectorAll('h2, h3')]
        .some((each) => each.textContent === `Shapes (${boxes})`);
    const look = () => {
        const there = listed() && row('image').size > 50 && (!boxes || row('shapes').size > 1);
        if (!there) requestAnimationFrame(look);
        else requestAnimationFrame(() => { window.opened = performance.now(); });
    };
    requestAnimationFrame(look);
}"""


def fill(dataset: Dataset, user: User, *, boxes: int) -> None:
    """Leave a draft of so many boxes on the only task."""
    from apps.tasks.actions.drafting import save_draft
    from apps.tasks.models import Task

    hand = random.Random(boxes)
    spans = [_box(hand) for _ in range(boxes)]
    body = {"spans": spans, "accept": []}
    save_draft(user=user, task=Task.objects.get(dataset=dataset), body=body, base=None)


def _box(hand: random.Random) -> dict[str, Any]:
    width, height = hand.uniform(12, 60), hand.uniform(12, 60)
    place = {"x": hand.uniform(0, SIZE[0] - width), "y": hand.uniform(0, SIZE[1] - height)}
    return {**place, "width": width, "height": height, "type": "rect", "label": "thing"}


def measure_crowded(browser: Browser, address: str, state: Any) -> Iterator[Record]:
    """`state` is that of a browser that has logged in; `address` lacks the number of boxes."""
    ceiling = _ceiling(browser)
    for boxes in BOXES:
        url = f"{address}{boxes}"
        yield from _opening(browser, url, state, boxes)
        context = _come(browser, state)
        page = _opened(context, url, boxes)
        yield _heap(page, boxes)
        if boxes in MOVED:
            yield from _motion(page, boxes, ceiling)
        context.close()


def _come(browser: Browser, state: Any) -> BrowserContext:
    return browser.new_context(viewport=SCREEN, storage_state=state)


def _opened(context: BrowserContext, url: str, boxes: int) -> Page:
    page = context.new_page()
    page.add_init_script(f"({AWAIT})({boxes})")
    page.goto(url)
    page.wait_for_function("() => window.opened > 0", timeout=120_000)
    return page


def _opening(browser: Browser, url: str, state: Any, boxes: int) -> Iterator[Record]:
    """Cold: a browser that has nothing but a session. Warm: one that was there before."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(OPENINGS):
        context = _come(browser, state)
        for times in (cold, warm):
            page = _opened(context, url, boxes)
            times.append(page.evaluate("window.opened") / 1000)
            page.close()
        context.close()
    peer = PEER[boxes]
    yield _seconds(f"canvas_open_s_{boxes}", cold, peer.cold, "nothing cached")
    yield _seconds(f"canvas_warm_open_s_{boxes}", warm, peer.warm, "opened before")


def _seconds(name: str, times: Sequence[float], peer: float, note: str) -> Record:
    ranked = sorted(times)
    median = statistics.median(ranked)
    return Record(
        name,
        median,
        "s",
        len(ranked),
        p50=median,
        p95=ranked[-1],
        peer=peer,
        ratio=median / peer,
        note=f"{note}; p95 is the worst of them; {ELSEWHERE}",
    )


def _heap(page: Page, boxes: int) -> Record:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    peer = PEER[boxes].heap
    name = f"canvas_heap_mib_{boxes}"
    note = f"JavaScript's, rubbish collected; {ELSEWHERE}"
    return Record(name, used, "MiB", 1, peer=peer, ratio=used / peer, note=note)


def _ceiling(browser: Browser) -> motion.Motion:
    """The same moves on a page that has nothing to do."""
    page = browser.new_page(viewport=SCREEN)
    page.set_content("<canvas data-layer=image style='width: 100%; height: 95vh'></canvas>")
    moved = motion.drag(page, motion.middle(page), button="middle")
    page.close()
    return moved


def _motion(page: Page, boxes: int, ceiling: motion.Motion) -> Iterator[Record]:
    peer = PEER[boxes]
    page.get_by_role("application").focus()
    page.keyboard.press("f")
    place = motion.middle(page)
    panned = motion.drag(page, place, button="middle")
    yield _fps(f"canvas_pan_fps_{boxes}", panned, ceiling, peer.pan)
    yield _moves(f"canvas_pan_move_ms_{boxes}", panned, peer.pan_move)
    page.keyboard.press("f")
    zoomed = motion.zoom(page, place)
    yield _fps(f"canvas_zoom_fps_{boxes}", zoomed, ceiling, None)
    page.keyboard.press("f")
    dragged = motion.drag(page, motion.pick(page, place), button="left")
    yield _fps(f"canvas_drag_fps_{boxes}", dragged, ceiling, peer.drag)
    waits = [*panned.waits, *zoomed.waits, *dragged.waits]
    if boxes == BOXES[-1]:
        yield of_milliseconds("canvas_input_to_paint_ms", waits, note="pan, zoom and drag")
    frames = [*panned.frames, *zoomed.frames, *dragged.frames]
    best = of_milliseconds("", ceiling.frames)
    note = f"pan, zoom and drag; on an empty page p95 {best.p95:.1f}"
    record = of_milliseconds(f"canvas_frame_ms_{boxes}", frames, note=note)
    yield replace(record, ceiling=best.value)


def _moves(name: str, moved: motion.Motion, peer: float) -> Record:
    note = f"from the order to move to its reply; {ELSEWHERE}"
    record = of_milliseconds(name, moved.moves, note=note)
    return replace(record, peer=peer, ratio=(record.value or 0) / peer)


def _fps(name: str, moved: motion.Motion, ceiling: motion.Motion, peer: float | None) -> Record:
    """Frames per second; p50 and p95 are of the time of a frame, in ms."""
    frames = of_milliseconds(name, moved.frames)
    value, best = moved.per_second(), ceiling.per_second()
    return Record(
        name,
        value,
        "fps",
        frames.n,
        p50=frames.p50,
        p95=frames.p95,
        peer=peer,
        ratio=None if peer is None else value / peer,
        ceiling=best,
        note="p50 and p95 of a frame in ms" + ("" if peer is None else f"; {ELSEWHERE}"),
    )
