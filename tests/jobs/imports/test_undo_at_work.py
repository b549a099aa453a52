"""Undoing an import while people claim and answer: an answer is never lost, and nobody is stuck."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import cast

import pytest
from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions import undoing
from apps.imports.actions.blobs import blobs_of, sweep
from apps.imports.actions.bringing import Brought, NotBrought
from apps.imports.actions.taking_down import take_down
from apps.imports.actions.taking_out import take_out
from apps.imports.actions.undoing import undo_import
from apps.imports.decoder.pool import Decoded
from apps.imports.models import GoneFile, Import, ImportRow, RowState
from apps.tasks.actions.answering import Response, Submission, submit_answer
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.actions.drafting import save_draft
from apps.tasks.actions.leasing import Lease
from apps.tasks.models import Draft, Revision, Slot, SlotState, Task
from concord.errors import NotFound
from concord.rows import first_row
from concord.storage.contents import Stored
from tests.forms import rounds
from tests.jobs.imports.brought import do_jobs, make_import
from tests.jobs.tasks.test_nothing_left import annotator, in_thread, unfinished

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING = Response(answer="accept", spans=[], accept=[], attributes={}, seconds=1.0)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(6) as pool:
        yield pool


def answer(user: User, lease: Lease) -> None:
    task = Task.objects.select_related("dataset").get(pk=lease.task_id)
    key = Submission(key=lease.token.hex, request_hash="", lease=lease.token, base=None)
    submit_answer(user=user, task=task, response=NOTHING, submission=key)


def rows_of(found: Import) -> list[int]:
    return list(ImportRow.objects.filter(of_import=found).values_list("pk", flat=True))


@pytest.mark.parametrize("_round", rounds(long=20))
def test_people_work_on_while_their_images_go(
    _round: int,
    dataset: Dataset,
    owner: User,
    threads: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undoing, "CHUNK", 10)
    found, _ = make_import(dataset, owner, images=120)
    undo_import(found=found, actor=owner)
    people = [annotator(dataset, name) for name in ("Ann", "Ben", "Cleo", "Dan")]
    start = threading.Barrier(len(people) + 1, timeout=20)

    def work(user: User) -> int:
        """Answer one task after the other until nothing is left."""
        start.wait()
        answers = 0
        while leases := lease_tasks(user=user, dataset=dataset, count=2):
            for lease in leases:
                answer(user, lease)  # what one holds is there: nothing is refused
                answers += 1
        return answers

    def undo() -> None:
        start.wait()
        do_jobs("imports.undo")

    asked = [in_thread(threads, lambda user=user: work(user)) for user in people]
    in_thread(threads, undo).result(60)
    given = sum(each.result(60) for each in asked)

    assert Revision.objects.filter(late=False).count() == given
    done = ImportRow.objects.filter(of_import=found, state=RowState.DONE)
    answered = set(Revision.objects.values_list("task", flat=True))
    assert answered == set(Task.objects.values_list("pk", flat=True))
    assert answered == set(done.values_list("task", flat=True))
    gone = ImportRow.objects.filter(of_import=found, state=RowState.CANCELLED, code="undone")
    assert done.count() + gone.count() == 120
    assert Image.objects.count() == done.count()


def test_what_is_just_being_claimed_is_left_and_tried_again(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    found, tasks = make_import(dataset, owner, images=2)
    with unfinished(threads, lambda: lease_tasks(user=annotator, dataset=dataset, count=1)):
        # Nobody is waited for. Whoever claims has more slots locked than they take.
        assert len(take_out(found=found, rows=rows_of(found))) == 2
    assert list(Task.objects.all()) == tasks
    assert take_out(found=found, rows=rows_of(found)) == []
    assert list(Task.objects.all()) == [tasks[0]]


def test_who_claims_what_is_just_going_gets_another_task(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    found, tasks = make_import(dataset, owner, images=2)
    first, second = rows_of(found)
    with unfinished(threads, lambda: take_out(found=found, rows=[first])):
        (lease,) = lease_tasks(user=annotator, dataset=dataset, count=1)
    assert lease.task_id == tasks[1].pk
    Slot.objects.update(state=SlotState.FREE, user=None, lease_token=None, lease_expires_at=None)
    with unfinished(threads, lambda: take_out(found=found, rows=[second])):
        asked = in_thread(threads, lambda: lease_tasks(user=annotator, dataset=dataset, count=1))
        with pytest.raises(TimeoutError):  # not told that nothing is left before it is true
            asked.result(0.5)
    assert asked.result(10) == []


def test_an_answer_that_is_just_coming_keeps_its_task(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    found, tasks = make_import(dataset, owner, images=1)
    (lease,) = lease_tasks(user=annotator, dataset=dataset, count=1)
    Slot.objects.filter(user=annotator).update(lease_expires_at=Now())
    with unfinished(threads, lambda: answer(annotator, lease)):
        assert len(take_out(found=found, rows=rows_of(found))) == 1
    assert take_out(found=found, rows=rows_of(found)) == []
    assert list(Task.objects.all()) == tasks


def test_what_is_said_too_late_is_refused_and_not_lost_in_silence(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    found, (task,) = make_import(dataset, owner, images=1)
    (lease,) = lease_tasks(user=annotator, dataset=dataset, count=1)
    Slot.objects.filter(user=annotator).update(lease_expires_at=Now())
    with unfinished(threads, lambda: take_out(found=found, rows=rows_of(found))):
        answered = in_thread(threads, lambda: answer(annotator, lease))
        with pytest.raises(TimeoutError):
            answered.result(0.5)
    with pytest.raises(NotFound):
        answered.result(10)
    assert not Revision.objects.exists()
    assert task.pk == lease.task_id


def test_a_draft_that_is_just_being_saved_keeps_its_task_or_is_refused(
    dataset: Dataset, owner: User, annotator: User, threads: ThreadPoolExecutor
) -> None:
    found, (task,) = make_import(dataset, owner, images=1)

    def save() -> None:
        save_draft(user=annotator, task=task, body={"answer": "accept"}, base=None)

    with unfinished(threads, lambda: take_out(found=found, rows=rows_of(found))):
        saved = in_thread(threads, save)
        with pytest.raises(TimeoutError):
            saved.result(0.5)
    assert saved.exception(10) is not None
    assert not Draft.objects.exists()


def test_a_file_that_left_while_a_row_was_on_its_way_is_brought_once_more(
    dataset: Dataset, owner: User
) -> None:
    found, _ = make_import(dataset, owner, images=1)
    blob = Image.objects.get().blob
    before = _now()
    take_out(found=found, rows=rows_of(found))
    assert sweep(blobs=[blob.pk], beat=lambda: None) is False
    assert GoneFile.objects.filter(at__isnull=False).exists()
    brought = _brought(blob.sha256)
    with pytest.raises(NotBrought) as refusal, transaction.atomic():
        blobs_of([brought], since=before)
    assert (refusal.value.code, refusal.value.retryable) == ("file_gone", True)
    after = _now()
    with transaction.atomic():
        assert list(blobs_of([brought], since=after)) == [blob.sha256]


def test_an_image_is_taken_down_while_people_claim_and_answer(
    dataset: Dataset, owner: User, threads: ThreadPoolExecutor
) -> None:
    """Whoever holds a task when its image goes is refused, and works on with the next one."""
    make_import(dataset, owner, images=30)
    images = list(Image.objects.order_by("pk"))
    people = [annotator(dataset, name) for name in ("Ann", "Ben", "Cleo")]
    start = threading.Barrier(len(people) + 1, timeout=20)

    def work(user: User) -> int:
        start.wait()
        answers = 0
        while leases := lease_tasks(user=user, dataset=dataset, count=2):
            for lease in leases:
                with suppress(NotFound, Task.DoesNotExist):
                    answer(user, lease)
                    answers += 1
        return answers

    def clear() -> None:
        start.wait()
        for image in images[::2]:
            take_down(image=image, actor=owner, withdraw=True)

    asked = [in_thread(threads, lambda user=user: work(user)) for user in people]
    in_thread(threads, clear).result(60)
    given = sum(each.result(60) for each in asked)
    assert Revision.objects.count() == given
    assert set(Image.objects.all()) == set(images[1::2])
    withdrawn = Task.everything.exclude(withdrawn_at=None)
    assert Task.objects.count() == 15
    assert not Slot.objects.filter(task__in=withdrawn).exclude(state="submitted").exists()
    shown = Task.objects.values_list("task_images__image", flat=True)
    assert set(shown) == {image.pk for image in images[1::2]}


def _now() -> datetime:
    """The database's clock."""
    row = first_row("SELECT clock_timestamp()", [])
    assert row is not None
    return cast(datetime, row[0])


def _brought(sha256: str) -> Brought:
    picture = Decoded(
        media_type="image/jpeg",
        width=20,
        height=10,
        exif_orientation=1,
        rendition=None,
        rendition_media_type="image/jpeg",
        level=None,
        level_media_type="",
        thumbnail=b"",
    )
    return Brought(
        sha256=sha256,
        size=1000,
        picture=picture,
        rendition=Stored(sha256, 1000),
        level_sha256="",
        thumbnail_sha256=sha256,
    )
