"""The images of a clone outlive the worker that brings them, and the dataset that they are from."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Blob, Dataset, Image
from apps.desk.actions import purging
from apps.imports.actions.blobs import SWEEP
from apps.tasks.actions.cloning import KIND, clone_dataset
from apps.tasks.models import Slot, Task, TaskImage
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.factories import browser_of, make_dataset, make_task, make_user
from tests.jobs.tasks.test_killed_worker import kill_worker_of

IMAGES = 10

pytestmark = pytest.mark.django_db(transaction=True)


def made_clone(*, images: int = IMAGES) -> tuple[Dataset, Dataset, Job]:
    owner = make_user("Olga", is_admin=True)
    source = make_dataset(owner=owner, overlap=2)
    for n in range(images):
        make_task(source, name=f"{n}.jpg", order_key=n)
    asked = {"name": "Copy", "members": False, "images": True}
    clone = clone_dataset(source=source, actor=owner, **asked)
    return source, clone, Job.objects.get(kind=KIND)


def test_another_worker_brings_what_is_missing_and_nothing_twice() -> None:
    _, clone, job = made_clone()
    # The second chunk is there, and its place not yet noted: it is looked at again.
    kill_worker_of(job, after="apps.tasks.actions.cloning:bring_chunk", chunk=3)
    assert (job.state, job.progress["done"]) == (Job.State.QUEUED, 3)
    assert Task.objects.of(clone).count() == Image.objects.filter(dataset=clone).count() == 6
    assert run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.progress["done"]) == (Job.State.DONE, IMAGES)
    names = Counter(Image.objects.filter(dataset=clone).values_list("name", flat=True))
    assert names == {f"{n}.jpg": 1 for n in range(IMAGES)}
    assert TaskImage.objects.filter(dataset=clone).count() == IMAGES
    assert Slot.objects.filter(dataset=clone).count() == 2 * IMAGES


def test_purging_the_original_leaves_the_images_of_the_clone() -> None:
    source, clone, job = made_clone(images=2)
    for image in Image.objects.filter(dataset=source):
        sha256 = store().put_bytes(image.name.encode()).sha256
        names = ("sha256", "rendition_sha256", "thumbnail_sha256")
        Blob.objects.filter(pk=image.blob_id).update(**dict.fromkeys(names, sha256))
    assert run_job(job.id)
    alone = make_task(source, name="late.jpg", order_key=9)
    late = Blob.objects.get(images__task_images__task=alone)
    late.sha256 = late.rendition_sha256 = late.thumbnail_sha256 = store().put_bytes(b"late").sha256
    late.save()
    Dataset.objects.filter(pk=source.pk).update(deleted_at=Now() - timedelta(days=31))
    assert purging.order_purges() == 1
    for kind in (purging.KIND, SWEEP):
        for waiting in Job.objects.filter(kind=kind, state=Job.State.QUEUED):
            assert run_job(waiting.pk)
    assert not Dataset.objects.filter(pk=source.pk).exists()
    assert not store().exists(late.sha256)
    browser = browser_of(clone.created_by)
    for image in Image.objects.filter(dataset=clone):
        reply = browser.get(f"/api/images/{image.id}/file/")
        assert reply.status_code == 200
        assert b"".join(reply.streaming_content) == image.name.encode()  # type: ignore[attr-defined]  # a file


def test_a_clone_or_a_source_that_is_gone_ends_the_job() -> None:
    source, clone, job = made_clone(images=1)
    Dataset.objects.filter(pk=source.pk).update(deleted_at=Now())
    assert run_job(job.id)
    assert Task.objects.of(clone).count() == 1, "it can be brought back yet, and so it is there"
    again = Job.objects.create(kind=KIND, args={**job.args, "source": str(job.id)})
    assert run_job(again.id)
    again.refresh_from_db()
    assert again.state == Job.State.DONE
