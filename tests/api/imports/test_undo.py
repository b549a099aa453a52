"""Undoing an import over HTTP: what it would do, ordering it, and how far it is."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.models import Import
from apps.tasks.models import Task
from tests.api.imports.conftest import post, work
from tests.jobs.imports.brought import make_import

pytestmark = pytest.mark.django_db(transaction=True)

NONE_KEPT = {"answered": 0, "begun": 0, "noted": 0, "in_use": 0}


@pytest.fixture
def path(dataset: Dataset, owner: User) -> str:
    """An import of three images, to one of which there is an answer."""
    found, tasks = make_import(dataset, owner, images=3)
    Task.objects.filter(pk=tasks[1].pk).update(state="answered")
    return f"/api/imports/{found.pk}/"


def test_from_the_question_to_the_result(manager: Client, path: str, dataset: Dataset) -> None:
    kept = NONE_KEPT | {"answered": 1}
    told = manager.get(f"{path}undo/").json()
    assert told == {"forecast": {"gone": 2, "kept": kept}, "progress": None}

    answer = post(manager, f"{path}undo/")
    assert (answer.status_code, answer.json()["state"]) == (202, "undoing")
    told = manager.get(f"{path}undo/").json()
    assert told == {"forecast": None, "progress": {"done": 0, "total": None}}
    work()
    over = manager.get(path).json()
    assert over["state"] == "undone"
    assert (over["counts"]["done"], over["counts"]["cancelled"]) == (1, 2)
    told = manager.get(f"{path}undo/").json()
    assert told == {
        "forecast": {"gone": 0, "kept": kept}, "progress": {"done": 3, "total": 3},
    }  # fmt: skip
    rows = manager.get(f"{path}rows/?state=cancelled").json()["results"]
    assert {(row["code"], row["image"], row["task"]) for row in rows} == {("undone", None, None)}
    progress = manager.get(f"/api/datasets/{dataset.slug}/progress/").json()
    assert progress["tasks"]["total"] == 1


def test_a_running_import_is_cancelled_first(manager: Client, path: str) -> None:
    Import.objects.update(state="running")
    refusal = post(manager, f"{path}undo/")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "import_running")
    assert post(manager, f"{path}cancel/").status_code == 200
    assert post(manager, f"{path}undo/").status_code == 202


def test_nothing_is_fetched_or_retried_once_it_is_undone(manager: Client, path: str) -> None:
    post(manager, f"{path}undo/")
    for act in ("retry", "cancel", "pause", "resume"):
        assert post(manager, f"{path}{act}/").status_code == 409, act
    assert post(manager, f"{path}retry/").json()["code"] == "import_undone"


def test_a_reviewer_may_neither_ask_nor_undo(rita: Client, otto: Client, path: str) -> None:
    for person, status in ((rita, 403), (otto, 404)):
        assert person.get(f"{path}undo/").status_code == status
        assert post(person, f"{path}undo/").status_code == status
