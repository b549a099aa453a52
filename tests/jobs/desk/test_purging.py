"""A dataset deleted long ago goes, with all its rows and files; nothing else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.functions import Now

from apps.datasets.models import Blob, Dataset, Image, Role
from apps.desk.actions import purging
from apps.exchange.models import Export
from apps.imports.actions.blobs import SWEEP
from apps.reviews.models import Final
from apps.tasks.models import Revision, Task
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.factories import add_member, make_dataset, make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STAY = {"concord_event", "concord_job"}


def of_datasets() -> list[type[Model]]:
    """The tables whose rows belong to a dataset."""
    return [
        model
        for model in apps.get_models()
        if model is not Dataset
        and model._meta.db_table not in STAY
        and any(field.attname == "dataset_id" for field in model._meta.concrete_fields)
    ]


def rows_left(dataset: Dataset) -> dict[str, int]:
    found = {
        model._meta.db_table: model._base_manager.filter(dataset_id=dataset.pk).count()
        for model in of_datasets()
    }
    return {table: count for table, count in found.items() if count}


def run(kind: str) -> None:
    for job in Job.objects.filter(kind=kind, state=Job.State.QUEUED):
        assert run_job(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error_detail


def with_file(image: Image, data: bytes) -> str:
    sha256 = store().put_bytes(data).sha256
    names = ("sha256", "rendition_sha256", "thumbnail_sha256")
    Blob.objects.filter(pk=image.blob_id).update(**dict.fromkeys(names, sha256))
    return sha256


@pytest.fixture
def team() -> Team:
    """A dataset at work: answered, in dispute, decided, talked about, exported."""
    team = Team()
    for n in range(3):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        theirs = [box(10, 10, 40, 20, "stop" if n else "yield")]
        both_answer(team, [box(10, 10, 40, 20, "stop")], theirs)
    (task,) = team.review()["tasks"]
    ruling = {"conflict": task["conflicts"][0]["id"], "action": "accept"}
    assert team.decide(task, {**ruling, "action": "delete"}, final=True).status_code == 200
    thread = {"text": "Is this one?", "region": None}
    team.post("Rita", f"tasks/{task['id']}/threads/", thread)
    return team


def test_all_of_it_goes_and_the_events_stay(team: Team) -> None:
    other = make_dataset(owner=team.people["Olga"], name="Cats")
    add_member(other, team.people["Ann"], Role.ANNOTATOR)
    kept = make_task(other, name="cat.jpg")
    ours = Image.objects.filter(dataset=team.dataset).order_by("name")
    alone, shared = with_file(ours[0], b"alone"), with_file(ours[1], b"shared")
    Image.objects.create(dataset=other, blob=ours[1].blob, name="the same")
    exported = store().put_bytes(b"an export").sha256
    export: dict[str, Any] = {"created_by": team.people["Olga"], "format": "jsonl"}
    Export.objects.create(dataset=team.dataset, file_sha256=exported, **export)
    events = Event.objects.count()
    assert rows_left(team.dataset)
    team.browsers["Olga"].delete(f"/api/datasets/{team.dataset.slug}/")
    assert purging.order_purges() == 0, "it can be brought back yet"
    Dataset.objects.filter(pk=team.dataset.pk).update(deleted_at=Now() - timedelta(days=31))
    assert purging.order_purges() == 1
    assert purging.order_purges() == 0, "it is on its way"
    run(purging.KIND)
    assert rows_left(team.dataset) == {}
    assert not Dataset.objects.filter(pk=team.dataset.pk).exists()
    assert Event.objects.count() == events + 2
    assert Task.objects.get() == kept
    run(SWEEP)
    assert [store().exists(name) for name in (alone, exported, shared)] == [False, False, True]


def test_a_purge_that_was_cut_off_goes_on(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    Dataset.objects.update(deleted_at=Now() - timedelta(days=31))
    monkeypatch.setattr(purging, "CHUNK", 1)
    monkeypatch.setattr(purging, "PIECE_SECONDS", 0)
    pieces = 1
    while purging.purge_for_a_while(dataset_id=team.dataset.pk, beat=lambda: None):
        pieces += 1
    assert pieces > 20
    assert rows_left(team.dataset) == {}


def test_what_can_be_brought_back_is_left_alone(team: Team) -> None:
    Dataset.objects.update(deleted_at=Now() - timedelta(days=29))
    assert not purging.purge_for_a_while(dataset_id=team.dataset.pk, beat=lambda: None)
    assert Revision.objects.count() == 6
    assert Final.objects.count() == 3


def test_every_table_of_datasets_is_named() -> None:
    named = {entry if isinstance(entry, str) else entry[0] for entry in purging.TABLES}
    assert {model._meta.db_table for model in of_datasets()} <= named
