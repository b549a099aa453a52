"""The queue follows what models say, from a prediction to the next task."""

from __future__ import annotations

from typing import Any

import pytest

from apps.tasks.actions.fitting import KIND as FIT
from apps.tasks.actions.ranking import KIND as RANK
from apps.tasks.actions.ranking import rank
from apps.tasks.domain.turns import comes_at_random
from apps.tasks.models import Queue, Slot, Task
from concord.jobs.models import Job
from tests.factories import make_task
from tests.jobs_of import work_off
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")


def predict(team: Team, scores: dict[Any, float], version: str = "1", **more: Any) -> None:
    predictions = [
        {"task": str(task.id), "spans": [], "score": score} for task, score in scores.items()
    ]
    body = {"model": "m", "version": version, "predictions": predictions, **more}
    reply = team.post("Olga", f"datasets/{team.dataset.slug}/predictions/", body)
    assert reply.status_code == 200, reply.content
    work_off(RANK)


def served(team: Team) -> list[tuple[str, str]]:
    """All tasks in the order in which Ann gets them, each with why."""
    got = []
    while tasks := team.next("Ann")["tasks"]:
        (task,) = tasks
        got.append((task["id"], task["why"]["code"]))
        assert team.answer("Ann", task, STOP).status_code == 200
    return got


def make_tasks(team: Team, count: int) -> list[Task]:
    return [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(count)]


@pytest.mark.parametrize(
    ("order", "expected"), [("uncertain", [1, 0, 2, 3]), ("score", [2, 0, 1, 3])]
)
def test_scores_decide_and_none_is_left_out(order: str, expected: list[int]) -> None:
    team = Team(overlap=1, order=order, random_share=0.0)
    tasks = make_tasks(team, 4)
    predict(team, {tasks[0]: 0.7, tasks[1]: 0.45, tasks[2]: 0.99})
    assert served(team) == [(str(tasks[n].id), "unscored" if n == 3 else order) for n in expected]


def test_new_scores_move_what_is_left() -> None:
    team = Team(overlap=1, order="score", random_share=0.0)
    tasks = make_tasks(team, 3)
    predict(team, {tasks[0]: 0.9, tasks[1]: 0.5, tasks[2]: 0.1})
    (first,) = team.next("Ann")["tasks"]
    assert first["id"] == str(tasks[0].id)
    team.answer("Ann", first, STOP)
    predict(team, {tasks[1]: 0.1, tasks[2]: 0.9}, version="2")
    assert [task for task, _ in served(team)] == [str(tasks[2].id), str(tasks[1].id)]


def test_a_task_moved_behind_somebodys_place_is_still_found() -> None:
    team = Team(overlap=1, order="score", random_share=0.0)
    tasks = make_tasks(team, 3)
    predict(team, {tasks[0]: 0.3, tasks[1]: 0.2, tasks[2]: 0.1})
    (held,) = team.next("Ann")["tasks"]
    predict(team, {tasks[2]: 0.9}, version="2")
    team.answer("Ann", held, STOP)
    assert [task for task, _ in served(team)] == [str(tasks[2].id), str(tasks[1].id)]


def test_a_fixed_share_is_drawn_and_says_so() -> None:
    team = Team(overlap=1, order="uncertain", random_share=0.4)
    tasks = make_tasks(team, 10)
    predict(team, {task: n / 10 for n, task in enumerate(tasks)})
    assert len(Queue.objects.get().ladder) == 100
    got = served(team)
    assert {task for task, _ in got} == {str(task.id) for task in tasks}
    assert dict(got) == {
        str(task.id): "drawn" if comes_at_random(task.id, 0.4) else "uncertain" for task in tasks
    }


def test_the_ladder_has_the_scores_at_even_steps() -> None:
    team = Team(overlap=1, order="score")
    tasks = make_tasks(team, 10)
    predict(team, {task: n / 10 for n, task in enumerate(tasks[:8])})
    assert Queue.objects.get().ladder == [
        *(n // 10 / 10 for n in range(80)),
        *[None] * 20,
    ]


def test_the_ladder_stays_as_long_as_few_scores_are_new() -> None:
    team = Team(overlap=1, order="score", random_share=0.0)
    tasks = make_tasks(team, 2)
    predict(team, {tasks[0]: 0.1, tasks[1]: 0.2})
    # As if there were a thousand, of which a fortieth is 25.
    Queue.objects.update(counted=1000, unseen=23)
    predict(team, {tasks[0]: 0.3, tasks[1]: 0.4}, version="2")
    assert {*Queue.objects.get().ladder} == {0.1, 0.2}
    predict(team, {tasks[0]: 0.5}, version="3")
    queue = Queue.objects.get()
    assert ({*queue.ladder}, queue.counted, queue.unseen) == ({0.4, 0.5}, 2, 0)


def test_without_a_score_of_the_whole_the_most_doubtful_shape_counts() -> None:
    team = Team(overlap=1, order="as_imported")
    (task,) = make_tasks(team, 1)
    spans = [{**STOP, "score": score} for score in (0.9, 0.4, 0.05)]
    body = {"model": "m", "predictions": [{"task": str(task.id), "spans": spans}]}
    assert team.post("Olga", f"datasets/{team.dataset.slug}/predictions/", body).status_code == 200
    task.refresh_from_db()
    assert task.score == 0.4
    # Where the order does not follow scores there is nothing to move.
    assert not Job.objects.filter(kind=RANK).exists()


def test_a_change_of_the_setting_moves_what_was_there() -> None:
    team = Team(overlap=1, random_share=0.0)
    tasks = make_tasks(team, 2)
    predict(team, {tasks[0]: 0.1, tasks[1]: 0.9})
    dataset = team.dataset
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{dataset.slug}/",
        {"order": "score"},
        content_type="application/json",
        headers={"If-Match": f'"{dataset.config_version}"'},
    )
    assert reply.status_code == 200, reply.content
    work_off(FIT)
    assert [task for task, _ in served(team)] == [str(tasks[1].id), str(tasks[0].id)]


def test_ranking_twice_changes_nothing() -> None:
    team = Team(overlap=2, order="uncertain")
    tasks = make_tasks(team, 5)
    predict(team, {task: n / 5 for n, task in enumerate(tasks)})
    slots = Slot.objects.order_by("task", "n").values_list("order_key", flat=True)
    before = list(slots)
    rank(dataset=team.dataset, tasks=[task.id for task in tasks], again=False, beat=lambda: None)
    assert before == list(slots.all())


def test_an_attempt_that_was_broken_off_is_made_good() -> None:
    """The first one has kept the ladder, and died before it moved those who come at random."""
    team = Team(overlap=1, order="uncertain", random_share=1.0)
    tasks = make_tasks(team, 5)
    predict(team, {task: n / 5 for n, task in enumerate(tasks)})
    slots = Slot.objects.order_by("task").values_list("order_key", flat=True)
    before = list(slots)
    Slot.objects.update(order_key=7)
    rank(dataset=team.dataset, tasks=[], again=False, beat=lambda: None)
    assert list(slots.all()) == [7] * 5, "the ladder stands as it is"
    rank(dataset=team.dataset, tasks=[], again=True, beat=lambda: None)
    assert list(slots.all()) == before


def test_managers_are_told_why_too() -> None:
    team = Team(overlap=1, order="uncertain", random_share=0.0)
    (task,) = make_tasks(team, 1)
    predict(team, {task: 0.5})
    assert team.get("Olga", f"tasks/{task.id}/").json()["why"]["code"] == "uncertain"
