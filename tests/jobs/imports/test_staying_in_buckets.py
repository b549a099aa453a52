"""Images that stay in a bucket: each look takes the connections that the dataset has by then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions.connections import Keys, Place, create_connection
from apps.imports.models import Connection, DatasetConnection
from tests.factories import browser_of
from tests.jobs.imports.conftest import BringIn
from tests.servers.images import picture
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.django_db(transaction=True)


def look(user: User, image: Image) -> Any:
    return browser_of(user).get(f"/api/images/{image.pk}/file/")


def shown(user: User, image: Image) -> bytes:
    reply = look(user, image)
    assert reply.status_code == 200, reply.content
    return b"".join(reply.streaming_content)


def refused(user: User, image: Image) -> tuple[int, str]:
    reply = look(user, image)
    return reply.status_code, reply.json()["code"]


def test_an_object_is_looked_at_while_a_connection_is_granted(
    weed: S3Server, bring_in: BringIn, dataset: Dataset, annotator: User
) -> None:
    weed.put("stays/ä 1.jpg", picture(41))
    bring_in(f"s3://{weed.bucket}/stays/", fetch="reference")
    image = Image.objects.get()
    assert not image.blob.kept
    assert shown(annotator, image) == picture(41)
    # The copy under which gold is shown once more has no address of its own.
    probe = Image.everything.create(dataset=dataset, blob=image.blob, name="x.jpg", probe=True)
    assert shown(annotator, probe) == picture(41)

    weed.put("stays/ä 1.jpg", picture(42))
    assert refused(annotator, image) == (409, "source_changed")
    weed.put("stays/ä 1.jpg", picture(41))
    DatasetConnection.objects.all().delete()
    assert refused(annotator, image) == (409, "connection_revoked")
    assert refused(annotator, probe) == (409, "connection_revoked")
    assert weed.bucket not in look(annotator, image).json()["detail"]
    DatasetConnection.objects.create(dataset=dataset, connection=Connection.objects.get())
    assert shown(annotator, image) == picture(41)


def test_of_two_buckets_with_one_name_it_is_that_of_the_import(
    weed: S3Server, bring_in: BringIn, dataset: Dataset, admin: User
) -> None:
    mine = Connection.objects.get()
    weed.put("mine.jpg", picture(43))
    elsewhere = create_connection(
        actor=admin,
        name="Elsewhere",
        place=Place("http://127.0.0.1:1", "us-east-1", (weed.bucket,)),
        keys=Keys(),
        datasets=[dataset],
    )
    # It would be taken if nobody had said which.
    Connection.objects.filter(pk=elsewhere.pk).update(created_at=datetime(2000, 1, 1, tzinfo=UTC))
    bring_in(f"s3://{weed.bucket}/mine.jpg", fetch="reference", connection=mine)
    image = Image.objects.get()
    assert shown(admin, image) == picture(43)
    DatasetConnection.objects.filter(connection=mine).delete()
    assert refused(admin, image) == (502, "source_unavailable")
