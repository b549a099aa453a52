"""How models do against what people agreed on, from predictions to figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.assist.actions import comparing
from apps.assist.actions.comparing import KIND, order_comparing
from apps.assist.models import Comparison, ModelFigures
from apps.tasks.models import Suggestion
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.assist.test_predictions import OPTIONS, send
from tests.factories import make_task
from tests.jobs_of import work_off
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP, YIELD = box(10, 10, 40, 20, "stop"), box(100, 10, 20, 20, "yield")


def compared(team: Team) -> list[dict[str, Any]]:
    """The figures once those that are due were brought up to date."""
    order_comparing()
    work_off(KIND)
    reply = team.get("Rita", f"datasets/{team.dataset.slug}/models/")
    assert reply.status_code == 200, reply.content
    models: list[dict[str, Any]] = reply.json()["models"]
    return models


def counted(model: dict[str, Any], name: str) -> tuple[int, int]:
    return model[name]["count"], model[name]["of"]


def take(team: Team, *spans: dict[str, Any], **more: Any) -> None:
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, *spans, **more).status_code == 200


def test_before_a_model_says_anything_there_is_nothing() -> None:
    team = Team()
    reply = team.get("Rita", f"datasets/{team.dataset.slug}/models/")
    assert reply.json() == {"measured_at": None, "stale": False, "models": []}
    assert order_comparing() == 0


def test_boxes_are_held_to_the_final_answer() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    missed, wrong = box(150, 50, 20, 20, "stop"), box(0, 60, 20, 20, "stop")
    send(team, {"task": str(task.id), "spans": [{**STOP, "id": "s"}, {**YIELD, "id": "y"}, wrong]})
    take(team, {**STOP, "id": "s"}, {**YIELD, "id": "y", "x": 102}, missed)
    (model,) = compared(team)
    assert (model["model"], model["version"]) == ("yolo", "1")
    assert (model["predicted"], model["compared"]) == (1, 1)
    assert counted(model, "precision") == (2, 3)
    assert counted(model, "recall") == (2, 3)
    assert counted(model, "unchanged") == (1, 2)
    # Wilson's interval of 2 in 3, from a table.
    assert model["precision"]["low"] == pytest.approx(0.2077, abs=1e-4)
    assert model["precision"]["high"] == pytest.approx(0.9385, abs=1e-4)


def test_versions_are_told_apart_and_stand_in_the_order_in_which_they_came() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    send(team, {"task": str(task.id), "spans": []}, version="2")
    send(team, {"task": str(task.id), "spans": [STOP]}, version="10")
    take(team, STOP)
    assert [(m["version"], counted(m, "recall")) for m in compared(team)] == [
        ("2", (0, 1)),
        ("10", (1, 1)),
    ]


def test_a_version_that_comes_after_the_answers_is_measured_at_once() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    send(team, {"task": str(task.id), "spans": [STOP]})
    take(team, STOP)
    compared(team)
    send(team, {"task": str(task.id), "spans": [YIELD]}, version="2")
    reply = team.get("Rita", f"datasets/{team.dataset.slug}/models/").json()
    assert reply["stale"] is True
    old, new = compared(team)
    assert (counted(old, "precision"), counted(new, "precision")) == ((1, 1), (0, 1))


def test_a_final_that_changes_or_goes_is_followed() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    send(team, {"task": str(task.id), "spans": [STOP]})
    take(team, STOP)
    assert counted(compared(team)[0], "precision") == (1, 1)
    again = team.post(
        "Ann",
        f"tasks/{task.id}/answer/",
        {"answer": "accept", "spans": [YIELD]},
        **{"Idempotency-Key": "again"},
    )
    assert again.status_code == 200, again.content
    assert counted(compared(team)[0], "precision") == (0, 1)
    task.refresh_from_db()
    task.final.delete()
    task.save()
    (model,) = compared(team)
    assert (model["compared"], counted(model, "precision")) == (0, (0, 0))


def test_choices_are_compared_with_what_was_offered_at_the_time() -> None:
    team = Team(interface="choice", options=OPTIONS, overlap=1)
    first, second = (make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in (0, 1))
    send(team, *({"task": str(task.id), "accept": [1]} for task in (first, second)))
    take(team, accept=[1])
    take(team, accept=["1"])
    # A word that came after the answer is one that its author did not see.
    send(team, {"task": str(first.id), "accept": [1]}, version="2")
    old, new = compared(team)
    assert (counted(old, "precision"), counted(old, "recall")) == ((1, 2), (1, 2))
    assert (counted(old, "unchanged"), counted(new, "unchanged")) == ((1, 2), (0, 0))
    assert counted(new, "precision") == (1, 1)


def test_nothing_new_is_nothing_to_do() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    send(team, {"task": str(task.id), "spans": [STOP]})
    take(team, STOP)
    compared(team)
    assert order_comparing() == 0
    make_task(team.dataset, name="b.jpg", order_key=1)
    assert order_comparing() == 1


def test_a_killed_run_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "CHUNK", 1)
    team = Team(overlap=1)
    for n in range(3):
        task = make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        send(team, {"task": str(task.id), "spans": [STOP]})
        take(team, STOP)

    places: list[Any] = []

    def killed(*, done: int, total: int | None, place: Any) -> None:
        places.append({"done": done, "total": total, "place": place})
        raise InterruptedError

    def go_on(progress: dict[str, Any]) -> None:
        with pytest.raises(InterruptedError):
            comparing.compare_for_a_while(dataset=team.dataset, progress=progress, beat=killed)

    go_on({"done": 0})
    go_on(places[0])
    assert Comparison.objects.count() == places[1]["done"] == 2
    assert ModelFigures.objects.get().rows == []
    assert compared(team)[0]["compared"] == 3


def test_a_long_comparing_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "CHUNK", 1)
    monkeypatch.setattr(comparing, "PIECE_SECONDS", 0)
    team = Team(overlap=1)
    for n in range(2):
        task = make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        send(team, {"task": str(task.id), "spans": [STOP]})
        take(team, STOP)
    order_comparing()
    assert work_off_pieces() == 3
    reply = team.get("Rita", f"datasets/{team.dataset.slug}/models/").json()
    assert reply["models"][0]["compared"] == 2


def work_off_pieces() -> int:
    """Run the job until it says that nothing is left; returns in how many pieces."""
    pieces = 0
    while job := Job.objects.filter(kind=KIND, state=Job.State.QUEUED).first():
        assert run_job(job.id)
        pieces += 1
    return pieces


def test_reading_the_figures_costs_the_same_however_many_tasks_there_are() -> None:
    team = Team(overlap=1)
    task = make_task(team.dataset)
    send(team, {"task": str(task.id), "spans": [STOP]})
    take(team, STOP)
    compared(team)
    with CaptureQueriesContext(
        connection,
    ) as read:
        team.get("Rita", f"datasets/{team.dataset.slug}/models/")
    told = "\n".join(query["sql"] for query in read)
    assert Comparison._meta.db_table not in told
    assert Suggestion._meta.db_table not in told
