"""Making gold of finals, what people hear of it, and what the report says of them."""

from __future__ import annotations

from typing import Any

import pytest

from apps.tasks.actions import mixing
from apps.tasks.models import Gold, Probe
from tests.api.tasks.probes import STOP, make_finals, make_team, mark, probes_of, work
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = box(10, 10, 60, 40, "stop")  # 1600 of 2400 pixels are STOP's: found
OTHER = box(10, 10, 40, 40, "yield")


@pytest.fixture(autouse=True)
def every_lease_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where gold is on at all, it follows on every lease."""
    monkeypatch.setattr(mixing, "draws", lambda _, rate: rate > 0)


def report(team: Team) -> Any:
    reply = team.get("Olga", f"datasets/{team.dataset.slug}/gold/")
    assert reply.status_code == 200
    return reply.json()


def test_a_final_is_made_gold_by_one_request() -> None:
    team = make_team()
    (final,) = make_finals(team, count=1)
    made = team.post("Rita", f"tasks/{final}/gold/", {})
    assert (made.status_code, made.json()["made_by"]) == (200, "Rita")
    assert team.get("Rita", f"tasks/{final}/").json()["gold"] == made.json()
    assert team.get("Ann", f"tasks/{final}/").json()["gold"] is None
    assert report(team) == {"gold": 1, "people": []}
    gold = Gold.objects.get()
    assert gold.truth["spans"][0]["width"] == 40
    assert {team.people["Ben"].pk, team.people["Rita"].pk} == set(gold.barred)


def test_what_is_retired_is_gold_no_more_until_somebody_makes_it_so_again() -> None:
    team = make_team()
    (final,) = make_finals(team, count=1)
    mark(team, final)
    for _ in range(2):
        assert team.browsers["Olga"].delete(f"/api/tasks/{final}/gold/").status_code == 204
    page = team.get("Olga", f"tasks/{final}/").json()
    assert page["gold"] is None
    kinds = [line["kind"] for line in page["history"]]
    assert (kinds.count("gold.marked"), kinds.count("gold.retired")) == (1, 1)
    assert report(team)["gold"] == 0
    mark(team, final)
    assert report(team)["gold"] == 1


def test_only_a_final_can_be_gold() -> None:
    team = make_team(tasks=1, overlap=2)
    both_answer(team, [STOP], [OTHER])
    (task,) = team.review()["tasks"]
    refused = team.post("Rita", f"tasks/{task['id']}/gold/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_final")
    team.decide(task, {"conflict": task["conflicts"][0]["id"], "action": "accept"}, final=False)
    assert team.post("Olga", f"tasks/{task['id']}/gold/", {}).status_code == 409


def test_gold_that_is_unlocked_is_in_doubt_and_gold_no_more() -> None:
    team = make_team(tasks=1, overlap=2)
    both_answer(team, [STOP], [OTHER])
    (task,) = team.review()["tasks"]
    ruling = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "stop"}
    assert team.decide(task, ruling, final=True).status_code == 200
    mark(team, task["id"])
    assert team.people["Ann"].pk in Gold.objects.get().barred
    team.post("Olga", f"tasks/{task['id']}/unlock/", {"reason": "wrong"})
    assert report(team)["gold"] == 0


def test_the_report_says_how_people_did() -> None:
    team = make_team()
    finals = make_finals(team)
    mark(team, *finals)
    shapes = iter([[STOP], [WIDE], [OTHER], [STOP, OTHER]])
    seen = 0
    while seen < 4:
        (task,) = team.next("Ann")["tasks"]
        hit = task["id"] in probes_of(team)
        seen += hit
        team.answer("Ann", task, *(next(shapes) if hit else []))
    (ann,) = report(team)["people"]
    # Right, right, the wrong label, and one box too many: F1 of 2 / (1 + 2).
    assert ann["mean"] == pytest.approx((1 + 1 + 0 + 2 / 3) / 4)
    assert (ann["name"], ann["right"]["count"], ann["right"]["of"]) == ("Ann", 2, 4)
    assert 0 < ann["right"]["low"] < 0.5 < ann["right"]["high"] < 1
    # What is retired may have been wrong itself.
    worst = Probe.objects.get(score=0)
    team.browsers["Rita"].delete(f"/api/tasks/{worst.gold_id}/gold/")
    (ann,) = report(team)["people"]
    assert (ann["right"]["count"], ann["right"]["of"]) == (2, 3)


def answer_gold(team: Team, *boxes: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Work up to the next gold; returns the task and the reply to `boxes` on it."""
    while True:
        (task,) = team.next("Ann")["tasks"]
        hit = task["id"] in probes_of(team)
        reply = team.answer("Ann", task, *(boxes if hit else [])).json()
        if hit:
            return task, reply
        assert reply["gold"] is None


def test_people_are_told_only_where_the_dataset_says_so() -> None:
    team = make_team()
    mark(team, *make_finals(team))
    assert answer_gold(team, OTHER)[1]["gold"] is None
    team.dataset.config |= {"gold": {"rate": 0.5, "feedback": True}}
    team.dataset.save()
    told = answer_gold(team, WIDE)[1]["gold"]
    assert (told["score"], told["right"]) == (1, True)
    assert told["truth"]["answer"] == "accept"
    assert (told["truth"]["spans"][0]["width"], told["truth"]["spans"][0]["label"]) == (40, "stop")


def test_a_second_thought_counts_until_one_was_told() -> None:
    team = make_team()
    mark(team, *make_finals(team))
    task, _ = answer_gold(team, OTHER)
    assert Probe.objects.get(task=task["id"]).score == 0
    team.answer("Ann", {**task, "lease": None}, STOP)
    assert Probe.objects.get(task=task["id"]).score == 1
    team.dataset.config |= {"gold": {"rate": 0.5, "feedback": True}}
    team.dataset.save()
    task, _ = answer_gold(team, OTHER)
    better = team.answer("Ann", {**task, "lease": None}, STOP).json()
    assert better["gold"]["right"] is True, "it says how this answer compares"
    assert Probe.objects.get(task=task["id"]).score == 0, "but what was read off counts no more"


def test_the_setting_is_for_managers_eyes() -> None:
    team = make_team()
    shown = {
        who: team.get(who, f"datasets/{team.dataset.slug}/").json()["gold"]
        for who in ("Olga", "Rita", "Ann")
    }
    assert shown["Olga"] == {"rate": 0.5, "per_day": 20, "feedback": False}
    assert (shown["Rita"], shown["Ann"]) == (None, None)


def test_a_reply_that_was_lost_is_the_same_again() -> None:
    team = make_team(gold={"rate": 0.5, "feedback": True})
    mark(team, *make_finals(team))
    work(team, until=4)
    while True:
        (task,) = team.next("Ann")["tasks"]
        body = {"answer": "accept", "spans": [STOP], "lease": task["lease"]}
        replies = [
            team.post("Ann", f"tasks/{task['id']}/answer/", body, **{"Idempotency-Key": task["id"]})
            for _ in range(2)
        ]
        assert replies[0].json() == replies[1].json()
        if replies[0].json()["gold"]:
            return
