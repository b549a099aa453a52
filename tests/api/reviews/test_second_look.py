"""A second reviewer decides without knowing what the first one said; nothing changes by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Role
from apps.reviews.actions.measuring import measure
from apps.reviews.models import Decision, Final, SecondLook
from apps.tasks.domain.identity import is_drawn
from apps.tasks.models import Task
from tests.factories import add_member, browser_of, make_task, make_user
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(10, 10, 40, 20, "yield")
LONE = box(150, 50, 20, 20, "stop")


@pytest.fixture
def team() -> Team:
    """Rita and Theo review; all that one of them decides goes to the other as well."""
    theo = make_user("Theo")
    team = Team(second_look=1)
    team.people["Theo"], team.browsers["Theo"] = theo, browser_of(theo)
    add_member(team.dataset, theo, Role.REVIEWER)
    make_task(team.dataset)
    return team


def close(team: Team, who: str = "Rita", label: str = "stop", lone: str = "accept") -> Any:
    """Decides the label, and whether the lone box is there."""
    (task,) = team.review(who)["tasks"]
    first, second = (row["id"] for row in task["conflicts"])
    named = {"conflict": first, "action": "label", "label": label}
    assert team.decide(task, named, who=who).status_code == 200
    last = {"conflict": second, "action": lone}
    reply = team.decide(task, last, final=True, who=who)
    assert reply.status_code == 200, reply.content
    return task, reply.json()


def disputed(team: Team) -> None:
    both_answer(team, [STOP, LONE], [YIELD])


def test_the_second_sees_the_task_as_if_nobody_had_decided_it(team: Team) -> None:
    disputed(team)
    ritas, _ = close(team)
    assert team.review("Rita")["tasks"] == []  # never the same
    theos = team.review("Theo")
    assert theos["left"] == 1
    (task,) = theos["tasks"]
    same = ["id", "state", "merge", "versions", "conflicts", "decisions", "reworked", "why"]
    assert {key: task[key] for key in same} == {key: ritas[key] for key in same}


def test_what_the_second_says_stays_beside_the_final(team: Team) -> None:
    disputed(team)
    close(team)
    before = Final.objects.values().get()
    decisions = Decision.objects.count()
    task, reply = close(team, "Theo", label="yield", lone="delete")
    assert (reply["final"], reply["task"]["state"]) == (None, "conflicted")
    assert Final.objects.values().get() == before
    assert Decision.objects.count() == decisions
    look = SecondLook.objects.get()
    assert look.user == team.people["Theo"]
    (span,) = look.outcome["spans"]
    assert span["label"] == str(team.dataset.labels.get(name="yield").id)
    assert Task.objects.get().locked_at is not None
    assert team.review("Theo")["tasks"] == []
    # Nobody who labels hears of it.
    for who in ("Ann", "Ben"):
        mine = team.get(who, f"tasks/{task['id']}/mine/").content.decode()
        assert "look" not in mine
        assert "Theo" not in mine


def test_words_are_kept_until_the_end_and_may_be_taken_back(team: Team) -> None:
    disputed(team)
    close(team)
    (task,) = team.review("Theo")["tasks"]
    first, second = (row["id"] for row in task["conflicts"])
    named = {"conflict": first, "action": "label", "label": "yield"}
    assert team.decide(task, named, who="Theo").status_code == 200
    (again,) = team.review("Theo")["tasks"]
    assert [(row["action"], row["label"]) for row in again["decisions"]] == [("label", "yield")]
    assert [row["state"] for row in again["conflicts"]] == ["decided", "open"]
    open_still = team.decide(task, who="Theo", final=True)
    assert (open_still.status_code, open_still.json()["code"]) == (409, "conflicts_open")
    last = {"conflict": second, "action": "delete"}
    assert team.decide(task, last, who="Theo", final=True).status_code == 200
    undone = team.post("Theo", f"tasks/{task['id']}/take-back/", {}).json()
    assert SecondLook.objects.get().outcome is None
    assert team.decide(undone, {"conflict": second, "action": "reset"}, who="Theo").json()
    accept = {"conflict": second, "action": "accept"}
    assert team.decide(undone, accept, who="Theo", final=True).status_code == 200
    assert len(SecondLook.objects.get().outcome["spans"]) == 2


def test_the_lease_is_kept_and_goes_to_another_when_it_is_given_up(team: Team) -> None:
    disputed(team)
    close(team)
    (task,) = team.review("Theo")["tasks"]
    path = f"tasks/{task['id']}/review/"
    assert team.post("Theo", path, {"lease": task["lease"]}).status_code == 200
    assert team.review("Olga")["tasks"] == []
    first = task["conflicts"][0]["id"]
    named = {"conflict": first, "action": "label", "label": "yield"}
    assert team.decide(task, named, who="Theo").status_code == 200
    SecondLook.objects.update(expires_at=Now() - timedelta(hours=1))
    (olgas,) = team.review("Olga")["tasks"]
    assert (olgas["id"], olgas["decisions"]) == (task["id"], [])
    gone = team.decide(task, named, who="Theo")
    assert gone.status_code == 409


def test_whoever_gives_it_back_does_not_get_it_again(team: Team) -> None:
    disputed(team)
    close(team)
    (task,) = team.review("Theo")["tasks"]
    given = team.decide(task, {"action": "give_back", "why": "unclear"}, who="Theo")
    assert given.status_code == 200
    assert team.review("Theo")["tasks"] == []
    assert len(team.review("Olga")["tasks"]) == 1


def test_a_second_reviewer_who_would_send_it_back_disturbs_nobody(team: Team) -> None:
    disputed(team)
    close(team)
    (task,) = team.review("Theo")["tasks"]
    back = {"action": "send_back", "fault": "loose"}
    assert team.decide(task, back, who="Theo").status_code == 200
    assert SecondLook.objects.get().outcome == {"sent_back": True}
    assert Task.objects.get().sent_back is False
    assert team.next("Ann")["tasks"] == []


def test_once_it_is_opened_again_the_second_has_nothing_to_say(team: Team) -> None:
    disputed(team)
    ritas, _ = close(team)
    (task,) = team.review("Theo")["tasks"]
    assert team.post("Rita", f"tasks/{ritas['id']}/take-back/", {}).status_code == 200
    named = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    lost = team.decide(task, named, who="Theo")
    assert (lost.status_code, lost.json()["code"]) == (409, "lease_lost")
    assert team.review("Theo")["tasks"] == []


def test_which_tasks_are_drawn_is_fixed(team: Team) -> None:
    task = make_task(team.dataset, name="2.jpg")
    assert is_drawn("second_look", task.id, 1) is True
    assert is_drawn("second_look", task.id, 0) is False
    team.dataset.config["second_look"] = 0
    team.dataset.save()
    disputed(team)
    close(team)
    assert not SecondLook.objects.exists()


def test_where_the_two_differ_a_lead_finds_it(team: Team) -> None:
    make_task(team.dataset, name="b.jpg", order_key=1)
    for _ in range(2):
        disputed(team)
        close(team)
    close(team, "Theo")
    differs, _ = close(team, "Theo", label="yield", lone="delete")
    measure(dataset=team.dataset, beat=lambda: None)
    reply = team.get("Olga", f"datasets/{team.dataset.slug}/insights/").json()
    told = reply["measured"]["reviewers"]
    assert {key: told["differ"][key] for key in ("count", "of", "behind")} == {
        "count": 1,
        "of": 2,
        "behind": "reviewers",
    }
    # The first has two boxes twice, the second two and one: 3 in common of 7, whatever the label.
    assert told["overlap"]["f1"]["value"] == pytest.approx(6 / 7)
    assert told["overlap"]["f1"]["n"] == 2
    assert told["kappa"] is None
    story = team.get("Olga", f"tasks/{differs['id']}/").json()["second_look"]
    assert (story["by"]["name"], story["same"], story["sent_back"]) == ("Theo", False, False)
    assert [change["kind"] for change in story["changes"]] == ["relabelled", "removed"]
    assert [story["changes"][0][side]["label"] for side in ("before", "after")] == [
        *("stop", "yield")
    ]
    path = f"datasets/{team.dataset.slug}/tasks/?behind=reviewers"
    assert [row["id"] for row in team.get("Olga", path).json()["results"]] == [differs["id"]]


def test_of_classes_kappa_tells(team: Team) -> None:
    """Accepted by both, accepted then rejected, rejected by both: po 2/3, pe 4/9, kappa 0.4."""
    team.dataset.interface = "classification"
    team.dataset.save()
    for place in (1, 2):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    for _ in range(3):
        for who, answer in (("Ann", "accept"), ("Ben", "reject")):
            (task,) = team.next(who)["tasks"]
            assert team.answer(who, task, answer=answer).status_code == 200
    for who, keys in (("Rita", "AAB"), ("Theo", "ABB")):
        for key in keys:
            (task,) = team.review(who)["tasks"]
            said = {"conflict": task["conflicts"][0]["id"], "action": "version", "version": key}
            assert team.decide(task, said, who=who, final=True).status_code == 200
    measure(dataset=team.dataset, beat=lambda: None)
    reply = team.get("Olga", f"datasets/{team.dataset.slug}/insights/").json()
    told = reply["measured"]["reviewers"]
    assert (told["differ"]["count"], told["differ"]["of"], told["overlap"]) == (1, 3, None)
    assert told["kappa"]["value"] == pytest.approx(0.4)
    assert told["kappa"]["n"] == 3
