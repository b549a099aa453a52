"""Where the reviewer looks: at each conflict of itself, and never anywhere else unasked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.e2e.benches import ReviewBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.e2e.test_review_flow import answer, box, heading, review
from tests.servers.images import ImageServer

LEAST, MOST = 0.25, 0.40
"""How much of the view an object fills, by the side that fills more of it."""

# What the page keeps of the view when it goes, asked for at any moment; in the middle of a step
# there is nothing to ask.
VIEW = """() => {
    window.dispatchEvent(new Event('pagehide'));
    return JSON.parse(sessionStorage.getItem('concord-review-view'));
}"""

# Presses follow: the views of all frames until nothing moves for 300 ms, with their time.
FOLLOW = f"""() => {{
    const view = {VIEW};
    window.followed = new Promise((done) => {{
        const seen = [];
        let last = performance.now();
        const look = () => {{
            const now = performance.now();
            const here = view();
            if (here !== null) {{
                const before = seen.at(-1)?.[1];
                if (JSON.stringify(before) !== JSON.stringify(here)) {{
                    seen.push([now, here]);
                    last = now;
                }}
            }}
            if (now - last > 300) done(seen);
            else requestAnimationFrame(look);
        }};
        requestAnimationFrame(look);
    }});
}}"""


@dataclass
class Eye:
    """Follows the view of a reviewer's page, and counts what should not be."""

    page: Page
    tasks: dict[str, dict[str, Any]]
    slides: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    dialogs: int = 0
    entered: int = 0

    def __post_init__(self) -> None:
        self.page.on("dialog", self._close)

    def _close(self, dialog: Dialog) -> None:
        self.dialogs += 1
        dialog.accept()

    def view(self) -> dict[str, Any]:
        """The view, once nothing moves."""
        self.page.evaluate(FOLLOW)
        last: dict[str, Any] = self.page.evaluate("window.followed")[-1][1]
        self.dialogs += self.page.locator("dialog[open]").count()
        return last

    def press(self, key: str) -> dict[str, Any]:
        """Presses a key; the view that it leads to, and how long the way there took."""
        self.page.evaluate(FOLLOW)
        self.page.keyboard.press(key)
        seen = self.page.evaluate("window.followed")
        # The first is where it was, the second the first frame of the way.
        if len(seen) > 2:
            self.slides.append(seen[-1][0] - seen[1][0])
        self.dialogs += self.page.locator("dialog[open]").count()
        view: dict[str, Any] = seen[-1][1]
        return view

    def check_entered(self, view: dict[str, Any]) -> None:
        """The object in question fills the part of the view that it should, in the middle."""
        task, step = view["about"].split(" ")
        conflict = next((row for row in self.tasks[task]["conflicts"] if row["id"] == step), None)
        if conflict is None or conflict["object"] is None:
            return
        span = self.tasks[task]["merge"]["objects"][conflict["object"]]["span"]
        size = self.page.get_by_role("application").bounding_box()
        assert size is not None
        share = view["zoom"] * max(span["width"] / size["width"], span["height"] / size["height"])
        middle = (span["x"] + span["width"] / 2, span["y"] + span["height"] / 2)
        self.entered += 1
        if not LEAST <= share <= MOST or (view["x"], view["y"]) != pytest.approx(middle, abs=1):
            self.lost.append(f"entering {conflict['kind']}: {share:.2f} at {view}, not {middle}")

    def expect_same(self, before: dict[str, Any], now: dict[str, Any], after: str) -> None:
        """It looks where it looked before; what lies closer than that nobody sees."""
        nearly = {key: pytest.approx(before[key], abs=0.01) for key in ("zoom", "x", "y")}
        if now != {**before, **nearly}:
            self.lost.append(f"{after}: {now}, not {before}")


def disputed(people: People, images: ImageServer) -> tuple[Site, DatasetPages, ReviewBench, Eye]:
    """Labels, extents, lone boxes and one box over two, on four images."""
    ann, ben, rita = (people.come(name, admin=True) for name in ("ann", "ben", "rita"))
    settings = {
        "labels": ["stop", "yield"],
        "overlap": 2,
        "review_policy": "conflicts",
        "coverage": 0,
    }
    signs = rita.send_dataset("View", interface="image_manual", **settings)
    names = [f"{number}.jpg" for number in range(150, 154)]
    signs.bring([images.url(f"/ok/{name}") for name in names])
    here, far, low = (10, 10, 40, 30), (150, 20, 30, 40), (20, 90, 30, 20)
    anns = [box(here, "stop"), box(far, "stop"), box(low, "stop")]
    bens = [box(here, "yield"), box((far[0], far[1], 60, 40), "stop")]
    over = [box((20, 20, 100, 40), "stop")]
    two = [box((22, 22, 40, 36), "stop"), box((76, 22, 40, 36), "stop")]
    last = names[-1]
    answer(ann, signs, {name: over if name == last else anns for name in names})
    answer(ben, signs, {name: two if name == last else bens for name in names})
    bench = review(rita, signs)
    expect(heading(rita.page)).to_be_visible()
    held = rita.send(f"datasets/{signs.slug}/review/next/", {"count": 5})["tasks"]
    return rita, signs, bench, Eye(rita.page, {task["id"]: task for task in held})


def test_no_zoom_is_lost_and_no_dialog_opens(people: People, image_server: ImageServer) -> None:
    rita, signs, bench, eye = disputed(people, image_server)
    page = rita.page
    edit = page.get_by_role("button", name="Edit E")
    view, steps = eye.view(), 0
    while bench.image() is not None:
        eye.check_entered(view)
        asked = heading(page).inner_text()
        eye.press("f")
        eye.expect_same(view, eye.press("f"), "the whole image and back")
        closer = eye.press("+")
        if edit.is_visible():
            eye.expect_same(closer, eye.press("e"), "editing")
            eye.expect_same(closer, eye.press("Escape"), "leaving the edit")
        if steps % 3 == 0:
            page.reload()
            expect(heading(page)).to_have_text(asked)
            eye.expect_same(closer, eye.view(), "a reload")
        bench.press({"What is it?": "1"}.get(asked, "Enter"))
        steps += 1
        if bench.image() is None:
            break
        view = eye.view()
        if steps % 4 == 0 and view["about"].split()[0] == closer["about"].split()[0]:
            back = eye.press("Control+z")
            eye.check_entered(back)
            eye.expect_same(back, {**back, "about": closer["about"]}, "undo")
            eye.press({"What is it?": "1"}.get(asked, "Enter"))
            view = eye.view()
    print(
        f"{eye.entered} conflicts entered, {len(eye.lost)} zooms lost, {eye.dialogs} dialogs, "
        f"slowest slide {max(eye.slides):.0f} ms, n={len(eye.slides)}"
    )
    assert eye.entered >= 10
    assert eye.lost == []
    assert eye.dialogs == 0
    assert len(signs.final_lines()) == 4
