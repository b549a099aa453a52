"""Whatever is written down has a place in the audit log."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from apps.annotators.adapter import NEWS
from apps.desk.domain.kinds import GROUPS, KINDS

ROOT = Path(__file__).parents[2]


def recorded() -> Iterator[tuple[str, str]]:
    """Where an event is recorded, and of which kind, as far as the source says it plainly."""
    for file in sorted([*(ROOT / "apps").rglob("*.py"), *(ROOT / "platform").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                for given in node.keywords:
                    if given.arg == "kind" and isinstance(given.value, ast.Constant):
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", given.value.value
    yield from NEWS.items()


def test_every_kind_of_event_is_known_to_the_audit_log() -> None:
    unknown = [f"{where} {kind}" for where, kind in recorded() if kind not in KINDS]
    assert not unknown, "Add it to apps/desk/domain/kinds.py, and its sentence to audit.json."


def test_no_kind_is_in_two_groups() -> None:
    assert len(KINDS) == len(set(KINDS)) == sum(len(kinds) for kinds in GROUPS.values())


def test_every_kind_and_group_has_words() -> None:
    words = json.loads((ROOT / "frontend/src/locales/en/audit.json").read_text())
    for kind in KINDS:
        noun, verb = kind.split(".")
        said = words["kind"].get(noun, {})
        assert verb in said or f"{verb}_other" in said, kind
    assert set(GROUPS) <= set(words["group"])
