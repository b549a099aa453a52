"""One decision on many conflicts: what is said, what is left out and why, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Role
from apps.reviews.models import Bulk, Conflict, Decision, Final, ReviewLease
from apps.tasks.models import Task
from concord.ids import uuid7
from tests.api.reviews.gridded import (
    LONE,
    STOP,
    YIELD,
    disputed,
    points,
    reasons,
    said,
    say,
    undo,
)
from tests.factories import add_member, make_user
from tests.team import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    """Three signs of which one says stop and one yield."""
    team = Team(coverage=0)
    disputed(team, ([STOP], [YIELD]), ([STOP], [YIELD]), ([STOP], [YIELD]))
    return team


def test_what_is_shown_of_a_conflict(team: Team) -> None:
    told = points(team)
    assert [row["image"]["name"] for row in told["results"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert told["kinds"] == [{"kind": "label", "count": 3}]
    assert (told["missed"], told["more"]) == (0, False)
    first = told["results"][0]
    assert first["text"] == "1 of 2 says stop, 1 says yield"
    assert first["proposal"] is None
    assert first["votes"] == {"label stop": 1, "label yield": 1}
    assert [each["version"] for each in first["drawn"]] == ["A", "B"]
    assert {each["span"]["label"] for each in first["drawn"]} == {"stop", "yield"}
    (alike,) = told["sets"]
    assert alike["key"] == first["set"]
    assert [take["text"] for take in alike["takes"]] == ["stop", "yield"]


def test_pages_and_filters(team: Team) -> None:
    disputed(team, ([STOP, LONE], [STOP]))
    first = points(team, limit="2")
    assert (len(first["results"]), first["more"]) == (2, True)
    rest = points(team, limit="2", after=first["results"][-1]["id"])
    assert ([row["kind"] for row in rest["results"]], rest["more"]) == (
        ["label", "existence"],
        False,
    )
    assert len(points(team, kind="existence")["results"]) == 1
    assert len(points(team, label="stop")["results"]) == 3
    assert len(points(team, label="yield")["results"]) == 4
    assert points(team, label="no such")["results"] == []


def test_one_label_for_all(team: Team) -> None:
    told = said(team, points(team)["results"], "take", "label stop")
    assert [row["closed"] for row in told["decided"]] == [True, True, True]
    assert [final.spans[0]["label_id"] for final in Final.objects.all()] == [
        str(team.dataset.labels.get(name="stop").pk)
    ] * 3
    assert {row.action for row in Decision.objects.all()} == {"label"}
    assert {row.bulk_id for row in Decision.objects.all()} == {Bulk.objects.get().pk}
    assert points(team)["results"] == []
    assert not ReviewLease.objects.exists()


def test_a_tie_proposes_nothing_and_is_left_out(team: Team) -> None:
    reply = say(team, points(team)["results"], "accept")
    assert reasons(reply) == ["undecidable_no_proposal"] * 3
    assert not Decision.objects.exists()


def test_an_undo_takes_back_exactly_this(team: Team) -> None:
    rows = points(team)["results"]
    said(team, rows[:1], "take", "label yield")
    both = said(team, rows[1:], "take", "label stop")
    told = undo(team, both).json()
    assert [row["conflict"] for row in told["reopened"]] == [row["id"] for row in rows[1:]]
    assert [row["id"] for row in points(team)["results"]] == [row["id"] for row in rows[1:]]
    assert [row.task_id for row in Final.objects.all()] == [
        Task.objects.order_by("order_key")[0].pk
    ]
    assert undo(team, both).json() == told
    # And forth again, on what the tasks are now.
    again = said(team, points(team)["results"], "take", "label stop")
    assert len(again["decided"]) == 2
    assert Final.objects.count() == 3


def test_a_key_that_comes_again_decides_nothing_again(team: Team) -> None:
    rows = points(team)["results"]
    once = say(team, rows, "take", "label stop", key="once")
    again = say(team, rows, "take", "label stop", key="once")
    assert again.json() == once.json()
    assert Decision.objects.count() == 3
    other = say(team, rows[:1], "take", "label stop", key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    without = team.post(
        "Rita",
        f"datasets/{team.dataset.slug}/review/bulk/",
        {"action": "accept", "conflicts": [{"conflict": rows[0]["id"], "version": 1}]},
    )
    assert without.json()["code"] == "idempotency_key_required"


def test_after_a_crash_it_goes_on_where_it_ended(team: Team) -> None:
    rows = points(team)["results"]
    say(team, rows, "take", "label stop", key="once")
    # As if the last task had not been reached.
    undo(team, {"id": Bulk.objects.get().pk})
    Bulk.objects.update(outcome=None, undone_at=None)
    reply = say(team, rows, "take", "label stop", key="once")
    assert len(reply.json()["decided"]) == 3
    assert Decision.objects.exclude(action="reset").count() == 3


def test_what_another_has_open_or_what_changed_is_left_out(team: Team) -> None:
    rows = points(team)["results"]
    held = team.review("Olga", sort="oldest")["tasks"][0]
    assert held["id"] == rows[0]["task"]
    Task.objects.filter(pk=rows[1]["task"]).update(version=99)
    reply = say(team, rows, "take", "label stop")
    assert {row["conflict"]: row["code"] for row in reply.json()["left_out"]} == {
        rows[0]["id"]: "held",
        rows[1]["id"]: "stale",
    }
    assert [row["conflict"] for row in reply.json()["decided"]] == [rows[2]["id"]]
    assert ReviewLease.objects.get().user == team.people["Olga"]


def test_what_was_decided_or_superseded_meanwhile_is_left_out(team: Team) -> None:
    rows = points(team)["results"]
    said(team, rows[:1], "take", "label stop")
    Conflict.objects.filter(pk=rows[1]["id"]).update(state="superseded")
    reply = say(team, rows, "take", "label yield")
    assert set(reasons(reply)) == {"stale", "gone"}
    assert Decision.objects.filter(conflict=rows[0]["id"]).count() == 1


def test_my_lease_stays_mine(team: Team) -> None:
    disputed(team, ([STOP, LONE], [YIELD]))
    (task,) = [row for row in _all_reviews(team) if len(row["conflicts"]) == 2]
    (row,) = [row for row in points(team)["results"] if row["kind"] == "existence"]
    said(team, [row], "accept")
    lease = ReviewLease.objects.get(task=task["id"])
    assert str(lease.token) == task["lease"]


def _all_reviews(team: Team) -> list[dict[str, object]]:
    path = f"datasets/{team.dataset.slug}/review/next/"
    tasks: list[dict[str, object]] = team.post("Rita", path, {"count": 5}).json()["tasks"]
    return tasks


def test_an_image_on_which_somebody_was_alone_still_asks_what_was_missed() -> None:
    team = Team(coverage=0)
    disputed(team, ([LONE], []), ([LONE], []))
    told = said(team, points(team)["results"], "delete")
    assert [row["closed"] for row in told["decided"]] == [False, False]
    assert told["missed"] == points(team)["missed"] == 2
    assert not Final.objects.exists()
    # Taken back, nothing of it is left.
    assert undo(team, told).json()["missed"] == 0
    assert len(points(team)["results"]) == 2


def test_nobody_decides_own_work_or_what_waits_for_another(team: Team) -> None:
    rows = points(team)["results"]
    add_member(team.dataset, make_user("Rob"), Role.REVIEWER)
    team.dataset.memberships.filter(user=team.people["Ann"]).update(role=Role.REVIEWER)
    assert points(team, "Ann")["results"] == []
    assert reasons(say(team, rows, "take", "label stop", who="Ann")) == ["own_work"] * 3
    team.dataset.config = {**team.dataset.config, "tie_breaker": "rob@example.org"}
    team.dataset.save()
    assert points(team)["results"] == []
    assert reasons(say(team, rows, "take", "label stop")) == ["for_another"] * 3
    assert not Decision.objects.exists()


def test_only_who_said_it_takes_it_back(team: Team) -> None:
    told = said(team, points(team)["results"], "take", "label stop")
    assert undo(team, told, "Olga").status_code == 404
    assert undo(team, {"id": uuid7()}).status_code == 404
    assert undo(team, told, "Ann").status_code == 403
    assert Final.objects.count() == 3


def test_what_somebody_went_on_with_stays(team: Team) -> None:
    rows = points(team)["results"]
    told = said(team, rows, "take", "label stop")
    path = f"tasks/{rows[0]['task']}/unlock/"
    assert team.post("Olga", path, {"reason": "look again"}).status_code == 200
    (again,) = points(team, "Olga")["results"]
    assert say(team, [again], "take", "label yield", who="Olga").status_code == 200
    reply = undo(team, told)
    assert reasons(reply) == ["decided_since"]
    assert len(reply.json()["reopened"]) == 2
    assert Final.objects.get().decided_by == team.people["Olga"]


def test_the_same_is_said_of_one_set_only(team: Team) -> None:
    disputed(team, ([STOP, LONE], [STOP]))
    rows = points(team)["results"]
    assert len({row["set"] for row in rows}) == 2
    mixed = say(team, rows, "accept")
    assert (mixed.status_code, mixed.json()["code"]) == (400, "mixed_set")
    strange = say(team, rows[:3], "take", "label no such")
    assert (strange.status_code, strange.json()["code"]) == (400, "unknown_take")
    assert not Decision.objects.exists()
    many = [{"id": str(uuid7()), "version": 1}] * 201
    assert say(team, many, "accept").status_code == 400


def test_nothing_waits_in_an_archived_dataset(team: Team) -> None:
    rows = points(team)["results"]
    team.dataset.archived_at = Now() - timedelta(days=1)
    team.dataset.save()
    assert points(team)["results"] == []
    reply = say(team, rows, "take", "label stop")
    assert (reply.status_code, reply.json()["code"]) == (409, "dataset_archived")
