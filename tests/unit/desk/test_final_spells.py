"""When a task was final, which says whose exports have it."""

from __future__ import annotations

from datetime import UTC, datetime

from apps.desk.queries.whereabouts import final_spells


def at(hour: int) -> datetime:
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


def move(hour: int, before: str, after: str) -> tuple[datetime, dict[str, str]]:
    return at(hour), {"from": before, "to": after}


def test_a_task_that_was_opened_again_was_final_twice() -> None:
    moves = [
        move(1, "open", "conflicted"),
        move(2, "conflicted", "final"),
        move(4, "final", "conflicted"),
        move(6, "conflicted", "final"),
    ]
    assert final_spells(moves) == [(at(2), at(4)), (at(6), None)]


def test_one_that_was_never_final_has_no_spell() -> None:
    assert final_spells([move(1, "open", "conflicted")]) == []
