"""One image is taken down: nobody sees it any more, and what was said of it can be traced."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.models import ImportRow
from apps.tasks.models import Answer, Slot, Suggestion, Task
from concord.events.models import Event
from concord.storage.files import store
from tests.api.imports.conftest import post, work
from tests.factories import browser_of
from tests.servers.images import picture
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)


def bring(manager: Client, dataset: Dataset, *numbers: int) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", picture(n)) for n in numbers]
    answer = manager.post(
        f"/api/datasets/{dataset.slug}/images/", {"files": files}, headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 202, answer.content
    work()


@pytest.fixture
def anna(annotator: User) -> Client:
    return browser_of(annotator)


@pytest.fixture
def image(manager: Client, dataset: Dataset) -> Image:
    """One of two images, the one that is handed out first."""
    bring(manager, dataset, 1, 2)
    return Image.objects.get(name="1.jpg")


def answer_next(person: Client, dataset: Dataset) -> str:
    """Answer the task that comes next; returns its id."""
    (task,) = post(person, f"/api/datasets/{dataset.slug}/next/", {"count": 1}).json()["tasks"]
    body = {"answer": "accept", "spans": [box(1, 1, 9, 9, "stop")], "lease": task["lease"]}
    assert post(person, f"/api/tasks/{task['id']}/answer/", body, key="a").status_code == 200
    return str(task["id"])


def take_down(person: Client, image: Image, **body: bool) -> tuple[int, str]:
    answer = post(person, f"/api/images/{image.pk}/take-down/", body)
    return answer.status_code, answer.json()["code"] if answer.content else ""


def test_what_nobody_has_worked_on_is_gone_with_its_files(
    manager: Client, dataset: Dataset, image: Image
) -> None:
    blob = image.blob
    assert take_down(manager, image) == (204, "")
    work()
    assert list(Image.everything.values_list("name", flat=True)) == ["2.jpg"]
    assert Task.objects.count() == Blob.objects.count() == 1
    assert not store().exists(blob.rendition_sha256)
    row = ImportRow.objects.get(line=1)
    assert (row.state, row.code, row.image_id) == ("cancelled", "taken_down", None)
    assert take_down(manager, image) == (404, "not_found")
    assert Event.objects.get(kind="image.taken_down").data == {"removed": 1, "withdrawn": 0}


def test_what_people_have_worked_on_goes_when_that_is_confirmed(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    task = answer_next(anna, dataset)
    refusal = post(manager, f"/api/images/{image.pk}/take-down/", {})
    assert (refusal.status_code, refusal.json()["code"]) == (409, "has_work")
    assert refusal.json()["tasks"] == {"answered": 1}
    assert anna.get(f"/api/images/{image.pk}/file/").status_code == 200

    assert take_down(manager, image, withdraw=True) == (204, "")
    for person in (manager, anna):
        for part in ("file", "thumbnail"):
            assert person.get(f"/api/images/{image.pk}/{part}/").status_code == 404
    # Out of the work, the lists, the counts and the files.
    assert not Slot.objects.filter(task=task).exclude(state="submitted").exists()
    progress = manager.get(f"/api/datasets/{dataset.slug}/progress/").json()
    assert progress["tasks"]["total"] == 1
    listed = manager.get(f"/api/datasets/{dataset.slug}/tasks/").json()["results"]
    assert [row["image"]["name"] for row in listed] == ["2.jpg"]
    assert anna.get(f"/api/datasets/{dataset.slug}/answers/mine/").json()["results"] == []
    assert manager.get(f"/api/datasets/{dataset.slug}/storage/").json()["images"] == 1
    # Its annotator cannot change it any more; its manager can look up what was said.
    edit = {"answer": "reject", "spans": []}
    assert post(anna, f"/api/tasks/{task}/answer/", edit, key="b").status_code == 404
    assert anna.get(f"/api/tasks/{task}/").status_code == 404
    story = manager.get(f"/api/tasks/{task}/").json()
    assert len(story["answers"]) == 1
    assert Answer.objects.get(task=task).head is not None
    assert Image.everything.get(pk=image.pk).blob.sha256 == image.blob.sha256
    assert Event.objects.filter(kind="task.withdrawn", object_id=task).exists()
    assert take_down(manager, image, withdraw=True) == (404, "not_found")


def test_answers_stay_work_done_and_tell_nothing_of_the_dataset_any_more(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    Suggestion.objects.create(
        task=Task.objects.get(task_images__image=image), dataset=dataset, model="yolo"
    )
    task = answer_next(anna, dataset)
    assert take_down(manager, image, withdraw=True) == (204, "")
    mine = anna.get(f"/api/datasets/{dataset.slug}/progress/mine/").json()
    assert (mine["total"], mine["today"]["answers"]) == (1, 1)
    progress = manager.get(f"/api/datasets/{dataset.slug}/progress/").json()
    assert [person["answers"] for person in progress["people"]] == [1]
    assert sum(progress["answers"].values()) == 0
    assert Suggestion.everything.get().task_id == UUID(task)
    assert not Suggestion.objects.exists()


def test_what_was_taken_down_does_not_come_again(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    answer_next(anna, dataset)
    take_down(manager, image, withdraw=True)
    ImportRow.objects.all().delete()
    file = SimpleUploadedFile("again.jpg", io.BytesIO(picture(1)).getvalue())
    manager.post(
        f"/api/datasets/{dataset.slug}/images/", {"files": [file]}, headers={"Idempotency-Key": "l"}
    )
    work()
    row = ImportRow.objects.get()
    assert (row.state, row.code) == ("failed", "taken_down")


def test_who_has_it_on_the_page_is_refused_and_gets_another(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    path = f"/api/datasets/{dataset.slug}/next/"
    (held,) = post(anna, path, {"count": 1}).json()["tasks"]
    assert take_down(manager, image) == (409, "has_work")
    assert take_down(manager, image, withdraw=True) == (204, "")
    body = {"answer": "accept", "spans": [], "lease": held["lease"]}
    assert post(anna, f"/api/tasks/{held['id']}/answer/", body, key="a").status_code == 404
    (other,) = post(anna, path, {"count": 1}).json()["tasks"]
    assert other["id"] != held["id"]


def test_only_managers_may(rita: Client, otto: Client, image: Image) -> None:
    assert take_down(rita, image) == (403, "forbidden")
    assert take_down(otto, image) == (404, "not_found")
