"""What one task's page tells of the way that the task went."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.models import Export
from apps.imports.models import Import, ImportRow, RowState
from apps.tasks.models import Task
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(10, 10, 40, 20, "yield")


@pytest.fixture
def team() -> Team:
    """Of the one image the labels differ."""
    team = Team()
    make_task(team.dataset, name="a.jpg")
    both_answer(team, [STOP], [YIELD])
    return team


def story_of(team: Team, who: str) -> dict[str, Any]:
    reply = team.get(who, f"tasks/{Task.objects.get().id}/")
    assert reply.status_code == 200, reply.content
    story: dict[str, Any] = reply.json()
    return story


def answer_anew(team: Team, who: str, *boxes: dict[str, Any]) -> None:
    story = story_of(team, "Olga")
    mine = next(row for row in story["answers"] if row["user"]["name"] == who)
    shown = mine["revisions"][-1]["spans"][0]["id"]
    body = {"answer": "accept", "spans": [{**each, "id": shown} for each in boxes]}
    headers = {"Idempotency-Key": f"anew-{who}", "If-Match": f'"{mine["head"]}"'}
    reply = team.post(who, f"tasks/{story['id']}/answer/", body, **headers)
    assert reply.status_code == 200, reply.content


def test_each_revision_says_what_it_changed_in_the_one_before(team: Team) -> None:
    answer_anew(team, "Ben", STOP)
    first, second = story_of(team, "Olga")["answers"][1]["revisions"]
    assert first["changed"] is None
    (change,) = second["changed"]
    assert change["kind"] == "relabelled"
    assert (change["before"]["label"], change["after"]["label"]) == ("yield", "stop")


def test_a_conflict_that_later_answers_settled_is_still_told(team: Team) -> None:
    answer_anew(team, "Ben", STOP)
    story = story_of(team, "Rita")
    assert (story["state"], story["conflicts"]) == ("final", [])
    (dispute,) = story["disputes"]
    assert (dispute["kind"], dispute["state"]) == ("label", "superseded")
    assert "1 of 2 says" in dispute["text"]
    assert story["merged_at"] is not None


def test_a_decision_says_what_it_was_about(team: Team) -> None:
    (task,) = team.review()["tasks"]
    rule = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "yield"}
    assert team.decide(task, rule, final=True).status_code == 200
    (decision,) = story_of(team, "Rita")["decisions"]
    assert "1 of 2 says" in decision["about"]


def test_managers_see_which_line_of_which_list_brought_it(team: Team) -> None:
    olga = team.people["Olga"]
    brought = Import.objects.create(dataset=team.dataset, created_by=olga, name="signs.csv")
    image = Task.objects.get().task_images.get().image
    ImportRow.objects.create(
        of_import=brought,
        dataset=team.dataset,
        line=7,
        url="https://example.org/a.jpg",
        state=RowState.DONE,
        image=image,
    )
    origin = story_of(team, "Olga")["origin"]
    assert (origin["import"], origin["name"], origin["line"]) == (str(brought.id), "signs.csv", 7)
    assert origin["by"]["name"] == "Olga"
    assert story_of(team, "Rita")["origin"] is None


def test_who_has_it_in_hand_is_told_to_those_who_see_names() -> None:
    team = Team()
    make_task(team.dataset, name="a.jpg")
    team.next("Ann")
    (held,) = story_of(team, "Olga")["held"]
    assert held["by"]["name"] == "Ann"
    (held,) = story_of(team, "Rita")["held"]
    assert held["by"] is None
    assert story_of(team, "Ann")["held"] == []


def test_files_that_have_the_answers_or_the_final_are_told_to_managers(team: Team) -> None:
    def export(which: str) -> Export:
        return Export.objects.create(
            dataset=team.dataset,
            created_by=team.people["Olga"],
            format="jsonl",
            which=which,
            state=Export.State.DONE,
        )

    export("final")  # it is not final yet
    both = export("both")
    answer_anew(team, "Ben", STOP)
    final = export("final")
    told = story_of(team, "Olga")["exports"]
    assert {row["id"] for row in told} == {str(both.id), str(final.id)}
    assert story_of(team, "Rita")["exports"] == []
