"""A dataset to import into, and the jobs done here instead of in a worker."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions.connections import Keys, Place, create_connection
from apps.imports.actions.lists import Upload, create_import
from apps.imports.models import Connection, Import, ImportRow
from apps.imports.options import Options
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.egress import egress
from tests.servers.images import ImageServer
from tests.servers.s3 import S3Server

BringIn = Callable[..., Import]
Connect = Callable[..., Connection]


@pytest.fixture
def dataset(signs: Dataset) -> Dataset:
    return signs


@pytest.fixture
def reachable(image_server: ImageServer, settings: Settings) -> Iterator[ImageServer]:
    """The image server, allowed to imports."""
    settings.FETCH_ALLOW = [image_server.allowance]
    egress.cache_clear()
    yield image_server
    egress.cache_clear()


@pytest.fixture
def bring_in(dataset: Dataset, owner: User) -> BringIn:
    """Imports a list and does all its jobs."""

    def bring(text: str | bytes, *, name: str = "list.txt", **choices: Any) -> Import:
        body = text.encode() if isinstance(text, str) else text
        connection = choices.pop("connection", None)
        made = create_import(
            user=owner,
            dataset=dataset,
            source=Upload(name, BytesIO(body)),
            options=Options(**choices),
            connection=connection,
        )
        return done(made)

    return bring


def done(found: Import) -> Import:
    """The import after all jobs that wait have been done."""
    while job := Job.objects.filter(state=Job.State.QUEUED).order_by("run_after").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)
        job.refresh_from_db()
        assert job.state != Job.State.FAILED, job.error_detail
    return Import.objects.with_counts().select_related("dataset").get(pk=found.pk)


def ends(found: Import) -> list[tuple[int, str, str]]:
    """Line, state and code of every row."""
    rows = ImportRow.objects.filter(of_import=found).order_by("line")
    return list(rows.values_list("line", "state", "code"))


@pytest.fixture
def connect(admin: User, dataset: Dataset, settings: Settings) -> Iterator[Connect]:
    """Grants the dataset an endpoint."""

    def to(endpoint: str, allowance: str, *, bucket: str, keys: Keys | None = None) -> Connection:
        settings.FETCH_ALLOW = [allowance]
        egress.cache_clear()
        return create_connection(
            actor=admin,
            name="S3",
            place=Place(endpoint, "us-east-1", (bucket,)),
            keys=keys or Keys(),
            datasets=[dataset],
        )

    yield to
    egress.cache_clear()


@pytest.fixture
def weed(s3: S3Server, connect: Connect) -> S3Server:
    """The real S3 server, granted to the dataset."""
    keys = Keys(s3.access_key, s3.secret_key)
    connect(s3.endpoint, s3.allowance, bucket=s3.bucket, keys=keys)
    return s3
