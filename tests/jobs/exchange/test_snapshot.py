"""An export is of one moment, whatever happens while it is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.db.utils import InternalError

from apps.datasets.models import Dataset
from apps.exchange import reading
from apps.exchange.actions import create_export, run_export
from apps.exchange.domain.options import ExportOptions
from apps.exchange.models import Export
from apps.exchange.snapshot import snapshot
from apps.tasks.models import Task
from concord.errors import StorageFull
from concord.jobs.context import JobCancelled
from concord.storage import files
from concord.storage.files import store
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture
def team() -> Team:
    team = Team()
    for place in range(3):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    both_answer(team, [STOP], [STOP])
    return team


def ordered(team: Team) -> Export:
    options = ExportOptions("jsonl")
    return create_export(user=team.people["Olga"], dataset=team.dataset, options=options)


def test_what_is_written_meanwhile_is_not_read_and_is_not_held_up(signs: Dataset) -> None:
    make_task(signs)
    with snapshot() as alias:
        assert Task.objects.using(alias).count() == 1
        make_task(signs, name="b.jpg")
        assert Task.objects.count() == 2
        assert Task.objects.using(alias).count() == 1
    assert not hasattr(connections._connections, alias)


def test_the_snapshot_cannot_be_written_to(signs: Dataset) -> None:
    with pytest.raises(InternalError, match="read-only"), snapshot() as alias:
        Dataset.objects.using(alias).update(name="other")


def test_answers_given_while_the_file_is_written_are_not_in_it(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.exchange.making.EVERY", 1)
    seen: list[int] = []

    def beat(*, done: int, total: int) -> None:
        if not seen:
            both_answer(team, [STOP], [STOP])
        seen.append(Export.objects.get().done)
        assert total == 3

    run_export(export=ordered(team), beat=beat)
    assert seen == [1, 2, 3]  # progress is seen by others while the file is written
    lines = store().open(Export.objects.get().file_sha256).read().splitlines()
    assert len(lines) == 1
    assert Task.objects.filter(state="final").count() == 2


def test_a_cancelled_export_leaves_no_file(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.exchange.making.EVERY", 1)

    def beat(**_: Any) -> None:
        raise JobCancelled

    export = ordered(team)
    with pytest.raises(JobCancelled):
        run_export(export=export, beat=beat)
    assert (export.state, export.file_sha256) == ("running", "")
    again = run_export(export=export, beat=lambda **_: None)
    assert (again.state, again.done) == ("done", 3)


def test_a_full_disk_is_not_the_end(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    export = ordered(team)

    def full(*_: Any) -> Any:
        with files.full_disk_named():
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.LocalStore, "put_stream", full)
    with pytest.raises(StorageFull):
        run_export(export=export, beat=lambda **_: None)
    monkeypatch.undo()
    assert run_export(export=export, beat=lambda **_: None).state == "done"


def test_many_tasks_take_no_more_queries_than_chunks(
    team: Team, django_assert_num_queries: Any
) -> None:
    with snapshot() as alias:
        reader = reading.DatasetReader(dataset_id=team.dataset.id, using=alias)
        connection = connections[alias]
        # Tasks, answers, decisions, remarks on what went back, second looks.
        with django_assert_num_queries(5, connection=connection):
            assert len(list(reader.entries())) == 3
