"""Replacing an image that is in groups, or on which boxes are judged."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Interface, Role
from apps.imports.actions.lists import Upload, create_import
from apps.imports.actions.replacing import replace_image
from apps.imports.models import ImportRow
from apps.imports.options import Options
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.models import Suggestion, Task, TaskImage
from tests.factories import add_member, make_dataset, make_user
from tests.jobs.imports.conftest import BringIn, done
from tests.servers.images import ImageServer, picture
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(owner: User) -> Dataset:
    return make_dataset(owner=owner, interface=Interface.IMAGE_CHOICE, labels=())


@pytest.fixture
def boxes(owner: User) -> Dataset:
    return make_dataset(owner=owner, name="Boxes", interface=Interface.IMAGE)


def replace(image: Image, number: int, *, by: User, withdraw: bool = False) -> ImportRow:
    """Picture `number` in the place of an image; returns the row when all is done."""
    source = Upload("new.jpg", io.BytesIO(picture(number)))
    made = replace_image(image=image, source=source, withdraw=withdraw, user=by)
    return ImportRow.objects.get(of_import=done(made))


def shown(task: Task) -> list[tuple[str, Any]]:
    rows = TaskImage.objects.filter(task=task).select_related("image").order_by("n")
    return [(row.image.name, row.option) for row in rows]


def test_every_group_with_the_image_is_asked_anew_with_the_other_one(
    bring_in: BringIn, reachable: ImageServer, dataset: Dataset, owner: User
) -> None:
    def group(*numbers: int, **more: Any) -> str:
        images = [{"id": n, "image": reachable.url(f"/ok/{n}.jpg")} for n in numbers]
        return json.dumps({"options": images, **more})

    bring_in("\n".join([group(1, 2, accept=[1]), group(3, 2), group(3, 4)]), name="list.jsonl")
    first, second, third = Task.objects.order_by("order_key")
    ann = make_user("Ann")
    add_member(dataset, ann, Role.ANNOTATOR)
    (lease,) = lease_tasks(user=ann, dataset=dataset, count=1)
    assert lease.task_id == first.pk
    old = Image.objects.get(name="2.jpg")
    # As many pixels as picture 2, so that what was picked of the group is kept.
    row = replace(old, 2 + 1440, by=owner, withdraw=True)
    assert (row.state, row.task_id) == ("done", None)
    assert row.image_id != old.pk

    one, two, other = Task.objects.order_by("order_key")
    assert (one.order_key, two.order_key, other.pk) == (first.order_key, second.order_key, third.pk)
    assert shown(one) == [("1.jpg", {"id": 1}), ("2.jpg", {"id": 2})]
    assert shown(two) == [("3.jpg", {"id": 3}), ("2.jpg", {"id": 2})]
    assert one.input_hash != first.input_hash
    assert TaskImage.objects.get(task=one, n=1).image_id == row.image_id
    (said,) = Suggestion.objects.filter(task=one)
    assert said.accept == [str(TaskImage.objects.get(task=one, n=0).tile)]
    # Ann had begun the first, which stays with its images; nobody had touched the second.
    assert Task.everything.get(pk=first.pk).withdrawn_at is not None
    assert not Task.everything.filter(pk=second.pk).exists()
    assert Image.everything.get(pk=old.pk).taken_down_at is not None


def test_an_image_in_no_group_yet_is_replaced_in_the_pool(
    bring_in: BringIn, reachable: ImageServer, dataset: Dataset, owner: User
) -> None:
    bring_in(json.dumps({"image": reachable.url("/ok/1.jpg"), "known": True}), name="list.jsonl")
    row = replace(Image.objects.get(), 5, by=owner)
    (new,) = Image.everything.all()
    assert (row.image_id, new.name, new.known) == (new.pk, "1.jpg", True)
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("number", "end"), [(1 + 1440, ("done", "")), (5, ("failed", "other_size"))]
)
def test_boxes_are_judged_on_the_other_one_if_they_lie_on_as_many_pixels(
    reachable: ImageServer, boxes: Dataset, owner: User, number: int, end: tuple[str, str]
) -> None:
    spans = [box(1, 1, 5, 5, "stop"), box(2, 2, 8, 8, "yield")]
    line = json.dumps({"image": reachable.url("/ok/1.jpg"), "spans": spans})
    source = Upload("list.jsonl", io.BytesIO(line.encode()))
    done(create_import(user=owner, dataset=boxes, source=source, options=Options()))
    before = {task.order_key: task.spans for task in Task.objects.all()}
    old = Image.objects.get()
    row = replace(old, number, by=owner)
    assert (row.state, row.code, row.task_id) == (*end, None)
    assert {task.order_key: task.spans for task in Task.objects.all()} == before
    assert len(before) == Suggestion.objects.count() == 2
    (left,) = Image.objects.all()
    assert (left.pk == old.pk) is (end[0] == "failed")
