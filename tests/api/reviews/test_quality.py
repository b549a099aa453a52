"""How people do, as leads and they themselves are told; and the tasks behind each number."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from apps.reviews.actions.measuring import measure
from apps.tasks.models import Gold, Probe, Task
from concord.ids import uuid7
from tests.api.reviews.decided import STOP, YIELD, decided_team
from tests.factories import make_task
from tests.team import Team, both_answer

pytestmark = pytest.mark.django_db

QUERIES_OF_QUALITY = 7
"""Of the request three; role, what was measured, labels, people."""


@pytest.fixture
def team() -> Team:
    """Four tasks, three decided: on 1 Ben says yield, on 2 he misses a sign, on 3 Ann sees one too
    many."""
    team = decided_team()
    measure(dataset=team.dataset, beat=lambda: None)
    return team


def get(team: Team, who: str, path: str) -> dict[str, Any]:
    reply = team.get(who, f"datasets/street-signs/{path}")
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = reply.json()
    return found


def places(team: Team, who: str, query: str) -> list[int]:
    ids = [row["id"] for row in get(team, who, f"tasks/?{query}")["results"]]
    return sorted(Task.objects.filter(pk__in=ids).values_list("order_key", flat=True))


def test_a_lead_sees_who_was_overturned_and_finds_the_tasks(team: Team) -> None:
    quality = get(team, "Rita", "quality/")
    assert quality["part"]["decided"] == 3
    ann, ben = quality["people"]
    assert (ann["user"]["name"], ben["user"]["name"]) == ("Ann", "Ben")
    overturned = ben["overturned"]
    assert (overturned["count"], overturned["of"]) == (2, 3)
    # Wilson's interval of 2 of 3.
    assert overturned["low"] == pytest.approx(0.2077, abs=1e-4)
    assert overturned["high"] == pytest.approx(0.9385, abs=1e-4)
    assert places(team, "Rita", f"behind={overturned['behind']}") == [1, 2]
    assert ann["missed"]["behind"] is None


def test_confusions_name_labels_and_lead_to_their_tasks(team: Team) -> None:
    measured = get(team, "Rita", "insights/")["measured"]
    found = {(row["said"], row["final"]): row for row in measured["confusions"]}
    assert set(found) == {("yield", "stop"), (None, "stop"), ("stop", None)}
    row = found["yield", "stop"]
    assert (row["kind"], row["share"]["count"], row["share"]["of"]) == ("label", 1, 6)
    assert places(team, "Rita", f"behind={row['share']['behind']}") == [1]
    (example,) = row["examples"]
    assert example["edges"] == [10, 10, 50, 30]
    assert places(team, "Rita", f"task={example['task']}") == [1]


def test_annotators_see_their_own_figures_and_nobody_elses(team: Team) -> None:
    own = get(team, "Ben", "quality/mine/")
    assert (own["overturned"]["count"], own["overturned"]["of"]) == (2, 3)
    assert [(row["said"], row["final"]) for row in own["confusions"]] == [
        ("yield", "stop"),
        (None, "stop"),
    ]
    assert (own["weeks"][0]["right"]["count"], own["weeks"][0]["right"]["of"]) == (2, 4)
    assert str(team.people["Ann"].pk) not in str(own)
    assert places(team, "Ben", f"behind={own['overturned']['behind']}") == [1, 2]
    for path in ("insights/", "quality/"):
        assert team.get("Ben", f"datasets/street-signs/{path}").status_code == 403


@pytest.mark.parametrize("query", ["behind=overturned:{ann}", "person={ann}", "day=2026-01-31"])
def test_annotators_do_not_find_tasks_by_what_others_did(team: Team, query: str) -> None:
    query = query.format(ann=team.people["Ann"].pk)
    reply = team.get("Ben", f"datasets/street-signs/tasks/?{query}")
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours")


def test_tasks_by_who_answered_when_and_how_often(team: Team) -> None:
    ann = team.people["Ann"].pk
    today = timezone.now().date().isoformat()
    assert places(team, "Olga", f"person={ann}&day={today}") == [0, 1, 2, 3]
    assert places(team, "Olga", f"person={ann}&day=2026-01-31") == []
    assert places(team, "Olga", f"person={team.people['Rita'].pk}") == []
    assert places(team, "Rita", "answers=2&state=final") == [0, 1, 2, 3]
    assert places(team, "Rita", "answers=3") == []


def test_reviewers_do_not_learn_who_answered_what_is_still_to_be_decided(team: Team) -> None:
    make_task(team.dataset, name="new.jpg", order_key=9)
    both_answer(team, [STOP], [YIELD])
    ann = team.people["Ann"].pk
    assert places(team, "Rita", f"person={ann}") == [0, 1, 2, 3]
    assert places(team, "Olga", f"person={ann}") == [0, 1, 2, 3, 9]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("answers=two", "bad_answers"),
        ("person=Ann", "bad_person"),
        ("day=today", "bad_day"),
        ("behind=nothing%00such", "bad_behind"),
    ],
)
def test_filters_that_are_none_are_refused(team: Team, query: str, code: str) -> None:
    reply = team.get("Rita", f"datasets/street-signs/tasks/?{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_gold_by_week_is_for_managers(team: Team) -> None:
    task = Task.objects.get(order_key=1)
    gold = Gold.objects.create(
        task=task, dataset=team.dataset, truth={}, made_by=team.people["Olga"]
    )
    copy = make_task(team.dataset, name="copy.jpg", order_key=8)
    Task.objects.filter(pk=copy.pk).update(probe_of=task)
    Probe.objects.create(
        task=copy,
        dataset=team.dataset,
        gold=gold,
        user=team.people["Ann"],
        lease=uuid7(),
        score=0.5,
        right=False,
    )
    measure(dataset=team.dataset, beat=lambda: None)
    ann, _ = get(team, "Olga", "quality/")["people"]
    (week,) = ann["gold"]
    assert (week["n"], week["mean"], week["right"]) == (1, 0.5, 0)
    assert places(team, "Olga", f"behind=gold:{team.people['Ann'].pk}") == [1]
    assert [row["gold"] for row in get(team, "Rita", "quality/")["people"]] == [None, None]
    assert "gold" not in get(team, "Ann", "quality/mine/")


def test_before_anything_was_measured() -> None:
    team = Team()
    assert get(team, "Rita", "insights/")["measured"] is None
    assert get(team, "Rita", "quality/") == {"measured_at": None, "part": None, "people": []}
    own = get(team, "Ann", "quality/mine/")
    assert (own["measured_at"], own["overturned"]["of"], own["confusions"]) == (None, 0, [])


def test_quality_takes_a_fixed_number_of_queries(
    team: Team, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(QUERIES_OF_QUALITY):
        get(team, "Rita", "quality/")
