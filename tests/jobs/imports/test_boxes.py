"""Lists for a dataset in which people judge suggested boxes."""

from __future__ import annotations

import json

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.models import Suggestion, Task
from tests.factories import make_dataset
from tests.jobs.imports.conftest import BringIn, ends
from tests.servers.images import ImageServer
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(owner: User) -> Dataset:
    return make_dataset(owner=owner, interface=Interface.IMAGE)


def test_images_alone_are_no_tasks_and_their_boxes_are(
    bring_in: BringIn, reachable: ImageServer
) -> None:
    stop = {**box(1, 1, 5, 5, "stop"), "score": 0.75, "note": None}
    lines = [
        {"image": reachable.url("/ok/1.jpg"), "meta": {"camera": 7}},
        {"image": reachable.url("/ok/2.jpg"), "meta": {"camera": 8}, "batch": 1, "spans": [stop]},
        {"image": reachable.url("/ok/3.jpg"), "spans": [{**stop, "label": "dog"}]},
        {"image": reachable.url("/ok/4.jpg"), "label": "stop"},
    ]
    found = bring_in("\n".join(map(json.dumps, lines)), name="list.jsonl")
    assert ends(found) == [
        (1, "done", ""),
        (2, "done", ""),
        (3, "failed", "unknown_label"),
        (4, "failed", "not_for_interface"),
    ]
    assert Image.objects.get(name="1.jpg").meta == {"camera": 7}
    task = Task.objects.get()
    assert (task.meta, task.score) == ({"batch": 1, "camera": 8}, 0.75)
    assert (len(task.spans), task.spans[0]["note"]) == (1, None)
    assert Suggestion.objects.get().model == "import"
