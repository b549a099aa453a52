"""F7, F13: lists that two people send at once, and imports that are stopped half way, while they
run in threads of their own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.actions.deleting import delete_dataset
from apps.datasets.models import Dataset, Image
from apps.imports.actions.fetching import IN_HAND, fetch_rows
from apps.imports.actions.lists import Upload, create_import
from apps.imports.actions.reading import read_rows
from apps.imports.actions.running import cancel_import, pause_import, resume_import
from apps.imports.models import Import, ImportRow
from apps.imports.options import Options
from apps.tasks.models import Task
from concord.storage.egress import egress
from tests.servers.images import ImageServer

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 60
Begin = Callable[[User], Import]


@pytest.fixture
def begin(dataset: Dataset, image_server: ImageServer, settings: Settings) -> Iterator[Begin]:
    """An import of sixty images that take their time, read and not fetched."""
    settings.FETCH_ALLOW = [image_server.allowance]
    egress.cache_clear()
    text = "\n".join(image_server.url(f"/slow?ms=40&n={n}") for n in range(COUNT))

    def make(user: User) -> Import:
        source = Upload("list.txt", BytesIO(text.encode()))
        made = create_import(user=user, dataset=dataset, source=source, options=Options())
        read_rows(found=made, beat=lambda: None)
        return Import.objects.select_related("dataset", "created_by").get(pk=made.pk)

    yield make
    egress.cache_clear()


@contextmanager
def fetching(*imports: Import) -> Iterator[None]:
    """Fetches each in two lanes; they are over at the end."""

    def lane(found: Import) -> None:
        try:
            fetch_rows(found=found, beat=lambda: None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=lane, args=(one,)) for one in imports for _ in range(2)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()


def wait_for_some() -> None:
    """Until a quarter of the images or more are there."""
    deadline = time.monotonic() + 60
    while Image.objects.count() < COUNT // 4:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def states(found: Import) -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in ImportRow.objects.filter(of_import=found).values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def test_f7_two_people_and_a_double_click_at_once(
    begin: Begin, owner: User, admin: User, dataset: Dataset
) -> None:
    """Every image comes in once, whoever of the six lanes brings it first."""
    imports = [begin(owner), begin(admin), begin(admin)]
    with fetching(*imports):
        pass
    ended = [states(found) for found in imports]
    assert [sum(counts.values()) for counts in ended] == [COUNT] * 3
    assert sum(counts.get("done", 0) for counts in ended) == COUNT
    assert sum(counts.get("duplicate", 0) for counts in ended) == 2 * COUNT
    assert Image.objects.filter(dataset=dataset).count() == COUNT
    assert Task.objects.filter(dataset=dataset).count() == COUNT
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}


def test_f13_cancelled_half_way(begin: Begin, owner: User) -> None:
    found = begin(owner)
    with fetching(found):
        wait_for_some()
        cancel_import(found=found, actor=owner)
        kept = Image.objects.count()
    ended = states(found)
    assert ended == {"done": kept, "cancelled": COUNT - kept}
    assert Image.objects.count() == Task.objects.count() == kept
    assert Import.objects.get().state == "cancelled"


def test_f13_paused_half_way_and_resumed(
    begin: Begin, owner: User, image_server: ImageServer
) -> None:
    found = begin(owner)
    with fetching(found):
        wait_for_some()
        pause_import(found=found, actor=owner)
    there = Image.objects.count()
    assert states(found) == {"done": there, "queued": COUNT - there}
    assert there < COUNT
    again = resume_import(found=found, actor=owner)
    with fetching(again):
        pass
    assert states(found) == {"done": COUNT}
    asked = [n for path, n in image_server.requests.items() if "?" in path]
    assert asked == [1] * COUNT, "what was under way came to its end, and nothing came twice"
    assert Import.objects.get().state == "done"


def test_f13_its_dataset_is_deleted_half_way(
    begin: Begin, owner: User, dataset: Dataset, image_server: ImageServer
) -> None:
    """Nothing more is asked for than what is under way."""
    found = begin(owner)
    with fetching(found):
        wait_for_some()
        delete_dataset(dataset=dataset, actor=owner)
        held = ImportRow.objects.exclude(state="cancelled").count()
    ended = states(found)
    assert ended["done"] <= held + IN_HAND
    assert ended == {"done": ended["done"], "cancelled": COUNT - ended["done"]}
    assert image_server.requests["/slow"] <= ended["done"] + IN_HAND
