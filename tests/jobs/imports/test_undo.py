"""Undoing an import takes out what nobody has worked on, and leaves what somebody has."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.imports.actions import undoing
from apps.imports.actions.running import retry_import
from apps.imports.actions.undoing import undo_import
from apps.imports.models import GoneFile, Import, ImportRow, ImportState
from apps.imports.queries import UndoForecast, undo_forecast, undo_progress
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.flagging import flag_task
from apps.tasks.models import Draft, Flag, Pass, Slot, Suggestion, Task
from concord.errors import Conflict
from concord.events.models import Event
from concord.storage.files import store
from tests.jobs.imports.brought import do_jobs, make_import
from tests.jobs.imports.conftest import BringIn, done, ends
from tests.servers.images import ImageServer
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)


def undone(found: Import, owner: User) -> Import:
    undo_import(found=found, actor=owner)
    return done(found)


def counts(found: Import) -> dict[str, int]:
    return {state: count for state, count in found.counts.items() if count}


def files() -> set[str]:
    names = Blob.objects.values_list(
        "sha256", "rendition_sha256", "level_sha256", "thumbnail_sha256"
    )
    return {name for row in names for name in row if name}


def test_all_that_nobody_has_worked_on_goes_and_can_come_again(
    bring_in: BringIn, reachable: ImageServer, owner: User, dataset: Dataset
) -> None:
    stop = box(1, 1, 5, 5, "stop")
    lines: list[Any] = [{"image": reachable.url(f"/ok/{n}.jpg"), "spans": [stop]} for n in (1, 2)]
    lines += [{"image": reachable.url("/dup")}, {"image": reachable.url("/nothing")}]
    text = "\n".join(map(json.dumps, lines))
    found = bring_in(text, name="list.jsonl")
    there = files()
    assert all(store().exists(name) for name in there)
    assert undo_forecast(found) == UndoForecast(gone=2)

    over = undone(found, owner)
    assert (over.state, over.error) == (ImportState.UNDONE, "")
    assert ends(found) == [
        (1, "cancelled", "undone"),
        (2, "cancelled", "undone"),
        (3, "cancelled", "undone"),
        (4, "failed", "http_404"),
    ]
    for model in (Task, Slot, Suggestion, Image, Blob):
        assert not model.objects.exists(), model
    assert not any(store().exists(name) for name in there)
    (event,) = Event.objects.filter(kind="import.undone")
    assert event.data == {"undone": 3, "kept": 0}
    assert Event.objects.get(kind="import.undo_ordered").actor_id == owner.pk

    again = bring_in(text, name="list.jsonl")
    # Which of two equal ones is the duplicate depends on which was brought first.
    assert sorted(end[1] for end in ends(again)) == ["done", "done", "duplicate", "failed"]
    assert (Task.objects.count(), Image.objects.count()) == (2, 2)
    assert all(store().exists(name) for name in files())


def test_what_somebody_has_worked_on_stays(dataset: Dataset, owner: User, annotator: User) -> None:
    found, tasks = make_import(dataset, owner, images=9)
    answered, open_page, lapsed, draft, flagged, passed, told, decided, _ = tasks
    assert [lease.task_id for lease in lease_tasks(user=annotator, dataset=dataset, count=3)] == [
        answered.pk, open_page.pk, lapsed.pk,
    ]  # fmt: skip
    Slot.objects.filter(task=answered, user=annotator).update(
        state="submitted", lease_token=None, lease_expires_at=None, submitted_at=Now()
    )
    Slot.objects.filter(task=lapsed, user=annotator).update(
        lease_expires_at=Now() - timedelta(seconds=1)
    )
    Draft.objects.create(task=draft, dataset=dataset, user=annotator, body={})
    flag_task(user=annotator, task=flagged, kind=Flag.Kind.FLAG, comment="Whose is this?")
    for task, comment in ((passed, ""), (told, "Nothing to see.")):
        Pass.objects.create(
            task=task, dataset=dataset, user=annotator, reason="unclear", comment=comment
        )
    Task.objects.filter(pk=decided.pk).update(state="final", locked_at=Now())
    stay = [answered, open_page, draft, flagged, told, decided]
    expected = UndoForecast(gone=3, answered=2, begun=2, noted=2)
    assert undo_forecast(found) == expected

    over = undone(found, owner)
    assert counts(over) == {"total": 9, "done": 6, "cancelled": 3}
    assert list(Task.objects.order_by("order_key")) == stay
    assert Image.objects.count() == ImportRow.objects.filter(image__isnull=False).count() == 6
    assert undo_progress(found) == {"done": 9, "total": 9, "place": [9, 0]}
    assert Event.objects.get(kind="import.undone").data == {"undone": 3, "kept": 6}

    # Once they are left, undoing again takes them out, too.
    Slot.objects.filter(task=open_page).update(
        state="free", user=None, lease_token=None, lease_expires_at=None
    )
    assert undo_forecast(found).gone == 1
    assert counts(undone(found, owner)) == {"total": 9, "done": 5, "cancelled": 4}


def test_what_another_import_names_stays_until_that_is_undone(
    bring_in: BringIn, reachable: ImageServer, owner: User
) -> None:
    first = bring_in("\n".join(reachable.url(f"/ok/{n}.jpg") for n in (1, 2)))
    second = bring_in("\n".join(reachable.url(f"/ok/{n}.jpg") for n in (2, 3)))
    assert undo_forecast(first) == UndoForecast(gone=1, in_use=1)
    undone(first, owner)
    assert ends(first) == [(1, "cancelled", "undone"), (2, "done", "")]
    undone(second, owner)
    assert {end[1:] for end in ends(second)} == {("cancelled", "undone")}
    assert Task.objects.count() == 1  # of the first import, which is undone
    undone(first, owner)
    assert not Image.objects.exists()


def test_bytes_that_another_dataset_has_stay(
    bring_in: BringIn, reachable: ImageServer, owner: User, dataset: Dataset
) -> None:
    found = bring_in(reachable.url("/ok/1.jpg"))
    other = Dataset.objects.create(
        slug="other", name="Other", interface=dataset.interface, created_by=owner
    )
    Image.objects.create(dataset=other, blob=Blob.objects.get(), name="the same")
    undone(found, owner)
    assert Image.objects.get().dataset == other
    assert all(store().exists(name) for name in files())
    assert not GoneFile.objects.exists()


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.RUNNING])
def test_what_is_not_over_is_not_undone(state: str, dataset: Dataset, owner: User) -> None:
    found, _ = make_import(dataset, owner, images=1)
    Import.objects.filter(pk=found.pk).update(state=state)
    with pytest.raises(Conflict) as refusal:
        undo_import(found=found, actor=owner)
    assert refusal.value.code == "import_running"


def test_a_paused_import_is_cancelled_and_undone_and_not_retried(
    dataset: Dataset, owner: User
) -> None:
    found, _ = make_import(dataset, owner, images=2)
    Import.objects.filter(pk=found.pk).update(state=ImportState.PAUSED)
    ImportRow.objects.filter(line=2).update(state="queued", image=None, task=None)
    over = undone(found, owner)
    assert (over.state, counts(over)) == ("undone", {"total": 2, "cancelled": 2})
    with pytest.raises(Conflict) as refusal:
        retry_import(found=found, actor=owner)
    assert refusal.value.code == "import_undone"


def test_a_worker_that_dies_between_two_chunks_costs_nothing(
    dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "CHUNK", 2)
    found, tasks = make_import(dataset, owner, images=7)
    Task.objects.filter(pk=tasks[1].pk).update(state="answered")
    undo_import(found=found, actor=owner)
    held = Import.objects.select_related("dataset").get(pk=found.pk)
    seen: list[dict[str, Any]] = []

    def beat(**said: Any) -> None:
        seen.append(said)
        if len(seen) == 3:  # two chunks came through
            raise SystemExit

    nothing = {"done": 0, "total": None}
    with pytest.raises(SystemExit):
        undoing.undo_for_a_while(found=held, progress=nothing, beat=beat)
    assert Task.objects.count() == 4
    # The last word of the dead worker was after its first chunk.
    assert undoing.undo_for_a_while(found=held, progress=seen[1], beat=lambda **_: None) is False
    assert undoing.undo_for_a_while(found=held, progress=nothing, beat=lambda **_: None) is False
    assert list(Task.objects.all()) == [tasks[1]]
    assert Event.objects.filter(kind="import.undone").count() == 1
    do_jobs("imports.sweep")
    assert Blob.objects.count() == 1


def test_a_second_order_while_it_is_undone_changes_nothing(dataset: Dataset, owner: User) -> None:
    found, _ = make_import(dataset, owner, images=1)
    for _ in range(2):
        assert undo_import(found=found, actor=owner).state == "undoing"
    assert Event.objects.filter(kind="import.undo_ordered").count() == 1
    assert counts(done(found)) == {"total": 1, "cancelled": 1}
