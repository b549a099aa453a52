"""A scripted mouse on the image, and what the frames of the page say meanwhile."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal

from playwright.sync_api import Page

Place = tuple[float, float]

MOVES = 150
RADIUS = 120
TURN = 60
"""Of the wheel at a time, px."""

# Stamps of all frames, and of each event of the hand the time until the frame that shows it has
# been handed over: what is posted in a frame comes after it has been painted.
WATCH = """() => {
    window.frames_seen = [];
    window.waits_seen = [];
    const stamp = (now) => {
        window.frames_seen.push(now);
        window.watching = requestAnimationFrame(stamp);
    };
    window.watching = requestAnimationFrame(stamp);
    const hear = (event) => {
        const came = event.timeStamp;
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.waits_seen.push(performance.now() - came);
            port2.postMessage(null);
        });
    };
    window.heard = new AbortController();
    for (const name of ['pointermove', 'wheel'])
        window.addEventListener(name, hear, {
            capture: true, passive: true, signal: window.heard.signal,
        });
}"""
STOP = """() => {
    cancelAnimationFrame(window.watching);
    window.heard.abort();
    return [window.frames_seen, window.waits_seen];
}"""


@dataclass(frozen=True)
class Motion:
    """Seconds: of each frame, from each event to its painting, and of each order to the browser."""

    frames: list[float]
    waits: list[float]
    moves: list[float]

    def per_second(self) -> float:
        return len(self.frames) / sum(self.frames)


def middle(page: Page) -> Place:
    """The middle of the image's canvas."""
    frame = page.locator("canvas[data-layer=image]").bounding_box()
    assert frame is not None
    return frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2


def drag(page: Page, start: Place, *, button: Literal["left", "middle"]) -> Motion:
    """Press, go round in circles, let go."""
    page.mouse.move(*start)
    page.mouse.down(button=button)
    moved = _watched(page, [partial(page.mouse.move, *place) for place in _circles(start)])
    page.mouse.up(button=button)
    return moved


def zoom(page: Page, at: Place) -> Motion:
    """Closer and back, to four times and again."""
    page.mouse.move(*at)
    turns = (-TURN if n // 12 % 2 == 0 else TURN for n in range(MOVES))
    return _watched(page, [partial(page.mouse.wheel, 0, turn) for turn in turns])


def scroll(page: Page) -> Motion:
    """Down a long list, as fast as a wheel goes."""
    page.mouse.move(600, 500)
    return _watched(page, [partial(page.mouse.wheel, 0, 2 * TURN)] * MOVES * 2)


def pick(page: Page, near: Place) -> Place:
    """Selects a box not far from there; a place inside of it, by which it can be moved."""
    page.keyboard.press("v")
    for n in range(200):
        place = (near[0] + 7 * (n % 20), near[1] + 9 * (n // 20))
        page.mouse.click(*place)
        page.mouse.move(place[0] + 1, place[1])
        if page.get_by_role("application").evaluate("canvas => canvas.style.cursor") == "move":
            return place
    raise RuntimeError("There is no box near the middle.")


def _circles(start: Place) -> Iterator[Place]:
    """Three rounds that begin and end where the hand is, in whole pixels, as a mouse moves."""
    for n in range(1, MOVES + 1):
        angle = n / MOVES * 3 * 2 * math.pi
        yield (
            start[0] + round(RADIUS * (1 - math.cos(angle))),
            start[1] + round(RADIUS * math.sin(angle)),
        )


def _watched(page: Page, acts: Sequence[Callable[[], None]]) -> Motion:
    page.evaluate(WATCH)
    moves = []
    for act in acts:
        began = time.perf_counter()
        act()
        moves.append(time.perf_counter() - began)
    stamps, waits = page.evaluate(STOP)
    frames = [(now - before) / 1000 for before, now in pairwise(stamps)]
    return Motion(frames, [each / 1000 for each in waits], moves)
