"""Folders of image files: where each lay is kept, as text and never as a place on our disk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from apps.datasets.models import Dataset, Image
from apps.imports.models import Import
from apps.tasks.models import Task
from tests.api.imports.conftest import work
from tests.servers.images import picture


def send(client: Client, dataset: Dataset, paths: list[str], count: int = 3) -> HttpResponse:
    files = [SimpleUploadedFile(f"{n}.jpg", picture(n)) for n in range(1, count + 1)]
    body: dict[str, Any] = {"files": files, "paths": paths}
    path = f"/api/datasets/{dataset.slug}/images/"
    return client.post(path, body, headers={"Idempotency-Key": "k"})


@pytest.mark.django_db(transaction=True)
def test_a_folder_keeps_its_paths(manager: Client, dataset: Dataset) -> None:
    answer = send(manager, dataset, ["street/ü wall/no#1?.jpg", "", "/../street/3.jpg"])
    assert answer.status_code == 202, answer.content
    work()
    rows = manager.get(f"{answer['Location']}rows/").json()["results"]
    assert [(row["url"], row["state"]) for row in rows] == [
        ("upload:street/ü wall/no#1?.jpg", "done"), ("upload:2.jpg", "done"),
        ("upload:street/3.jpg", "done"),
    ]  # fmt: skip
    assert set(Image.objects.values_list("name", flat=True)) == {"no#1?.jpg", "2.jpg", "3.jpg"}
    tasks = [Task.objects.get(pk=row["task"]) for row in rows]
    assert [task.meta for task in tasks] == [
        {"path": "street/ü wall/no#1?.jpg"}, {}, {"path": "street/3.jpg"},
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "paths", [["a/1.jpg"], ["a/b"] * 4, ["a/\0.jpg", "", ""], ["x" * 1001] * 3]
)
def test_paths_that_fit_no_files(manager: Client, dataset: Dataset, paths: list[str]) -> None:
    answer = send(manager, dataset, paths)
    assert answer.status_code == 400, answer.content
    assert Import.objects.count() == 0


@pytest.mark.django_db
def test_as_many_paths_as_files_are_read_beside_all_choices(
    manager: Client, dataset: Dataset
) -> None:
    choices = {"fetch": "copy", "on_duplicate": "skip", "unknown_label": "refuse", "url_field": ""}
    body: dict[str, Any] = {
        "files": SimpleUploadedFile("1.jpg", picture(1)),
        "paths": [f"a/{n}.jpg" for n in range(1000)],
        **choices,
    }
    path = f"/api/datasets/{dataset.slug}/images/"
    answer = manager.post(path, body, headers={"Idempotency-Key": "k"})
    assert answer.json()["errors"] == {"paths": ["Send one path for each file."]}
