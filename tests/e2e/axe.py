"""What screen readers would stumble over, as axe-core finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# What has just changed begins to move with the frame after it.
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STILL = "() => document.getAnimations().every(({ playState }) => playState !== 'running')"
RUN = """async (options) => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...options });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}"""


def violations(page: Page, **options: Any) -> list[str]:
    """What is wrong with the page as it stands, by name and place; `options` are axe's."""
    # On its way from one colour to another a word may stand out from nothing.
    page.evaluate(FRAMES)
    page.wait_for_function(STILL)
    # The page's own policy lets no script in from outside; a test's may be evaluated.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, options)
    return found


def expect_no_violations(page: Page) -> None:
    found = violations(page)
    assert not found, "\n".join(found)
