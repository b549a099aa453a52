"""The first images are there while the list, or the folder of a bucket, is still being read."""

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions import fetching, listing, reading
from apps.imports.actions.fetching import fetch_rows
from apps.imports.actions.running import cancel_import, pause_import, resume_import
from apps.imports.bucket_pages import folder_page
from apps.imports.models import Import, ImportListing, ImportRow
from apps.tasks.models import Task
from concord.errors import Conflict
from concord.storage.s3_listing import Page
from tests.jobs.imports.buckets import begun, in_turn, items, listing_of, read
from tests.jobs.imports.conftest import Connect, done, ends
from tests.servers.images import ImageServer, picture
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import peer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(listing, "PAGE", 2)


def fetch(found: Import) -> float | None:
    found = Import.objects.select_related("dataset", "created_by").get(pk=found.pk)
    return fetch_rows(found=found, beat=lambda: None)


def stand(found: Import) -> tuple[str, bool, dict[str, int]]:
    """State, whether it is still being read, and the counts that are not zero."""
    found = Import.objects.with_counts().get(pk=found.pk)
    return found.state, found.reading, {k: n for k, n in found.counts.items() if n and k != "total"}


def test_images_come_in_before_the_list_is_read(
    dataset: Dataset, owner: User, reachable: ImageServer
) -> None:
    numbers = [5, 1, 4, 5, 2, 3]
    found = begun(dataset, owner, "\n".join(reachable.url(f"/ok/{n}.jpg") for n in numbers))
    assert stand(found) == ("reading", True, {})
    assert read(found) is True, "whoever fetches gets the process after the first rows"
    assert stand(found) == ("running", True, {"queued": 2})
    assert fetch(found) == fetching.READING_PAUSE
    assert stand(found) == ("running", True, {"done": 2})

    assert read(found) is False
    assert stand(found) == ("running", False, {"done": 2, "queued": 3, "duplicate": 1})
    assert done(found).state == "done"
    assert ends(found)[3] == (4, "duplicate", "duplicate_line")
    queue = Task.objects.order_by("order_key")
    assert list(queue.values_list("task_images__image__name", flat=True)) == [
        f"{n}.jpg" for n in (5, 1, 4, 2, 3)
    ]


def test_a_folder_is_fetched_while_it_is_listed(
    weed: S3Server, dataset: Dataset, owner: User
) -> None:
    for number in range(5):
        weed.put(f"early/{number}.jpg", picture(number))
    found = begun(dataset, owner, f"s3://{weed.bucket}/early/")
    assert read(found) is True
    assert fetch(found) == fetching.READING_PAUSE
    assert stand(found) == ("running", True, {"done": 2})
    assert read(found) is False
    assert done(found).counts["done"] == Image.objects.filter(dataset=dataset).count() == 5


def test_an_import_that_nobody_fetches_for_ends_with_its_list(
    dataset: Dataset, owner: User
) -> None:
    found = begun(dataset, owner, "no address\nnor this\nnor that")
    assert read(found) is True
    assert fetch(found) == fetching.READING_PAUSE
    assert read(found) is False
    assert stand(found) == ("done", False, {"failed": 3})


def test_cancel_while_both_go_on(dataset: Dataset, owner: User, reachable: ImageServer) -> None:
    found = begun(dataset, owner, "\n".join(reachable.url(f"/ok/{n}.jpg") for n in range(5)))
    read(found)
    ImportRow.objects.filter(line=1).update(state="done")
    cancel_import(found=found, actor=owner)
    assert read(found) is False
    assert fetch(found) is None
    assert stand(found) == ("cancelled", False, {"done": 1, "cancelled": 1})
    assert sum(reachable.requests.values()) == 0


def test_pause_while_both_go_on(dataset: Dataset, owner: User, reachable: ImageServer) -> None:
    found = begun(dataset, owner, "\n".join(reachable.url(f"/ok/{n}.jpg") for n in range(5)))
    with pytest.raises(Conflict, match="Only a running import"):
        pause_import(found=found, actor=owner)
    read(found)
    pause_import(found=found, actor=owner)
    assert fetch(found) is None
    assert read(found) is False, "a list is read on: that costs nobody anything"
    assert stand(found) == ("paused", False, {"queued": 5})
    assert sum(reachable.requests.values()) == 0
    resume_import(found=found, actor=owner)
    assert done(found).counts["done"] == 5


def test_who_was_thought_dead_does_not_set_a_listing_back(
    connect: Connect, dataset: Dataset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asked for a page, slept, and meanwhile another worker went on to the end."""
    pages = [listing_of("a/1", "a/2", more=True), listing_of("a/3", more=True),
             listing_of("a/3", "a/4", more=True), listing_of("a/5")]  # fmt: skip
    with peer(in_turn(*pages)) as one:
        connect(one.url, one.allowance, bucket="bucket")
        found = begun(dataset, owner, "s3://bucket/a/")
        assert read(found) is True
        asleep = True

        def slow(*args: object, **options: object) -> Page:
            nonlocal asleep
            page = folder_page(*args, **options)  # type: ignore[arg-type]  # as they came
            if asleep:
                asleep = False
                assert read(found) is False
            return page

        monkeypatch.setattr(listing, "folder_page", slow)
        assert read(found) is False
    assert [(item, url[-1]) for _, item, url, _ in items(found)] == [
        (n, str(n)) for n in range(1, 6)
    ]  # fmt: skip
    assert ImportListing.objects.get().listed == 5
