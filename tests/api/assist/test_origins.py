"""Every shape of an answer remembers the suggestion that it came from."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.exchange.domain.prodigy import span_of
from apps.tasks.models import Revision, Suggestion
from tests.api.assist.test_predictions import send
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = {**box(10.125, 10, 40, 20.3, "stop"), "id": "s1", "score": 0.7}
YIELD = {**box(100, 50, 20, 20, "yield"), "id": "y1"}


@pytest.fixture
def team() -> Team:
    """One image of 640 x 480, of which yolo 1 says: a stop sign, and one to yield."""
    team = Team(overlap=1)
    task = make_task(team.dataset)
    assert send(team, {"task": str(task.id), "spans": [STOP, YIELD]}).status_code == 200
    return team


def stored() -> dict[str, Any]:
    """The origin of each span of the only answer, by the span's id; None without one."""
    spans = Revision.objects.order_by("-seq")[0].spans
    return {span["id"]: span.get("_suggestion") for span in spans}


def origin(*, changed: bool, version: str = "1") -> dict[str, Any]:
    row = Suggestion.objects.get(model="yolo", model_version=version)
    return {"id": str(row.id), "model": "yolo", "version": version, "changed": changed}


def test_a_span_says_where_it_came_from_and_whether_it_was_changed(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    stop, yields = task["spans"]
    moved = {key: value for key, value in yields.items() if key not in ("points", "center")}
    own = {**box(1, 1, 9, 9, "stop"), "id": "mine"}
    assert team.answer("Ann", task, stop, {**moved, "x": 101.5}, own).status_code == 200
    assert stored() == {"s1": origin(changed=False), "y1": origin(changed=True), "mine": None}


@pytest.mark.parametrize(
    "edit", [{"label": "yield"}, {"attributes": {"occluded": True}}, {"type": "polygon"}]
)
def test_another_label_attribute_or_kind_is_a_change(team: Team, edit: dict[str, Any]) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, {**task["spans"][0], **edit}).status_code == 200
    assert stored() == {"s1": origin(changed=True)}


def test_nobody_is_believed_what_they_claim(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    row = Suggestion.objects.get()
    claim = {"id": str(row.id), "model": "yolo", "version": "1", "changed": False}
    liar = {**box(1, 1, 9, 9, "stop"), "id": "liar", "_suggestion": claim}
    thief = {**box(1, 20, 9, 9, "stop"), "id": "s1", "_suggestion": claim}
    odd = {**box(1, 40, 9, 9, "stop"), "id": "odd", "_suggestion": ["y1", None]}
    assert team.answer("Ann", task, liar, thief, odd).status_code == 200
    assert stored() == {"liar": None, "s1": origin(changed=True), "odd": None}


def test_two_spans_cannot_both_be_the_same_suggestion(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    stop = task["spans"][0]
    assert team.answer("Ann", task, stop, stop).status_code == 200
    origins = list(stored().values())
    assert origins == [origin(changed=False), None]


def test_suggestions_of_another_task_are_none_of_this_one(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task).status_code == 200
    make_task(team.dataset, name="other.jpg", order_key=1)
    (other,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", other, task["spans"][0]).status_code == 200
    revision = Revision.objects.get(task=other["id"])
    assert [span.get("_suggestion") for span in revision.spans] == [None]


def test_of_several_suggestions_the_one_that_still_fits_is_the_origin(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    again = {"task": task["id"], "spans": [{**STOP, "x": 12}]}
    assert send(team, again, version="2").status_code == 200
    assert team.answer("Ann", task, task["spans"][0]).status_code == 200
    assert stored() == {"s1": origin(changed=False, version="1")}
    edited = {**box(14, 10, 40, 20.3, "stop"), "id": "s1"}
    assert team.answer("Ann", {**task, "lease": None}, edited).status_code == 200
    assert stored() == {"s1": origin(changed=True, version="2")}


def test_an_answer_comes_back_as_it_was_sent_and_leaves_with_its_origins(team: Team) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, task["spans"][0]).status_code == 200
    mine = team.get("Ann", f"tasks/{task['id']}/mine/").json()["draft"]["spans"]
    assert mine == [task["spans"][0]]
    (final,) = Revision.objects.get().task.final.spans
    written = json.loads(json.dumps(span_of(final)))
    assert (written["_suggestion"], written["score"]) == (origin(changed=False), 0.7)
