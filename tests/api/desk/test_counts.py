"""How many tasks match, and what the filters can choose from."""

from __future__ import annotations

from typing import Any

import pytest

from apps.desk.queries import finding
from apps.imports.models import Import
from apps.reviews.models import TaskFacts
from concord.jobs.models import Job
from tests.factories import make_task
from tests.jobs_of import work_off
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

LIST = "datasets/street-signs/tasks/"
STOP = box(10, 10, 40, 10, "stop")


@pytest.fixture
def team() -> Team:
    """a is agreed, the others are open."""
    team = Team()
    for place, name in enumerate("abcde"):
        make_task(team.dataset, name=f"{name}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    TaskFacts.objects.filter(order_key__in=[0, 1]).update(tags=["odd"])
    return team


def count(team: Team, who: str, query: str = "") -> dict[str, Any]:
    reply = team.get(who, f"{LIST}count/?{query}")
    assert reply.status_code == 200, reply.content
    told: dict[str, Any] = reply.json()
    return told


@pytest.mark.parametrize("steps", [1, 2, 10])
def test_a_count_is_that_of_the_list(
    team: Team, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "STEPS", steps)
    monkeypatch.setattr(finding, "MANY_STEPS", steps * 2)
    for who, query, expected in (
        ("Rita", "", 5),
        ("Rita", "tag=odd", 2),
        ("Rita", "tag=odd&state=open", 1),
        ("Ann", "", 1),
        ("Ann", "state=open", 0),
    ):
        assert count(team, who, query) == {"count": expected, "exact": True}
        assert len(team.get(who, f"{LIST}?{query}").json()["results"]) == expected


def test_beyond_what_is_counted_at_once_a_job_counts_on(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.desk.api.browsing.COUNTED", 3)
    assert count(team, "Rita", "state=open") == {"count": 3, "exact": False}
    reply = team.post("Rita", f"{LIST}count/", {"filter": {"state": ["open"]}})
    assert (reply.status_code, reply.json()["count"]) == (202, None)
    assert work_off("desk.count") == 1
    told = team.browsers["Rita"].get(reply["Location"]).json()
    assert (told["state"], told["count"]) == ("done", 4)
    assert team.browsers["Olga"].get(reply["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"state": "lost"}, "bad_state"),
        ({"password": "a"}, "unknown_parameter"),
        ({"tag": {"a": 1}}, "bad_filter"),
        ({"tag": [None]}, "bad_filter"),
        ({"tag": "a\0"}, "bad_string"),
        ({"min_score": "nan"}, "bad_min_score"),
        ({"label": "cat"}, "unknown_label"),
    ],
)
def test_a_filter_as_json_is_read_by_the_same_reader(team: Team, wanted: Any, code: str) -> None:
    reply = team.post("Rita", f"{LIST}count/", {"filter": wanted})
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert not Job.objects.filter(kind="desk.count").exists()


def test_a_count_tells_no_more_than_the_list(team: Team) -> None:
    assert team.get("Ann", f"{LIST}count/?tag=odd").status_code == 403
    assert team.post("Ann", f"{LIST}count/", {"filter": {"tag": "odd"}}).status_code == 403
    assert team.get("Rita", f"{LIST}count/?person={team.people['Ann'].pk}").json()["count"] == 1


def test_options_are_those_that_one_may_know(team: Team) -> None:
    found = Import.objects.create(dataset=team.dataset, created_by=team.people["Olga"], name="x")
    of_olga, of_rita, of_ann = (
        team.get(who, f"{LIST}options/").json() for who in ("Olga", "Rita", "Ann")
    )
    assert of_olga["labels"] == of_ann["labels"] == ["stop", "yield"]
    assert of_olga["tags"] == of_rita["tags"] == [{"name": "odd", "count": 2}]
    assert [person["name"] for person in of_olga["people"]] == ["Ann", "Ben"]
    assert [each["id"] for each in of_olga["imports"]] == [str(found.pk)]
    assert of_rita["imports"] == []
    assert (of_ann["tags"], of_ann["people"], of_ann["imports"]) == ([], [], [])
