"""What a change of settings would do is said before it is made, and is what it then does."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import Count, Q

from apps.datasets.models import Interface
from apps.tasks.models import SlotState, Task, TaskState
from tests.api.tasks.test_fitting import change, run_jobs
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP, YIELD = [box(10, 10, 40, 20, "stop")], [box(10, 10, 40, 20, "yield")]
SUN, RAIN = {"id": 1, "text": "Sun", "key": ""}, {"id": "1", "text": "Rain", "key": ""}


def effects(team: Team, **settings: Any) -> dict[str, tuple[int, int, bool]]:
    """Count, finals and whether it touches what people did, by code and name."""
    reply = team.post("Olga", f"datasets/{team.dataset.slug}/effects/", settings)
    assert reply.status_code == 200, reply.content
    return {
        f"{each['code']} {each['name']}".strip(): (each["count"], each["finals"], each["touches"])
        for each in reply.json()["effects"]
    }


@pytest.fixture
def team() -> Team:
    """A final, a conflict, one that is decided, one with a lone answer, one untouched."""
    team = Team(overlap=2)
    for n, theirs in enumerate((STOP, YIELD, YIELD)):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, STOP, theirs)
    disputed = team.review()["tasks"][0]
    (conflict,) = disputed["conflicts"]
    ruling = {"conflict": conflict["id"], "action": "label", "label": "stop"}
    assert team.decide(disputed, ruling, final=True).status_code == 200
    make_task(team.dataset, name="3.jpg", order_key=3)
    assert team.answer("Ann", team.next("Ann")["tasks"][0], *STOP).status_code == 200
    make_task(team.dataset, name="4.jpg", order_key=4)
    return team


def standing() -> dict[str, Any]:
    """Where the tasks are, and how many answers are awaited in all."""
    awaited = Count("slots", filter=~Q(slots__state=SlotState.SUBMITTED))
    rows = Task.objects.annotate(awaited=awaited).values_list("state", "awaited")
    return {"states": Counter(state for state, _ in rows), "awaited": sum(n for _, n in rows)}


def test_nothing_follows_from_nothing(team: Team) -> None:
    assert effects(team) == {}
    assert effects(team, name="Signs", description="of the street", overlap=2) == {}


@pytest.mark.parametrize(
    ("overlap", "told"),
    [
        (3, {"opened_final": 1, "opened_waiting": 1, "asked_more 4": 4, "decided_stay": 1}),
        (1, {"asked_fewer": 2, "completed": 1}),
        ("all", {}),
        ({"base": 2, "share": 1.0, "to": 4}, {"asked_more 8": 4, "opened_final": 1}),
        ({"base": 2, "most": 4}, {}),
    ],
)
def test_more_and_fewer_answers_are_foretold(
    team: Team, overlap: Any, told: dict[str, int]
) -> None:
    found, before = effects(team, overlap=overlap), standing()
    assert told.items() <= {name: count for name, (count, _, _) in found.items()}.items()
    assert not told or found.keys() >= told.keys()
    assert standing() == before
    change(team, overlap=overlap)
    run_jobs()
    after = standing()

    def count(code: str) -> int:
        return sum(each for name, (each, *_) in found.items() if name.split()[0] == code)

    opened = count("opened_final") + count("opened_waiting")
    was, now = before["states"][TaskState.OPEN], after["states"][TaskState.OPEN]
    assert now == was + opened - count("completed")
    more = sum(int(name.split()[1]) for name in found if name.startswith("asked_more"))
    if not count("asked_fewer"):
        assert after["awaited"] == before["awaited"] + more


def test_who_may_get_what_changes_how_many_answers_there_can_be(team: Team) -> None:
    make_task(team.dataset, name="5.jpg", order_key=5, meta={"city": "Bonn"})
    route = {"meta": "city", "equals": "Bonn", "to": ["ann@example.org"]}
    assert effects(team, routing=[route]) == {"asked_fewer": (1, 0, False)}


def test_options_that_were_picked_are_named_with_their_answers() -> None:
    team = Team(overlap=2, interface=Interface.CHOICE)
    team.dataset.interface = Interface.CHOICE
    team.dataset.config |= {"options": [SUN, RAIN], "choice_style": "multiple"}
    team.dataset.save()
    make_task(team.dataset)
    for who in ("Ann", "Ben"):
        reply = team.answer(who, team.next(who)["tasks"][0], accept=[1, "1"])
        assert reply.status_code == 200, reply.content
    make_task(team.dataset, name="b.jpg", order_key=1)
    assert team.answer("Ann", team.next("Ann")["tasks"][0], accept=["1"]).status_code == 200
    shining = {**SUN, "text": "Sunshine"}
    assert effects(team, options=[shining, RAIN]) == {"option_renamed Sun": (2, 1, True)}
    assert effects(team, options=[SUN]) == {"option_removed Rain": (3, 1, True)}
    assert effects(team, choice_style="single") == {"one_pick": (2, 0, True)}
    assert effects(team, options=[RAIN, SUN]) == {}


def test_questions_beside_the_image_rules_shapes_and_policy() -> None:
    wet = {"id": "wet", "type": "text", "title": "Wet?"}
    team = Team(overlap=1, blocks=[{**wet, "options": [], "multiple": False, "required": False}])
    for n, said in enumerate(({"wet": "very"}, {})):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        reply = team.answer("Ann", team.next("Ann")["tasks"][0], *STOP, attributes=said)
        assert reply.status_code == 200, reply.content
    assert effects(team, blocks=[]) == {"block_removed Wet?": (1, 0, True)}
    assert effects(team, blocks=[{**wet, "required": True}]) == {
        "block_required Wet?": (1, 0, False)
    }
    assert effects(team, rules={"max_shapes": 1}) == {"rules": (2, 0, False)}
    assert effects(team, drawing={"shapes": ["polygon"]}) == {"shapes_barred": (2, 0, False)}
    assert effects(team, review_policy="all") == {"policy": (2, 0, False)}


def test_what_cannot_be_is_refused_as_it_is_on_saving(team: Team) -> None:
    path = f"datasets/{team.dataset.slug}/effects/"
    reply = team.post("Olga", path, {"overlap": 0})
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["overlap"])
    assert team.post("Olga", path, {"overlaps": 3}).status_code == 400
    rules = {"required_labels": ["gone"]}
    assert team.post("Olga", path, {"rules": rules}).json()["code"] == "invalid_config"
