"""Lists for a dataset in which people pick among images: groups, and images to make groups of."""

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image as Pillow

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Interface
from apps.imports.models import ImportRow
from apps.tasks.models import Suggestion, Task, TaskImage
from tests.factories import make_dataset
from tests.jobs.imports.conftest import BringIn, ends
from tests.servers.images import ImageServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(owner: User) -> Dataset:
    return make_dataset(owner=owner, interface=Interface.IMAGE_CHOICE, labels=())


def jsonl(*lines: Any) -> str:
    return "\n".join(json.dumps(line) for line in lines)


def group(server: ImageServer, *numbers: int, **more: Any) -> dict[str, Any]:
    options = [{"id": n, "image": server.url(f"/ok/{n}.jpg")} for n in numbers]
    return {"options": options, **more}


def test_a_line_of_several_images_is_a_group(bring_in: BringIn, reachable: ImageServer) -> None:
    line = group(reachable, 1, 2, 3, label="Cats?", meta={"a": 1}, accept=[3], batch=7)
    line["options"][0]["source"] = "web"
    found = bring_in(jsonl(line), name="list.jsonl")
    assert ends(found) == [(1, "done", "")]
    task = Task.objects.get()
    assert (task.label, task.meta, task.extra, task.options) == (
        "Cats?", {"a": 1}, {"batch": 7}, None,
    )  # fmt: skip
    rows = list(TaskImage.objects.select_related("image").order_by("n"))
    assert [row.image.name for row in rows] == ["1.jpg", "2.jpg", "3.jpg"]
    assert [row.option for row in rows] == [{"id": 1, "source": "web"}, {"id": 2}, {"id": 3}]
    assert Suggestion.objects.get().accept == [str(rows[2].tile)]


def test_images_are_shared_and_equal_groups_reported(
    bring_in: BringIn, reachable: ImageServer
) -> None:
    lines = [group(reachable, 1, 2), group(reachable, 2, 3), group(reachable, 1, 2)]
    assert ends(bring_in(jsonl(*lines), name="a.jsonl")) == [
        (1, "done", ""),
        (2, "done", ""),
        (3, "duplicate", "duplicate_line"),
    ]
    assert (Task.objects.count(), Image.objects.count()) == (2, 3)
    again = bring_in(jsonl(*lines[:2]), name="b.jsonl")
    assert ends(again) == [(1, "duplicate", "duplicate_group"), (2, "duplicate", "duplicate_group")]
    bring_in(jsonl(lines[0]), name="c.jsonl", on_duplicate="keep")
    assert (Task.objects.count(), Image.objects.count()) == (3, 3)


def test_what_is_wrong_with_a_group_is_told(bring_in: BringIn, reachable: ImageServer) -> None:
    broken = group(reachable, 1, 2)
    broken["options"][1]["image"] = reachable.url("/text.jpg")
    unknown = group(reachable, 5, 6, accept=["5"])
    mixed = {"options": [{"id": 1, "image": reachable.url("/ok/1.jpg")}, {"id": 2, "text": "x"}]}
    same = group(reachable, 7, 8)
    same["options"][1]["image"] = reachable.url("/ok/7.jpg") + "?again"
    lines = (broken, unknown, mixed, same, group(reachable, 1), group(reachable, *range(20, 33)))
    found = bring_in(jsonl(*lines), name="list.jsonl")
    assert ends(found) == [
        (1, "failed", "not_an_image"),
        (2, "failed", "unknown_option"),
        (3, "failed", "bad_field"),
        (4, "failed", "same_image_twice"),
        (5, "failed", "bad_field"),
        (6, "failed", "bad_field"),
    ]
    reasons = dict(ImportRow.objects.values_list("line", "reason"))
    assert reasons[1].startswith("Image 2: ")
    assert reasons[6] == "options names 13 images; 2 to 12 fit."
    assert not Task.objects.exists()


def test_bytes_may_stand_in_the_line(bring_in: BringIn) -> None:
    options = []
    for shade in (50, 200):
        file = io.BytesIO()
        Pillow.new("RGB", (8, 8), (shade, 0, 0)).save(file, "PNG")
        data = base64.b64encode(file.getvalue()).decode()
        # A key of that name must not lead to files that are kept here.
        options.append({"id": shade, "image": f"data:image/png;base64,{data}", "upload": "ab" * 32})
    found = bring_in(jsonl({"options": options}), name="list.jsonl")
    assert ends(found) == [(1, "done", "")]
    assert "base64," in ImportRow.objects.get().url
    assert len(json.dumps(ImportRow.objects.get().payload)) < 700
    assert TaskImage.objects.count() == 2


def test_a_line_of_one_image_makes_no_task(bring_in: BringIn, reachable: ImageServer) -> None:
    url = reachable.url("/ok/1.jpg")
    line = {"image": url, "label": "cat", "score": 0.9, "meta": {"site": "a"}}
    asking = {"image": reachable.url("/ok/2.jpg"), "options": [{"id": 1, "text": "x"}]}
    found = bring_in(jsonl(line, line, asking), name="list.jsonl")
    assert ends(found) == [
        (1, "done", ""),
        (2, "duplicate", "duplicate_line"),
        (3, "failed", "not_for_interface"),
    ]
    assert not Task.objects.exists()
    assert Image.objects.get().meta == {"label": "cat", "score": 0.9, "site": "a"}
    assert ends(bring_in(url)) == [(1, "duplicate", "duplicate_image")]


def test_a_list_can_say_what_is_known(
    bring_in: BringIn, dataset: Dataset, reachable: ImageServer
) -> None:
    line = group(reachable, *range(1, 13))
    line["options"][0]["known"], line["options"][1]["known"] = True, False
    alone = {"image": reachable.url("/ok/20.jpg"), "known": False, "score": 1}
    wrong = {"image": reachable.url("/ok/21.jpg"), "known": "no"}
    found = bring_in(jsonl(line, alone, wrong), name="list.jsonl")
    assert ends(found) == [(1, "done", ""), (2, "done", ""), (3, "failed", "bad_field")]
    marks = dict(Image.objects.exclude(known=None).values_list("name", "known"))
    assert marks == {"1.jpg": True, "2.jpg": False, "20.jpg": False}
    assert Image.objects.get(name="20.jpg").meta == {"score": 1}
    # The order of the list tells nothing, and is no part of what makes two groups the same.
    ids = [row.option["id"] for row in TaskImage.objects.order_by("n") if row.option]
    assert sorted(ids) == list(range(1, 13))
    assert ids != sorted(ids)
    line["options"].reverse()
    again = bring_in(jsonl(line), name="again.jsonl")
    assert ends(again) == [(1, "duplicate", "duplicate_group")]


def test_groups_are_refused_where_nobody_picks_among_images(
    bring_in: BringIn, dataset: Dataset, reachable: ImageServer
) -> None:
    Dataset.objects.filter(pk=dataset.pk).update(interface=Interface.CHOICE)
    found = bring_in(jsonl(group(reachable, 1, 2)), name="list.jsonl")
    assert ends(found) == [(1, "failed", "not_for_interface")]
    assert not Image.objects.exists()
