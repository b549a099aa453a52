"""One label goes into another: answers follow, conflicts between the two end, and it is undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import ConfigVersion, Label
from apps.reviews.actions import relabelling
from apps.reviews.models import Conflict, Final, Merge, ReviewLease
from apps.tasks.models import Revision, Task
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.tasks.test_fitting import change
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]
HALT = [box(10, 10, 40, 20, "halt")]
YIELD = [box(10, 10, 40, 20, "yield")]


@pytest.fixture
def team() -> Team:
    """A dataset with the labels stop, yield, halt."""
    team = Team()
    Label.objects.create(
        dataset=team.dataset,
        name="halt",
        colour="#0072b2",
        position=2,
        shapes=["rect", "polygon", "freehand"],
    )
    return team


def path_of(team: Team, name: str, rest: str = "merge/") -> str:
    label = Label.objects.get(dataset=team.dataset, name=name)
    return f"datasets/{team.dataset.slug}/labels/{label.id}/{rest}"


def merge(team: Team, name: str, into: str) -> Any:
    return team.post("Olga", path_of(team, name), {"into": into})


def unmerge(team: Team, name: str) -> Any:
    return team.browsers["Olga"].delete(f"/api/{path_of(team, name)}")


def forecast(team: Team, name: str, into: str) -> dict[str, Any]:
    reply = team.post("Olga", path_of(team, name, "merge/forecast/"), {"into": into})
    assert reply.status_code == 200, reply.content
    return dict(reply.json())


def settle() -> Job:
    """Give the job that follows its turn."""
    job = Job.objects.filter(kind=relabelling.KIND, state=Job.State.QUEUED).get()
    Job.objects.filter(pk=job.pk).update(run_after=Now())
    assert run_job(job.pk)
    job.refresh_from_db()
    return job


def asked(team: Team, n: int, anns: list[Any], bens: list[Any]) -> Task:
    task = make_task(team.dataset, name=f"{n}.jpg", order_key=n)
    both_answer(team, anns, bens)
    task.refresh_from_db()
    return task


def labels_in(team: Team, task: Task, who: str = "Olga") -> list[str]:
    final = team.get(who, f"tasks/{task.id}/").json()["final"]
    return [span["label"] for span in final["spans"]]


def test_two_names_of_one_thing_are_no_conflict_any_more(team: Team) -> None:
    both, other = asked(team, 0, STOP, HALT), asked(team, 1, YIELD, HALT)
    assert (both.state, other.state) == ("conflicted", "conflicted")
    assert forecast(team, "halt", "stop") == {
        "shapes": 2,
        "answers": 2,
        "finals": 0,
        "decided": 0,
        "conflicts": 2,
        "ends": 1,
        "begun": 0,
        "is_required": False,
    }
    said = list(Revision.objects.order_by("id").values())
    reply = merge(team, "halt", "stop")
    assert (reply.status_code, reply.json()["retired"]) == (202, True)
    assert reply["Location"] == f"/api/datasets/{team.dataset.id}/labels/merging/"
    both.refresh_from_db()
    assert both.state == "conflicted", "not in the request"
    assert settle().state == "done"
    both.refresh_from_db()
    other.refresh_from_db()
    assert (both.state, other.state) == ("final", "conflicted")
    assert labels_in(team, both) == ["stop"]
    assert list(Revision.objects.order_by("id").values()) == said
    where = f"datasets/{team.dataset.slug}/labels/merging/"
    told = team.get("Olga", where).json()
    assert told == {"state": "done", "done": 2, "total": 2, "held": 0}


def test_it_is_taken_back(team: Team) -> None:
    task = asked(team, 0, STOP, HALT)
    merge(team, "halt", "stop")
    settle()
    task.refresh_from_db()
    assert task.state == "final"
    assert unmerge(team, "halt").json()["merged_into"] is None
    settle()
    task.refresh_from_db()
    assert task.state == "conflicted"
    assert not Final.objects.exists()
    kinds = list(Conflict.objects.filter(state="open").values_list("kind", flat=True))
    assert kinds == ["label"]
    told = Event.objects.filter(kind__startswith="label.").order_by("id")
    assert list(told.values_list("kind", "data")) == [
        ("label.merged", {"name": "halt", "into": "stop"}),
        ("label.unmerged", {"name": "halt", "into": "stop"}),
    ]


def test_labels_may_go_on_into_others_and_come_back_one_by_one(team: Team) -> None:
    asked(team, 0, HALT, HALT)
    assert merge(team, "halt", "stop").status_code == 202
    assert merge(team, "stop", "yield").status_code == 202
    assert Job.objects.filter(kind=relabelling.KIND, state="queued").count() == 1, "one for both"
    settle()
    task = Task.objects.get()
    assert labels_in(team, task) == ["yield"]
    found = team.get("Olga", f"datasets/{team.dataset.slug}/tasks/?label=yield").json()
    assert len(found["results"]) == 1
    assert unmerge(team, "stop").status_code == 202
    settle()
    assert labels_in(team, task) == ["stop"], "halt is still merged into it"


def test_a_decided_final_keeps_its_decision_under_the_new_name(team: Team) -> None:
    task = asked(team, 0, YIELD, HALT)
    (review,) = team.review()["tasks"]
    (conflict,) = review["conflicts"]
    ruling = {"conflict": conflict["id"], "action": "label", "label": "halt"}
    assert team.decide(review, ruling, final=True).status_code == 200
    before = Final.objects.values().get()
    told = forecast(team, "halt", "stop")
    assert (told["finals"], told["decided"], told["conflicts"]) == (1, 1, 0)
    merge(team, "halt", "stop")
    settle()
    assert Final.objects.values().get() == before
    assert labels_in(team, task) == ["stop"]
    for name, found in (("stop", 1), ("yield", 0)):
        rows = team.get("Olga", f"datasets/{team.dataset.slug}/tasks/?label={name}").json()
        assert len(rows["results"]) == found
    (decision,) = team.get("Olga", f"tasks/{task.id}/").json()["decisions"]
    assert decision["label"] == "stop"


def test_a_task_that_a_reviewer_has_open_waits_for_them(team: Team) -> None:
    task = asked(team, 0, STOP, HALT)
    assert team.review()["tasks"]
    merge(team, "halt", "stop")
    job = settle()
    assert (job.state, job.progress["place"]) == ("queued", ["end", [str(task.id)]])
    task.refresh_from_db()
    assert task.state == "conflicted"
    ReviewLease.objects.update(expires_at=Now() - timedelta(hours=1))
    assert settle().state == "done"
    task.refresh_from_db()
    assert task.state == "final"


def test_a_page_that_still_says_the_old_name_is_understood(team: Team) -> None:
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    merge(team, "halt", "stop")
    assert team.answer("Ann", task, *HALT).status_code == 200
    (task,) = team.next("Ben")["tasks"]
    assert team.answer("Ben", task, *STOP).status_code == 200
    assert Task.objects.get().state == "final"
    halt = Label.objects.get(name="halt")
    said = Revision.objects.get(user=team.people["Ann"])
    assert said.spans[0]["label_id"] == str(halt.id), "what was said stays, for taking it back"
    mine = team.get("Ann", f"tasks/{task['id']}/").json()
    assert mine["final"]["spans"][0]["label"] == "stop"


def test_the_rules_ask_for_the_other_label_then(team: Team) -> None:
    change(team, rules={"required_labels": ["halt", "stop"]})
    assert forecast(team, "halt", "stop")["is_required"]
    merge(team, "halt", "stop")
    team.dataset.refresh_from_db()
    assert team.dataset.config["rules"]["required_labels"] == ["stop"]
    assert ConfigVersion.objects.filter(dataset=team.dataset).count() == 2
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, *YIELD).json()["code"] == "rules_broken"
    assert team.answer("Ann", task, *HALT).status_code == 200


def test_a_key_is_free_for_others_and_comes_back_if_it_still_is(team: Team) -> None:
    Label.objects.filter(name="halt").update(key="7")
    for taken, key in ((False, "7"), (True, "")):
        merge(team, "halt", "stop")
        if taken:
            reply = team.browsers["Olga"].patch(
                f"/api/{path_of(team, 'yield', '')}", {"key": "7"}, content_type="application/json"
            )
            assert reply.status_code == 200, reply.content
        assert unmerge(team, "halt").json()["key"] == key


def test_what_makes_no_sense_is_refused(team: Team) -> None:
    Label.objects.filter(name="yield").update(retired_at=Now())
    assert merge(team, "stop", "stop").json()["code"] == "same_label"
    assert merge(team, "stop", "yield").json()["code"] == "label_not_in_use"
    assert merge(team, "stop", "nix").json()["code"] == "unknown_label"
    assert unmerge(team, "stop").json()["code"] == "label_not_merged"
    assert merge(team, "yield", "stop").status_code == 202, "a retired one may go"
    assert merge(team, "yield", "halt").json()["code"] == "label_merged"
    assert merge(team, "stop", "yield").json()["code"] == "label_not_in_use", "no circle"


def test_how_often_labels_were_given(team: Team) -> None:
    asked(team, 0, [*STOP, box(100, 10, 40, 20, "stop")], STOP)
    asked(team, 1, HALT, YIELD)
    reply = team.get("Olga", f"datasets/{team.dataset.slug}/labels/usage/").json()
    names = {str(label.id): label.name for label in Label.objects.all()}
    told = {
        names[row["id"]]: (row["shapes"], row["answers"], row["finals"]) for row in reply["labels"]
    }
    assert told == {"stop": (3, 2, 0), "halt": (1, 1, 0), "yield": (1, 1, 0)}


def test_exports_and_reviews_say_the_new_name(team: Team) -> None:
    asked(team, 0, YIELD, HALT)
    merge(team, "halt", "stop")
    settle()
    (review,) = team.review()["tasks"]
    (conflict,) = review["conflicts"]
    assert "stop" in conflict["text"]
    assert "halt" not in conflict["text"]
    spoken = {span["label"] for version in review["versions"] for span in version["spans"]}
    assert spoken == {"stop", "yield"}
    (entry,) = Merge.objects.get().result["objects"]
    halt = Label.objects.get(name="halt")
    assert str(halt.id) not in str(entry["label_votes"])
