"""One image is replaced: another takes its place, and answers stay with what they are about."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.models import Import, ImportRow, RowState
from apps.tasks.actions.suggesting import Said, suggest
from apps.tasks.models import Slot, Suggestion, Task
from concord.events.models import Event
from concord.storage.files import store
from tests.api.imports.conftest import post, work
from tests.api.imports.test_taking_down import answer_next, bring
from tests.factories import browser_of
from tests.servers.images import ImageServer, picture
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)

SAME_SIZE = 1 + 1440
"""The number of another picture with as many pixels as the first: its sizes repeat."""


@pytest.fixture
def anna(annotator: User) -> Client:
    return browser_of(annotator)


@pytest.fixture
def image(manager: Client, dataset: Dataset) -> Image:
    """The second of three images, with the queue's places before and after it."""
    bring(manager, dataset, 2, 1, 3)
    return Image.objects.get(name="1.jpg")


def replace(person: Client, image: Image, number: int | None = None, **body: Any) -> Any:
    """Order that picture `number`, or what `body` says, comes in the place of an image."""
    path, headers = f"/api/images/{image.pk}/replacement/", {"Idempotency-Key": str(number)}
    if number is None:
        return person.post(path, body, content_type="application/json", headers=headers)
    file = SimpleUploadedFile("better.jpg", picture(number))
    return person.post(path, {"file": file, **body}, headers=headers)


def row_of(answer: Any) -> ImportRow:
    """The only row of the import that was ordered, once its jobs are done."""
    assert answer.status_code == 202, answer.content
    work()
    return ImportRow.objects.get(of_import=answer.json()["id"])


def queue(dataset: Dataset) -> list[str]:
    names = Slot.objects.filter(dataset=dataset, state="free").order_by("order_key", "task")
    return list(dict.fromkeys(names.values_list("task__task_images__image__name", flat=True)))


def test_another_takes_the_place_of_what_nobody_has_worked_on(
    manager: Client, dataset: Dataset, image: Image
) -> None:
    Image.objects.filter(pk=image.pk).update(meta={"street": "Main"}, known=True)
    Task.objects.filter(task_images__image=image).update(priority=7, label="Sign?", meta={"a": "b"})
    before, blob = Task.objects.get(task_images__image=image), image.blob
    answer = replace(manager, image, 5)
    assert answer.json()["name"] == "Replacement of 1.jpg"
    assert answer["Location"] == f"/api/imports/{answer.json()['id']}/"
    # Until the other is there, this one stays.
    assert Image.objects.filter(pk=image.pk).exists()

    row = row_of(answer)
    new = Image.objects.get(name="1.jpg")
    assert new.pk != image.pk
    assert (row.state, row.image_id) == ("done", new.pk)
    assert (new.meta, new.known, new.source_url) == ({"street": "Main"}, True, "")
    task = Task.objects.get(task_images__image=new)
    assert row.task_id == task.pk
    assert (task.order_key, task.priority) == (before.order_key, 7)
    assert (task.label, task.meta) == ("Sign?", {"a": "b"})
    assert queue(dataset) == ["2.jpg", "1.jpg", "3.jpg"]
    assert not Image.everything.filter(pk=image.pk).exists()
    assert not Task.everything.filter(pk=before.pk).exists()
    assert not Blob.objects.filter(pk=blob.pk).exists()
    assert not store().exists(blob.rendition_sha256)
    first = ImportRow.objects.get(url="upload:1.jpg")
    assert (first.state, first.code) == ("cancelled", "replaced")
    assert Event.objects.get(kind="image.replaced").data == {
        "from": blob.sha256, "to": new.blob.sha256, "removed": 1, "withdrawn": 0,
    }  # fmt: skip
    (told,) = manager.get(f"/api/tasks/{task.pk}/").json()["history"]
    assert (told["kind"], told["data"]) == ("task.asked_anew", {"instead_of": str(before.pk)})


def test_answers_stay_with_what_they_were_given_on(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    answer_next(anna, dataset)
    (held,) = post(anna, f"/api/datasets/{dataset.slug}/next/", {"count": 1}).json()["tasks"]
    body = {"answer": "accept", "spans": [box(1, 1, 9, 9, "stop")], "lease": held["lease"]}
    assert post(anna, f"/api/tasks/{held['id']}/answer/", body, key="b").status_code == 200
    refusal = replace(manager, image, 5)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "has_work")
    assert refusal.json()["tasks"] == {"answered": 1}
    assert not Import.objects.filter(name__startswith="Replacement").exists()

    row = row_of(replace(manager, image, 5, withdraw=True))
    assert row.state == "done"
    old = Task.everything.get(pk=held["id"])
    assert old.withdrawn_at is not None
    story = manager.get(f"/api/tasks/{old.pk}/").json()
    assert len(story["answers"]) == 1
    assert anna.get(f"/api/images/{image.pk}/file/").status_code == 404
    assert Image.everything.get(pk=image.pk).blob.sha256 == image.blob.sha256
    # The new one starts from nothing, and who answered the old one may answer it.
    (next_one,) = post(anna, f"/api/datasets/{dataset.slug}/next/", {"count": 1}).json()["tasks"]
    assert next_one["id"] == str(row.task_id)
    assert manager.get(f"/api/tasks/{row.task_id}/").json()["answers"] == []
    assert Event.objects.get(kind="image.replaced").data["withdrawn"] == 1


