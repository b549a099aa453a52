"""Merging anew what is finished, and what that would change."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.actions import remerging
from apps.reviews.models import Final, Merge
from apps.tasks.models import Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.tasks.test_fitting import change
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]
YIELD = [box(10, 10, 40, 20, "yield")]


@pytest.fixture
def team() -> Team:
    """One task on which people agree, one on which they do not."""
    team = Team()
    for n, theirs in enumerate((STOP, YIELD)):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, STOP, theirs)
    return team


def forecast(team: Team, policy: Any) -> dict[str, Any]:
    path = f"datasets/{team.dataset.slug}/remerge/forecast/"
    reply = team.post("Olga", path, {"review_policy": policy})
    assert reply.status_code == 200, reply.content
    data: dict[str, Any] = reply.json()
    return data


def remerge(team: Team) -> dict[str, Any]:
    path = f"datasets/{team.dataset.slug}/remerge/"
    assert team.post("Olga", path, {}).status_code == 202
    assert team.post("Olga", path, {}).json()["code"] == "busy"
    job = Job.objects.get(kind=remerging.KIND)
    assert run_job(job.id)
    data: dict[str, Any] = team.get("Olga", path).json()
    return data


def states() -> list[str]:
    return list(Task.objects.order_by("order_key").values_list("state", flat=True))


def test_a_dry_run_counts_and_names_what_would_change_and_writes_nothing(team: Team) -> None:
    assert states() == ["final", "conflicted"]
    (first, _), before = Task.objects.order_by("order_key"), list(Merge.objects.values())
    told = forecast(team, "all")
    assert (told["finished"], told["looked_at"]) == (2, 2)
    assert told["before"] == {"answered": 0, "conflicted": 1, "final": 1}
    assert told["after"] == {"answered": 1, "conflicted": 1, "final": 0}
    assert [(row["task"], row["before"], row["after"]) for row in told["examples"]] == [
        (str(first.id), "final", "answered")
    ]
    assert (told["labels"], told["moved"], told["moved_px"]) == (0, 0, None)
    assert (states(), list(Merge.objects.values())) == (["final", "conflicted"], before)


def test_a_dry_run_says_which_objects_would_be_others(team: Team) -> None:
    agreed = Merge.objects.get(task__order_key=0)
    (entry,) = agreed.result["objects"]
    entry["span"] = box(15, 10, 40, 20, "stop")  # as an older way of merging may have had it
    entry["label"] = None
    agreed.save()
    told = forecast(team, "conflicts")
    assert (told["moved"], told["moved_px"], told["labels"]) == (1, 5.0, 1)
    (example,) = told["examples"]
    assert (example["task"], example["moved_px"]) == (str(agreed.task_id), [5.0])


def test_an_unknown_policy_is_refused(team: Team) -> None:
    path = f"datasets/{team.dataset.slug}/remerge/forecast/"
    reply = team.post("Olga", path, {"review_policy": {"sample": 2}})
    assert (reply.status_code, list(reply.json()["errors"])) == (400, ["review_policy"])


def test_what_is_finished_follows_the_policy_when_it_is_merged_anew(team: Team) -> None:
    change(team, review_policy="all")
    assert states() == ["final", "conflicted"]
    assert remerge(team) == {"state": "done", "done": 2, "total": 2}
    assert states() == ["answered", "conflicted"]
    assert not Final.objects.exists()


def test_what_a_reviewer_decided_or_has_open_stays(team: Team) -> None:
    (task,) = team.review()["tasks"]
    (conflict,) = task["conflicts"]
    merged = dict(Merge.objects.values_list("task_id", "merged_at"))
    remerge(team)
    assert [merged[merge.task_id] == merge.merged_at for merge in Merge.objects.all()].count(
        True
    ) == 1
    choose = {"conflict": conflict["id"], "action": "label", "label": "yield"}
    assert team.decide(task, choose, final=True).status_code == 200
    decided = Final.objects.get(task=task["id"])
    Job.objects.all().delete()
    remerge(team)
    assert Final.objects.get(task=task["id"]).created_at == decided.created_at
