"""A dataset made after another one: settled things come along, done things do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from apps.datasets.models import (
    Dataset,
    Guideline,
    Image,
    Interface,
    Label,
    Membership,
    PendingMembership,
    Role,
)
from apps.tasks.actions import cloning
from apps.tasks.models import Answer, Slot, Task
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import add_member, make_group, make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]


@pytest.fixture
def team() -> Team:
    """Olga may make datasets; one of two images is answered, one was taken down."""
    team = Team(rules={"required_labels": ["stop"]}, tie_breaker="rita@example.org")
    olga = team.people["Olga"]
    olga.may_create_datasets = True
    olga.save()
    make_task(team.dataset, name="0.jpg", order_key=3, meta={"city": "Bonn"}, priority=2)
    both_answer(team, STOP, STOP)
    make_task(team.dataset, name="1.jpg", order_key=1, label="seen", extra={"id": 7})
    gone = make_task(team.dataset, name="2.jpg", order_key=2)
    Image.objects.filter(task_images__task=gone).update(taken_down_at=timezone.now())
    Task.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    return team


def clone(team: Team, who: str = "Olga", **body: Any) -> Any:
    asked = {"name": "Copy of Street signs", **body}
    return team.post(who, f"datasets/{team.dataset.slug}/clone/", asked)


def cloned(team: Team, **body: Any) -> Dataset:
    reply = clone(team, **body)
    assert reply.status_code == 201, reply.content
    made = Dataset.objects.get(pk=reply.json()["id"])
    assert reply["Location"] == f"/api/datasets/{made.id}/"
    for job in Job.objects.filter(kind=cloning.KIND, state=Job.State.QUEUED):
        assert run_job(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error_detail
    return made


def test_settings_labels_and_guideline_come_along_and_nobody_else(team: Team) -> None:
    Label.objects.filter(dataset=team.dataset, name="yield").update(retired_at=timezone.now())
    Label.objects.filter(dataset=team.dataset, name="stop").update(key="1", shapes=["rect"])
    for version, text in ((1, "Wide boxes."), (2, "Tight boxes.")):
        by = {"version": version, "created_by": team.people["Rita"]}
        Guideline.objects.create(dataset=team.dataset, text=text, **by)
    made = cloned(team)
    assert (made.name, made.slug) == ("Copy of Street signs", "copy-of-street-signs")
    assert (made.config, made.config_version) == (team.dataset.config, 1)
    assert made.config_versions.get().config == made.config
    (label,) = made.labels.all()
    was = team.dataset.labels.get(name="stop")
    assert [label.name, label.colour, label.key, label.shapes] == [
        "stop",
        was.colour,
        "1",
        ["rect"],
    ]
    assert label.pk != was.pk
    assert [(g.version, g.text) for g in made.guidelines.all()] == [(1, "Tight boxes.")]
    assert [(m.user.name, m.role) for m in made.memberships.all()] == [("Olga", Role.MANAGER)]
    assert not Image.objects.filter(dataset=made).exists()
    standing = team.get("Olga", f"datasets/{made.slug}/clone/").json()
    assert standing == {"state": None, "done": 0, "total": None}
    created = Event.objects.get(kind="dataset.created", dataset_id=made.id)
    assert created.data == {"from": str(team.dataset.id), "name": "Street signs"}
    told = Event.objects.get(kind="dataset.cloned", dataset_id=team.dataset.id)
    assert (told.actor, told.data["into"]) == (team.people["Olga"], str(made.id))


def test_people_come_along_where_they_are_wanted(team: Team) -> None:
    PendingMembership.objects.create(dataset=team.dataset, email="new@example.org", role="viewer")
    ben = team.people["Ben"]
    ben.is_active = False
    ben.save()
    made = cloned(team, members=True)
    roles = dict(made.memberships.values_list("user__name", "role"))
    assert roles == {"Olga": Role.MANAGER, "Rita": Role.REVIEWER, "Ann": Role.ANNOTATOR}
    waiting = PendingMembership.objects.get(dataset=made)
    assert (waiting.email, waiting.role) == ("new@example.org", "viewer")
    added = Event.objects.filter(kind="member.added", dataset_id=made.id)
    assert added.count() == 2


def test_images_come_along_with_their_bytes_and_what_is_asked_but_no_answers(team: Team) -> None:
    made = cloned(team, images=True)
    assert team.get("Olga", f"datasets/{made.slug}/clone/").json() == {
        "state": "done",
        "done": 2,
        "total": 2,
    }
    first, second = Task.objects.of(made).order_by("order_key")
    assert (first.label, first.extra, first.order_key) == ("seen", {"id": 7}, 1)
    assert (second.meta, second.priority, second.state) == ({"city": "Bonn"}, 2, "open")
    blobs = set(Image.objects.filter(dataset=made).values_list("blob", flat=True))
    assert blobs == set(Image.objects.filter(dataset=team.dataset).values_list("blob", flat=True))
    assert Slot.objects.filter(dataset=made).count() == 4
    assert not Answer.everything.filter(dataset=made).exists()
    (task,) = team.next("Olga")["tasks"] or [None]
    assert task is None or task["id"] not in {str(first.id), str(second.id)}


def test_what_has_come_already_does_not_come_twice(team: Team) -> None:
    made = cloned(team, images=True)
    nothing: dict[str, Any] = {"done": 0, "total": None}
    assert not cloning.clone_for_a_while(
        source=team.dataset, clone=made, progress=nothing, beat=lambda **_: None
    )
    assert Image.objects.filter(dataset=made).count() == Task.objects.of(made).count() == 2


def test_a_pool_comes_with_what_is_known_and_without_its_groups() -> None:
    team = Team()
    Dataset.objects.filter(pk=team.dataset.pk).update(interface=Interface.IMAGE_CHOICE)
    team.dataset.refresh_from_db()
    admin = team.people["Olga"]
    admin.is_admin = True
    admin.save()
    make_group(team.dataset, "a.jpg", "b.jpg")
    Image.objects.filter(name="a.jpg").update(known=True)
    made = cloned(team, images=True)
    pool = Image.objects.filter(dataset=made).values_list("name", "known")
    assert set(pool) == {("a.jpg", True), ("b.jpg", None)}
    assert not Task.objects.of(made).exists()


def test_who_may(team: Team) -> None:
    assert clone(team, "Rita").status_code == 403
    assert clone(team, "Zoe").status_code == 404
    ann = team.people["Ann"]
    Membership.objects.filter(user=ann).delete()
    add_member(team.dataset, ann, Role.MANAGER)
    reply = clone(team, "Ann")
    assert (reply.status_code, reply.json()["code"]) == (403, "may_not_create")
    assert clone(team, answers=True).status_code == 400
    assert clone(team, name="").status_code == 400
    assert Dataset.objects.count() == 1
