"""Making groups of images, from the manager's order to the annotator's tiles."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from apps.datasets.models import Image, Interface
from apps.tasks.actions import composing
from apps.tasks.actions.composing import run_composition
from apps.tasks.models import Composition, Slot, Task, TaskImage
from concord.jobs.context import JobCancelled
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_image
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team() -> Team:
    return Team(interface=Interface.IMAGE_CHOICE, labels=(), question="Cats?")


def fill(team: Team, count: int, *, prefix: str = "i", **fields: Any) -> None:
    for n in range(count):
        image = make_image(team.dataset, name=f"{prefix}{n}.jpg")
        Image.objects.filter(pk=image.pk).update(
            **{name: value(n) if callable(value) else value for name, value in fields.items()}
        )


def path(team: Team, rest: str) -> str:
    return f"datasets/{team.dataset.slug}/{rest}"


def order(team: Team, **recipe: Any) -> Any:
    return team.post("Olga", path(team, "compose/"), recipe)


def composed(team: Team, **recipe: Any) -> dict[str, Any]:
    """Order groups and let the job make them."""
    reply = order(team, **recipe)
    assert reply.status_code == 202, reply.content
    assert run_job(Job.objects.get(args__composition=reply.json()["id"]).id)
    done: dict[str, Any] = team.browsers["Olga"].get(reply["Location"]).json()
    assert (done["state"], done["error"], done["done"]) == ("done", "", done["total"])
    return done


def groups() -> list[list[str]]:
    """The names of the images of every task, in the order in which tasks are served."""
    return [
        [row.image.name for row in task.task_images.select_related("image").order_by("n")]
        for task in Task.objects.order_by("order_key", "id")
    ]


def test_groups_are_made_as_asked_for_and_served(team: Team) -> None:
    fill(team, 20)
    done = composed(team, size=6, times=3, seed=7)
    assert (done["size"], done["times"], done["seed"], done["total"]) == (6, 3, 7, 10)
    shown = Counter(name for group in groups() for name in group)
    assert shown == {f"i{n}.jpg": 3 for n in range(20)}
    assert Slot.objects.count() == 20, "two answers each"
    (task,) = team.next("Ann")["tasks"]
    assert len(task["images"]) == 6
    assert (task["meta"], task["label"], task["question"]) == ({}, "", "Cats?")
    assert team.answer("Ann", task, accept=[task["images"][2]["tile"]]).status_code == 200


def test_the_same_seed_makes_the_same_groups(team: Team) -> None:
    fill(team, 12)
    composed(team, size=4, seed=3)
    first = groups()
    composed(team, size=4, seed=3, images="all")
    assert groups() == first + first
    assert TaskImage.objects.values("tile").distinct().count() == 24
    composed(team, size=4, seed=4, images="all")
    assert groups()[6:] != first


def test_only_new_images_unless_all_are_asked_for(team: Team) -> None:
    fill(team, 6)
    composed(team, size=3)
    nothing = order(team, size=3)
    assert (nothing.status_code, nothing.json()["code"]) == (400, "too_few_images")
    fill(team, 4, prefix="later")
    composed(team, size=3)
    assert sorted(name for group in groups()[2:] for name in group) == [
        f"later{n}.jpg" for n in range(4)
    ]


def test_strategies_go_by_what_the_images_say(team: Team) -> None:
    fill(team, 12, meta=lambda n: {"score": n / 10, "kind": "ab"[n % 2]})
    composed(team, size=4, strategy="score", key="score")
    assert [sorted(group) for group in groups()] == [
        sorted(f"i{n}.jpg" for n in range(start, start + 4)) for start in (8, 4, 0)
    ]
    Task.objects.all().delete()
    composed(team, size=4, strategy="stratified", key="kind")
    odd = [sum(int(name[1:-4]) % 2 for name in group) for group in groups()]
    assert odd == [2, 2, 2]
    refused = order(team, size=4, strategy="score", key="nothing", images="all")
    assert (refused.status_code, refused.json()["code"]) == (400, "no_such_key")


def test_a_preview_counts_and_makes_nothing(team: Team) -> None:
    fill(team, 90)
    fill(team, 3, prefix="no", known=False)
    reply = team.post("Olga", path(team, "compose/preview/"), {"size": 10, "known_share": 0.1})
    assert reply.json() == {
        "images": 90, "known": 3, "groups": 10, "smallest": 10, "largest": 10,
        "known_tiles": 10, "known_at_most": 4,
    }  # fmt: skip
    assert not Task.objects.exists()
    assert not Composition.objects.exists()
    few = team.post("Olga", path(team, "compose/preview/"), {"size": 10, "known_share": 0.5})
    assert (few.status_code, few.json()["code"]) == (400, "too_few_known")
    odd = team.post("Olga", path(team, "compose/preview/"), {"size": 13})
    assert odd.status_code == 400
    counted = team.get("Olga", path(team, "pool/counts/")).json()
    assert counted == {"images": 90, "new": 90, "known_yes": 0, "known_no": 3, "keys": []}


def test_one_run_at_a_time_and_a_run_can_be_stopped(team: Team) -> None:
    fill(team, 8)
    running = order(team, size=4).json()
    again = order(team, size=4)
    assert (again.status_code, again.json()["code"]) == (409, "composing")
    assert team.next("Ann")["reason"]["code"] == "importing"
    stopped = team.post("Olga", f"compositions/{running['id']}/cancel/", {})
    assert stopped.json()["state"] == "cancelled"
    over = team.post("Olga", f"compositions/{running['id']}/cancel/", {})
    assert (over.status_code, over.json()["code"]) == (409, "over")
    assert run_job(Job.objects.get(kind="tasks.compose").id)
    assert not Task.objects.exists()
    composed(team, size=4)
    listed = team.get("Olga", path(team, "compose/")).json()["results"]
    assert [row["state"] for row in listed] == ["done", "cancelled"]


def test_a_killed_run_goes_on_where_it_was(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "CHUNK", 2)
    fill(team, 20)
    made = Composition.objects.select_related("dataset").get(id=order(team, size=4).json()["id"])
    beats: list[int] = []

    def die_later(*, done: int, total: int) -> None:
        beats.append(done)
        if done == 4:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        run_composition(composition=made, beat=die_later)
    # Images that come, or are marked, meanwhile change nothing.
    fill(team, 5, prefix="late")
    Image.objects.filter(name="i0.jpg").update(known=False)
    stale = Composition.objects.select_related("dataset").get(id=made.id)
    fresh = Composition.objects.select_related("dataset").get(id=made.id)
    assert not run_composition(composition=fresh, beat=die_later)
    assert not run_composition(composition=stale, beat=die_later), "another has done it"
    assert beats == [2, 4, 5]
    assert Counter(n for group in groups() for n in group) == {f"i{n}.jpg": 1 for n in range(20)}


def test_elsewhere_there_are_no_groups() -> None:
    team = Team()
    make_image(team.dataset, name="a.jpg")
    refused = order(team, size=4)
    assert (refused.status_code, refused.json()["code"]) == (400, "not_for_interface")
