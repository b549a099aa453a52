"""The files of an image that is taken down leave the store; its row stays for its answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions.blobs import blobs_of
from apps.imports.actions.bringing import NotBrought, bring
from apps.imports.decoder.shared import decoders
from apps.imports.models import ImportRow
from apps.tasks.models import Answer
from concord.rows import first_row
from concord.storage.files import store
from tests.api.imports.conftest import post, work
from tests.api.imports.test_taking_down import answer_next, take_down
from tests.factories import browser_of, make_dataset
from tests.servers.images import ImageServer, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_store")]


def send(manager: Client, dataset: Dataset, *, key: str = "k") -> None:
    files = [SimpleUploadedFile("1.jpg", picture(1))]
    path = f"/api/datasets/{dataset.slug}/images/"
    assert manager.post(path, {"files": files}, headers={"Idempotency-Key": key}).status_code == 202
    work()


def bring_in(manager: Client, dataset: Dataset, url: str, **options: Any) -> None:
    path = f"/api/datasets/{dataset.slug}/imports/"
    assert post(manager, path, {"urls": [url], **options}, key="again").status_code == 202
    work()


def withdraw(manager: Client, annotator: User, image: Image) -> None:
    answer_next(browser_of(annotator), image.dataset)
    assert take_down(manager, image, withdraw=True) == (204, "")
    work()


@pytest.fixture
def image(manager: Client, dataset: Dataset) -> Image:
    send(manager, dataset)
    return Image.objects.get()


def files_of(blob: Blob) -> set[str]:
    names = {blob.sha256, blob.rendition_sha256, blob.level_sha256, blob.thumbnail_sha256}
    return {name for name in names if name and store().exists(name)}


def test_its_files_go_and_what_was_said_stays(
    manager: Client, annotator: User, image: Image
) -> None:
    before = image.blob
    assert len(files_of(before)) == 2
    withdraw(manager, annotator, image)
    assert files_of(before) == set()
    now = Blob.objects.get()
    assert (now.sha256, now.kept, now.thumbnail_sha256) == (before.sha256, False, "")
    assert Image.everything.get().blob_id == now.pk
    assert Answer.objects.get().head is not None


def test_the_files_stay_while_somebody_else_is_shown_them(
    manager: Client, annotator: User, owner: User, image: Image
) -> None:
    other = make_dataset(owner=owner, name="Other")
    send(manager, other, key="other")
    withdraw(manager, annotator, image)
    there = Image.objects.get(dataset=other)
    assert there.blob.kept
    assert len(files_of(there.blob)) == 2
    assert manager.get(f"/api/images/{there.pk}/file/").status_code == 200
    # The last one that anybody may see; the row is still needed for the first.
    assert take_down(manager, there) == (204, "")
    work()
    assert files_of(there.blob) == set()
    assert not Blob.objects.get().kept


@pytest.mark.parametrize("fetch", ["copy", "reference"])
def test_another_dataset_can_bring_them_back(
    manager: Client, annotator: User, owner: User, image: Image, reachable: ImageServer, fetch: str
) -> None:
    withdraw(manager, annotator, image)
    other = make_dataset(owner=owner, name="Other")
    bring_in(manager, other, reachable.url("/ok/1.jpg"), fetch=fetch)
    there = Image.objects.get(dataset=other)
    assert there.blob_id == image.blob_id
    assert there.blob.kept == (fetch == "copy")
    assert len(files_of(there.blob)) == (2 if fetch == "copy" else 1)
    for part in ("file", "thumbnail"):
        assert manager.get(f"/api/images/{there.pk}/{part}/").status_code == 200
        assert manager.get(f"/api/images/{image.pk}/{part}/").status_code == 404


def test_what_is_brought_again_in_vain_goes_as_well(
    manager: Client, annotator: User, dataset: Dataset, image: Image, reachable: ImageServer
) -> None:
    """Sent as a file, and fetched: neither leaves it in the store."""
    before = image.blob
    withdraw(manager, annotator, image)
    ImportRow.objects.all().delete()
    send(manager, dataset, key="once more")
    bring_in(manager, dataset, reachable.url("/ok/1.jpg"))
    ends = ImportRow.objects.values_list("state", "code")
    assert list(ends) == [("failed", "taken_down")] * 2
    assert files_of(before) == set()


def test_a_row_that_found_the_files_before_they_went_brings_them_once_more(
    manager: Client, annotator: User, image: Image, reachable: ImageServer
) -> None:
    """Between bringing and landing of a line of another dataset."""
    row = ImportRow(url=reachable.url("/ok/1.jpg"), payload={})
    before = clock()
    brought = bring(row, decoders=decoders(), buckets={})
    withdraw(manager, annotator, image)
    with pytest.raises(NotBrought) as refusal, transaction.atomic():
        blobs_of(brought, since=before)
    assert (refusal.value.code, refusal.value.retryable) == ("file_gone", True)
    assert not Blob.objects.get().kept
    after = clock()
    brought = bring(row, decoders=decoders(), buckets={})
    with transaction.atomic():
        (blob,) = blobs_of(brought, since=after).values()
    assert blob.kept
    assert len(files_of(blob)) == 2


def clock() -> datetime:
    """The database's."""
    row = first_row("SELECT clock_timestamp()", [])
    assert row is not None
    return cast(datetime, row[0])
