"""What the documents name is there."""

import re
from pathlib import Path

import pytest

from concord.gauges import all_gauges

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text()
OPERATIONS = (ROOT / "deploy" / "OPERATIONS.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY + OPERATIONS)))


def test_tests_that_show_a_promise_exist() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not re.search(rf"^\s*(?:def|class) {name}\b", (ROOT / path).read_text(), re.MULTILINE)
    ]
    assert len(NAMED) > 40
    assert missing == []


def test_all_chapters_of_asvs_are_answered_for() -> None:
    assert re.findall(r"^\| V(\d+) ", SECURITY, re.MULTILINE) == [str(n) for n in range(1, 18)]


def test_every_section_of_asvs_has_a_test_or_says_what_is_not_met() -> None:
    sections = re.findall(r"^\| (V\d+\.\d+ [^|]+) \| ([^|]+) \|([^|]*)\|$", SECURITY, re.MULTILINE)
    thin = [
        name
        for name, how, shown in sections
        if "`tests/" not in shown and not re.search("not met: |not met, |there is neither", how)
    ]
    assert len(sections) > 40
    assert thin == []


@pytest.mark.parametrize("document", ["README.md", "SECURITY.md", "deploy/OPERATIONS.md"])
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_metric_is_explained_to_operators() -> None:
    known = {one.name for one in all_gauges()} | {
        *("concord_database_up", "concord_broker_up", "concord_request_seconds")
    }
    table = set(re.findall(r"^\| `(concord_\w+)", OPERATIONS, re.MULTILINE))
    assert table == known
