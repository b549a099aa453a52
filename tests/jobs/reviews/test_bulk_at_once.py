"""Two reviewers decide overlapping sets in one instant: each conflict is decided once, and who was
not heard is told."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from apps.reviews.models import Decision, Final
from tests.api.reviews.gridded import STOP, YIELD, disputed, points, say
from tests.jobs.reviews.test_at_one_instant import at_once
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)

NOT_HEARD = {"held", "stale", "decided_already", "locked_by_review"}


def test_of_overlapping_sets_each_conflict_is_decided_once() -> None:
    team = Team(coverage=0)
    disputed(team, *[([STOP], [YIELD])] * 12)
    rows = points(team)["results"]
    replies = at_once(
        partial(say, team, rows[:8], "take", "label stop", who="Rita"),
        partial(say, team, rows[4:][::-1], "take", "label yield", who="Olga"),
    )
    bodies = [reply.json() for reply in replies]
    decided = [row["conflict"] for body in bodies for row in body["decided"]]
    assert sorted(decided) == sorted(row["id"] for row in rows)
    left = [row for body in bodies for row in body["left_out"]]
    assert len(left) == 4
    assert {row["code"] for row in left} <= NOT_HEARD
    assert Decision.objects.count() == Final.objects.count() == 12
    heard = {row["conflict"]: body["id"] for body in bodies for row in body["decided"]}
    assert {str(row.conflict_id): str(row.bulk_id) for row in Decision.objects.all()} == heard


def test_one_request_that_comes_twice_at_once_is_carried_out_once() -> None:
    team = Team(coverage=0)
    disputed(team, *[([STOP], [YIELD])] * 6)
    rows = points(team)["results"]
    ask: Any = partial(say, team, rows, "take", "label stop", key="once")
    first, second = (reply.json() for reply in at_once(ask, ask))
    assert first == second
    assert len(first["decided"]) == Decision.objects.count() == 6
