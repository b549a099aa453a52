"""What screen readers would stumble over, as axe-core finds it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
FIND = """async () => (await axe.run()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)"""


def expect_no_violations(page: Page) -> None:
    """Look at the page as it stands; by name where something is wrong."""
    # The page's own policy lets no script in from outside; a test's may be evaluated.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(FIND) == []
