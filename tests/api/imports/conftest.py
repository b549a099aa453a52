"""The cast of an import over HTTP."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.egress import egress
from tests.factories import add_member, browser_of, make_dataset, make_user
from tests.servers.images import ImageServer


@pytest.fixture
def admin(db: None) -> User:
    return make_user("Ada", is_admin=True)


@pytest.fixture
def owner(db: None) -> User:
    return make_user("Olga")


@pytest.fixture
def dataset(owner: User) -> Dataset:
    return make_dataset(owner=owner)


@pytest.fixture
def manager(owner: User, dataset: Dataset) -> Client:
    return browser_of(owner)


@pytest.fixture
def reviewer(dataset: Dataset) -> Client:
    user = make_user("Rita")
    add_member(dataset, user, Role.REVIEWER)
    return browser_of(user)


@pytest.fixture
def outsider(db: None) -> Client:
    return browser_of(make_user("Otto"))


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


def post(client: Client, path: str, body: Any = None, *, key: str = "") -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, body or {}, content_type="application/json", headers=headers)


def work() -> None:
    """Does all jobs that wait."""
    while job := Job.objects.filter(state=Job.State.QUEUED).order_by("run_after").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)
