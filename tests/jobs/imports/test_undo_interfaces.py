"""Undoing where an image is no task by itself: groups to pick from, and boxes to judge."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.annotators.models import User
from apps.datasets.models import Image, Interface
from apps.imports.actions.undoing import undo_import
from apps.imports.queries import UndoForecast, undo_forecast
from apps.tasks.actions import composing
from apps.tasks.actions.composing import Order, create_composition
from apps.tasks.domain.composing import Recipe
from apps.tasks.models import Composition, Task, TaskImage
from tests.factories import make_dataset
from tests.jobs.imports.brought import do_jobs
from tests.jobs.imports.conftest import BringIn, done, ends
from tests.jobs.imports.test_groups import group, jsonl
from tests.servers.images import ImageServer
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(owner: User, request: pytest.FixtureRequest) -> Any:
    interface = request.param
    labels = ("stop", "yield") if interface == Interface.IMAGE else ()
    return make_dataset(owner=owner, interface=interface, labels=labels)


picks = pytest.mark.parametrize("dataset", [Interface.IMAGE_CHOICE], indirect=True)
judges = pytest.mark.parametrize("dataset", [Interface.IMAGE], indirect=True)


def names() -> list[str]:
    return sorted(Image.objects.values_list("name", flat=True))


@picks
def test_groups_go_and_the_images_that_others_need_stay(
    bring_in: BringIn, reachable: ImageServer, owner: User
) -> None:
    """Groups 1 2, 2 3 and 4 5, the last with an answer; another list has 3 6."""
    lists = [group(reachable, 1, 2), group(reachable, 2, 3), group(reachable, 4, 5)]
    found = bring_in(jsonl(*lists), name="a.jsonl")
    bring_in(jsonl(group(reachable, 3, 6)), name="b.jsonl")
    answered = TaskImage.objects.get(image__name="4.jpg").task
    Task.objects.filter(pk=answered.pk).update(state="answered")
    assert undo_forecast(found) == UndoForecast(gone=2, answered=1)
    undo_import(found=found, actor=owner)
    done(found)
    assert ends(found) == [
        (1, "cancelled", "undone"), (2, "cancelled", "undone"), (3, "done", ""),
    ]  # fmt: skip
    assert names() == ["3.jpg", "4.jpg", "5.jpg", "6.jpg"]
    assert Task.objects.count() == 2


@picks
def test_images_that_were_put_into_groups_stay(
    bring_in: BringIn, reachable: ImageServer, owner: User, dataset: Any
) -> None:
    found = bring_in("\n".join(reachable.url(f"/ok/{n}.jpg") for n in (1, 2, 3)))
    order = Order(Recipe(size=3))
    create_composition(user=owner, dataset=dataset, order=order)
    done(found)
    assert undo_forecast(found) == UndoForecast(in_use=3)
    undo_import(found=found, actor=owner)
    done(found)
    assert names() == ["1.jpg", "2.jpg", "3.jpg"]


@picks
def test_a_plan_of_groups_does_without_the_images_that_went(
    bring_in: BringIn, reachable: ImageServer, owner: User, dataset: Any
) -> None:
    """The plan is made of three images of one list and one of another; then the one goes."""
    bring_in("\n".join(reachable.url(f"/ok/{n}.jpg") for n in (1, 2, 3)))
    found = bring_in(reachable.url("/ok/4.jpg"))
    create_composition(user=owner, dataset=dataset, order=Order(Recipe(size=4)))
    composition = Composition.objects.select_related("dataset").get()

    composing._plan(composition)  # as a worker that is killed right after it
    undo_import(found=found, actor=owner)
    do_jobs("imports.undo")
    assert names() == ["1.jpg", "2.jpg", "3.jpg"]
    done(found)
    composition.refresh_from_db()
    assert (composition.state, composition.done) == ("done", 1)
    assert TaskImage.objects.filter(task=Task.objects.get()).count() == 3


@judges
def test_an_image_goes_with_its_boxes_or_stays_with_all_of_them(
    bring_in: BringIn, reachable: ImageServer, owner: User
) -> None:
    boxes = [box(1, 1, 5, 5, "stop"), box(20, 20, 5, 5, "yield")]
    lines = [{"image": reachable.url(f"/ok/{n}.jpg"), "spans": boxes} for n in (1, 2)]
    lines.append({"image": reachable.url("/ok/3.jpg")})
    found = bring_in("\n".join(map(json.dumps, lines)), name="list.jsonl")
    first = TaskImage.objects.filter(image__name="1.jpg").order_by("task").first()
    assert first is not None
    Task.objects.filter(pk=first.task_id).update(state="answered")
    assert undo_forecast(found) == UndoForecast(gone=2, answered=1)
    undo_import(found=found, actor=owner)
    done(found)
    assert names() == ["1.jpg"]
    assert Task.objects.count() == 2
