"""Who holds a row may end it, and nobody else: late workers, cancelled imports, full disks."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions import bringing, reading
from apps.imports.actions.bringing import Brought
from apps.imports.actions.claims import MOST_CLAIMS, claim_rows
from apps.imports.actions.fetching import STORAGE_PAUSE, fetch_rows
from apps.imports.actions.landing import Landing, land_rows
from apps.imports.actions.lists import Upload, create_import
from apps.imports.actions.reading import read_rows
from apps.imports.actions.running import cancel_import
from apps.imports.decoder.pool import DecoderPool
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from apps.tasks.models import Task
from concord.errors import StorageFull
from tests.jobs.imports.buckets import begun
from tests.jobs.imports.conftest import ends
from tests.servers.images import ImageServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listed(owner: User, dataset: Dataset, reachable: ImageServer) -> Callable[[int], Import]:
    """An import of so many images whose list has been read, and nothing fetched."""

    def make(count: int) -> Import:
        text = "\n".join(reachable.url(f"/ok/{n}.jpg") for n in range(count))
        source = Upload("list.txt", BytesIO(text.encode()))
        made = create_import(user=owner, dataset=dataset, source=source, options=Options())
        read_rows(found=made, beat=lambda: None)
        return Import.objects.select_related("dataset", "created_by").get(pk=made.pk)

    return make


def bring(row: ImportRow) -> Brought:
    with DecoderPool(size=1) as decoders:
        return bringing.bring(row, decoders=decoders, buckets={})


def run_out(row: ImportRow) -> None:
    """As if the claim had been made long ago."""
    ImportRow.objects.filter(pk=row.pk).update(claimed_until=Now() - timedelta(hours=1))


def test_a_row_has_one_holder_at_a_time(listed: Callable[[int], Import]) -> None:
    found = listed(5)
    first = claim_rows(found=found, claim=uuid.uuid4(), limit=3)
    second = claim_rows(found=found, claim=uuid.uuid4(), limit=3)
    assert [row.line for row in first] == [1, 2, 3]
    assert [row.line for row in second] == [4, 5]
    assert claim_rows(found=found, claim=uuid.uuid4(), limit=3) == []


def test_who_comes_late_lands_nothing(listed: Callable[[int], Import]) -> None:
    found = listed(1)
    late, other = uuid.uuid4(), uuid.uuid4()
    (row,) = claim_rows(found=found, claim=late, limit=1)
    brought = bring(row)
    run_out(row)
    (again,) = claim_rows(found=found, claim=other, limit=1)
    assert (again.pk, again.attempts) == (row.pk, 2)
    land_rows(found=found, claim=late, landings=[Landing(row, brought)])
    assert (Image.objects.count(), Task.objects.count()) == (0, 0)
    for _ in range(2):
        land_rows(found=found, claim=other, landings=[Landing(again, brought)])
    assert (Image.objects.count(), Task.objects.count()) == (1, 1)
    assert ends(found) == [(1, "done", "")]


def test_what_arrives_after_a_cancel_is_dropped(
    listed: Callable[[int], Import], owner: User
) -> None:
    found = listed(2)
    claim = uuid.uuid4()
    (row,) = claim_rows(found=found, claim=claim, limit=1)
    brought = bring(row)
    cancel_import(found=found, actor=owner)
    land_rows(found=found, claim=claim, landings=[Landing(row, brought)])
    assert ends(found) == [(1, "cancelled", ""), (2, "cancelled", "")]
    assert Image.objects.count() == 0


def test_an_earlier_run_claims_nothing(listed: Callable[[int], Import]) -> None:
    found = listed(1)
    Import.objects.filter(pk=found.pk).update(run=found.run + 1)
    assert claim_rows(found=found, claim=uuid.uuid4(), limit=1) == []


def test_a_row_that_kills_its_workers_is_given_up(listed: Callable[[int], Import]) -> None:
    found = listed(2)
    for _ in range(MOST_CLAIMS):
        (row,) = claim_rows(found=found, claim=uuid.uuid4(), limit=1)
        assert row.line == 1
        run_out(row)
    (row,) = claim_rows(found=found, claim=uuid.uuid4(), limit=1)
    assert row.line == 2
    assert ends(found)[0] == (1, "failed", "gave_up")


def test_a_full_disk_holds_rows_and_blames_none(
    listed: Callable[[int], Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = listed(3)
    full = [True]
    real = bringing.store()

    class FullStore:
        def put_bytes(self, data: bytes) -> Any:
            if full:
                full.clear()
                raise StorageFull("storage_full", "No room.")
            return real.put_bytes(data)

    monkeypatch.setattr(bringing, "store", FullStore)
    assert fetch_rows(found=found, beat=lambda: None) == STORAGE_PAUSE
    waiting = Import.objects.with_counts().select_related("dataset", "created_by").get()
    assert waiting.state == "storage_full"
    assert (waiting.counts["queued"], waiting.counts["done"]) == (1, 2)

    ImportRow.objects.filter(state="queued").update(not_before=None)
    assert fetch_rows(found=waiting, beat=lambda: None) is None
    assert Import.objects.get().state == "done"
    assert list(ImportRow.objects.values_list("state", "attempts")) == [("done", 1)] * 3


def test_reading_again_after_a_crash_changes_nothing(
    dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    text = "\n".join(f"ftp://example.org/{n}" if n == 3 else f"https://example.org/{n % 4}.jpg"
                     for n in range(9))  # fmt: skip
    found = begun(dataset, owner, text)
    while read_rows(found=found, beat=lambda: None):
        pass
    before = list(ImportRow.objects.order_by("line").values_list("id", "line", "state", "reason"))
    assert [(line, state) for _, line, state, _ in before] == [
        (1, "queued"), (2, "queued"), (3, "queued"), (4, "failed"), (5, "duplicate"),
        (6, "duplicate"), (7, "duplicate"), (8, "queued"), (9, "duplicate"),
    ]  # fmt: skip
    assert before[8][3] == "The same address as line 1."
    Import.objects.update(reading=True)  # killed before it could say that this was all
    read_rows(found=found, beat=lambda: None)
    after = list(ImportRow.objects.order_by("line").values_list("id", "line", "state", "reason"))
    assert after == before