def test_who_has_the_old_one_on_the_page_is_refused_and_gets_the_new_one(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    answer_next(anna, dataset)
    path = f"/api/datasets/{dataset.slug}/next/"
    (held,) = post(anna, path, {"count": 1}).json()["tasks"]
    assert replace(manager, image, 5).json()["tasks"] == {"begun": 1}
    row = row_of(replace(manager, image, 5, withdraw=True))
    body = {"answer": "accept", "spans": [], "lease": held["lease"]}
    assert post(anna, f"/api/tasks/{held['id']}/answer/", body, key="b").status_code == 404
    (other,) = post(anna, path, {"count": 1}).json()["tasks"]
    assert other["id"] == str(row.task_id)


def test_work_that_appears_meanwhile_without_consent_leaves_all_as_it_was(
    manager: Client, anna: Client, dataset: Dataset, image: Image
) -> None:
    answer = replace(manager, image, 5)
    answer_next(anna, dataset)
    answer_next_of = post(anna, f"/api/datasets/{dataset.slug}/next/", {"count": 1}).json()
    row = row_of(answer)
    assert (row.state, row.code) == ("failed", "has_work")
    assert "replace it again" in row.reason
    assert Image.objects.count() == 3
    assert Task.objects.filter(pk=answer_next_of["tasks"][0]["id"]).exists()
    assert not Event.objects.filter(kind="image.replaced").exists()


@pytest.mark.parametrize("number", [1, 2])
def test_bytes_that_the_dataset_has_replace_nothing(
    manager: Client, dataset: Dataset, image: Image, number: int
) -> None:
    row = row_of(replace(manager, image, number))
    assert (row.state, row.code) == ("duplicate", "duplicate_image")
    assert Image.objects.count() == Task.objects.count() == 3
    assert Image.objects.filter(pk=image.pk).exists()


def test_what_cannot_be_shown_replaces_nothing(
    manager: Client, dataset: Dataset, image: Image, reachable: ImageServer
) -> None:
    row = row_of(replace(manager, image, url=reachable.url("/text.jpg")))
    assert (row.state, row.code) == ("failed", "not_an_image")
    assert Image.objects.filter(pk=image.pk).exists()


def test_of_two_replacements_the_first_that_lands_holds(
    manager: Client, dataset: Dataset, image: Image
) -> None:
    first, second = replace(manager, image, 5), replace(manager, image, 6)
    ends = {row_of(first).state, row_of(second).state}
    assert ends == {"done", "failed"}
    late = ImportRow.objects.get(state=RowState.FAILED)
    assert late.code == "nothing_to_replace"
    assert Image.objects.count() == Task.objects.count() == 3


def test_the_same_address_with_other_bytes(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    url = reachable.url("/own/street.jpg")
    reachable.own["street.jpg"] = picture(1)
    post(manager, f"/api/datasets/{dataset.slug}/imports/", {"urls": [url]}, key="l")
    work()
    image = Image.objects.get()
    old = image.blob.sha256
    assert row_of(replace(manager, image, url=url)).state == "duplicate"
    reachable.own["street.jpg"] = picture(9)
    answer = post(manager, f"/api/images/{image.pk}/replacement/", {"url": url}, key="again")
    assert row_of(answer).state == "done"
    new = Image.objects.get()
    assert (new.source_url, new.name) == (url, "street.jpg")
    assert new.blob.sha256 != old


@pytest.mark.parametrize(("number", "kept"), [(SAME_SIZE, True), (5, False)])
def test_what_was_suggested_is_kept_where_it_means_the_same(
    manager: Client, dataset: Dataset, image: Image, number: int, kept: bool
) -> None:
    task = Task.objects.get(task_images__image=image)
    span = {"id": "s", "shape": "rect", "points": [[1, 1], [9, 9]]}
    suggest(said=[(task, Said(spans=[span], score=0.5))], model="yolo", version="3")
    row = row_of(replace(manager, image, number))
    found = Suggestion.objects.filter(task=row.task_id).values_list("model", "score", "spans")
    assert list(found) == ([("yolo", 0.5, [span])] if kept else [])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"url": ""}, "invalid"),
        ({"url": "ftp://example.org/a.jpg"}, "unsupported_scheme"),
        ({"url": "https://ann:secret@example.org/a.jpg"}, "credentials_in_url"),
        ({"url": "s3://bucket/street/"}, "names_a_folder"),
        ({"url": "s3://bucket/*.jpg"}, "names_a_folder"),
    ],
)
def test_what_names_no_image_is_refused_at_once(
    manager: Client, image: Image, body: dict[str, str], code: str
) -> None:
    answer = replace(manager, image, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Import.objects.filter(name__startswith="Replacement").exists()


def test_only_managers_may(rita: Client, otto: Client, image: Image) -> None:
    assert replace(rita, image, 5).status_code == 403
    assert replace(otto, image, 5).status_code == 404
