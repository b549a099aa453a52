"""The cast, each in a browser of their own, and the jobs done here instead of in a worker."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.egress import egress
from concord.storage.files import store
from tests.factories import browser_of
from tests.servers.images import ImageServer


@pytest.fixture
def dataset(signs: Dataset) -> Dataset:
    return signs


@pytest.fixture
def manager(owner: User, dataset: Dataset) -> Client:
    return browser_of(owner)


@pytest.fixture
def rita(reviewer: User) -> Client:
    return browser_of(reviewer)


@pytest.fixture
def otto(outsider: User) -> Client:
    return browser_of(outsider)


@pytest.fixture
def ada(admin: User) -> Client:
    return browser_of(admin)


@pytest.fixture
def allow(settings: Settings) -> Iterator[Callable[..., None]]:
    """Lets imports reach these servers."""

    def reach(*allowances: str) -> None:
        settings.FETCH_ALLOW = list(allowances)
        egress.cache_clear()

    yield reach
    egress.cache_clear()


@pytest.fixture
def reachable(image_server: ImageServer, allow: Callable[..., None]) -> ImageServer:
    allow(image_server.allowance)
    return image_server


@pytest.fixture
def empty_store(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """No other test has brought the same bytes."""
    settings.STORAGE_URL = f"file://{tmp_path}"
    store.cache_clear()
    yield
    store.cache_clear()


def post(client: Client, path: str, body: Any = None, *, key: str = "") -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, body or {}, content_type="application/json", headers=headers)


def work() -> None:
    """Does all jobs that wait."""
    while job := Job.objects.filter(state=Job.State.QUEUED).order_by("run_after").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)
