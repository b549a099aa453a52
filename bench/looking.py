"""The data browser over HTTP, of a million tasks: pages, filters that many and that few tasks
match, and counts."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import combinations
from urllib.parse import quote

from bench.chromium import log_in, make_person, open_browser
from bench.crowded import SCREEN
from bench.instance import throwaway, web
from bench.motion import scroll
from bench.records import Record, of_milliseconds

TASKS, TIMES = 1_000_000, 5
ORDERS = ("order_key", "created_at", "updated_at", "score", "confidence", "shapes")

COMMON = ("state=final", "label=label 0", "min_confidence=0.5", "tag=checked", "verdict=accept")
MIDDLING = ("conflict=extent", "verdict=ignore", "label=label 6", "min_width=4000", "max_shapes=0")
RARE = ("label=label 15", "tag=rare", "tag=odd", "max_confidence=0.01", "min_shapes=40")
BUSY_ORDERS = ("order_key", "-updated_at", "-score")
TEXTS = ("nikon", "nikon d7", "street/ab", "0f3a9", "no such words")
GEOMETRY = (
    "min_size=1000",
    "max_size=8",
    "min_size=100&max_size=110",
    "min_size=1090",
    "max_size=7.4",
)


def measure() -> Iterator[Record]:
    """Figures of the part `browse`."""
    with throwaway() as environment:
        from apps.annotators.models import User
        from apps.datasets.models import Membership, Role
        from bench.browsable import make_browsable
        from bench.datasets import make_annotator

        owner = User.objects.create(email="owner@example.org")
        person = make_person()
        began = time.perf_counter()
        dataset = make_browsable(slug="browsed", tasks=TASKS, owner=owner)
        filled = f"{TASKS} tasks made in {time.perf_counter() - began:.0f} s"
        secret = make_annotator(dataset=dataset, email="lead@example.org")
        Membership.objects.create(dataset=dataset, user=person, role=Role.MANAGER)
        Membership.objects.filter(user__email="lead@example.org").update(role=Role.MANAGER)
        with web(environment) as port, closing(Browser(port, secret)) as browser:
            orders = [f"order={sign}{name}" for name in ORDERS for sign in ("", "-")]
            yield browser.measure("browse_first_page_ms_1m", orders, note=filled)
            yield browser.measure("browse_last_page_ms_1m", [f"{o}&cursor=end" for o in orders])
            note = "any three, in three orders"
            yield browser.measure("browse_filters_ms_1m", _ordered(_threes()), note=note)
            texts = [f"text={text}" for text in TEXTS]
            yield browser.measure("browse_text_ms_1m", _ordered(texts))
            yield browser.measure("browse_geometry_ms_1m", _ordered(GEOMETRY))
            singles = [*COMMON, *MIDDLING, *RARE, *GEOMETRY, *texts]
            counted = [*singles, *("&".join(two) for two in combinations(COMMON, 2))]
            yield browser.measure("browse_count_ms_1m", counted, path="tasks/count/")
            yield _scrolling(port)


def _scrolling(port: int) -> Record:
    """Frames of the page while somebody scrolls through thousands of its images."""
    address = f"http://127.0.0.1:{port}"
    with open_browser() as browser:
        page = browser.new_page(viewport=SCREEN)
        log_in(page, address)
        page.goto(f"{address}/datasets/browsed/data")
        page.get_by_role("gridcell").first.wait_for()
        page.wait_for_load_state("networkidle")
        motion = scroll(page)
        down = page.evaluate("window.scrollY")
    note = f"{down:.0f} px down a grid of thumbnails, {motion.per_second():.0f} frames a second"
    return of_milliseconds("browse_scroll_frame_ms_1m", motion.frames, note=note)


def _threes() -> list[str]:
    """Three filters at a time: all common, all middling, rare ones with a common one, mixed."""
    mixed = (COMMON[0], *MIDDLING[:2], RARE[3])
    pools = (COMMON, MIDDLING, (*RARE, COMMON[0]), mixed)
    return ["&".join(three) for pool in pools for three in combinations(pool, 3)]


def _ordered(filters: Sequence[str]) -> list[str]:
    return [f"{each}&order={order}" for each in filters for order in BUSY_ORDERS]


class Browser:
    """One person on one connection that is kept open."""

    def __init__(self, port: int, secret: str, *, root: str = "/api/datasets/browsed/") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._root = root

    def close(self) -> None:
        self._connection.close()

    def measure(
        self,
        name: str,
        queries: Sequence[str],
        *,
        path: str = "tasks/",
        note: str = "",
        times: int = TIMES,
    ) -> Record:
        """Ask for each several times; the slowest of them is in the note."""
        timings: list[float] = []
        slowest = (0.0, "")
        for query in queries:
            self._seconds(path, query)  # warm
            these = sorted(self._seconds(path, query) for _ in range(times))
            timings += these
            slowest = max(slowest, (these[len(these) // 2], query))
        worst = f"slowest {slowest[0] * 1000:.0f} ms: {slowest[1]}"
        return of_milliseconds(name, timings, note="; ".join(filter(None, (note, worst))))

    def _seconds(self, path: str, query: str) -> float:
        began = time.perf_counter()
        address = f"{self._root}{path}?{quote(query, safe='=&')}"
        self._connection.request("GET", address, headers=self._headers)
        response = self._connection.getresponse()
        data = response.read()
        took = time.perf_counter() - began
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{address} answered {response.status}: {data[:500]!r}")
        json.loads(data)
        return took
