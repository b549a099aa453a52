"""What a list names is seen in small before it is imported, or why the import would refuse it."""

import base64
import io
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image as Pictures

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset
from apps.imports import thumbnails, turns
from apps.imports.models import ImportRow
from tests.api.imports.conftest import post, work
from tests.factories import make_dataset
from tests.servers.images import ImageServer, picture
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.django_db


def look(client: Client, dataset: Dataset, **body: Any) -> str:
    """The ticket of a list that is looked at."""
    answer = post(client, f"/api/datasets/{dataset.slug}/imports/preview/", body)
    assert answer.status_code == 200, answer.content
    return answer.json()["list"]


def fetch(
    client: Client, dataset: Dataset, ticket: str, line: int = 1, **more: Any
) -> HttpResponse:
    path = f"/api/datasets/{dataset.slug}/imports/preview/{ticket}/thumbnail/"
    return client.get(path, {"line": line, **more})


def size_of(answer: HttpResponse) -> tuple[int, int]:
    assert answer.status_code == 200, answer.content
    with Pictures.open(io.BytesIO(answer.content), formats=["JPEG"]) as image:
        return image.size


def refusal(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def as_data(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def test_a_small_jpeg_of_which_nothing_is_kept(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    out = io.BytesIO()
    Pictures.new("RGB", (400, 100)).save(out, "JPEG")
    reachable.own["wide.jpg"] = out.getvalue()
    ticket = look(manager, dataset, text=reachable.url("/own/wide.jpg"))
    answer = fetch(manager, dataset, ticket)
    assert size_of(answer) == (160, 40)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ImportRow.objects.count() == Blob.objects.count() == 0


REFUSED = [
    "{server}/nothing", "{server}/text.jpg", "{server}/truncated.jpg", "{server}/huge?mb=60",
    "{server}/redirect?to=http://169.254.169.254/", "http://127.0.0.1:1/", "http://10.0.0.1/",
    "http://nowhere.invalid/", "s3://bucket/key", "ftp://a.example/a.jpg", "www.a.example/a.jpg",
    "data:image/png;base64,x", "data:image/png;base64,eA==", "http://me:hunter2@a.example/",
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_as_the_import_does(
    manager: Client, dataset: Dataset, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.imports.actions.fetching.MOST_ATTEMPTS", 1)
    text = "\n".join(REFUSED).replace("{server}", reachable.address)
    ticket = look(manager, dataset, text=text)
    answers = [fetch(manager, dataset, ticket, n) for n in range(1, len(REFUSED) + 1)]
    told = [(answer.json()["code"], answer.json()["detail"]) for answer in answers]
    assert {answer.status_code for answer in answers} == {422}
    assert b"hunter2" not in b"".join(answer.content for answer in answers)
    post(manager, f"/api/datasets/{dataset.slug}/imports/", {"list": ticket}, key="k")
    work()
    rows = ImportRow.objects.order_by("line").values_list("code", "reason")
    assert told == list(rows)
    assert len({code for code, _ in told}) > 8


def test_a_host_that_takes_long(
    manager: Client, dataset: Dataset, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "SECONDS", 0.2)
    ticket = look(manager, dataset, text=reachable.url("/slow?ms=1000"))
    answer = fetch(manager, dataset, ticket)
    assert refusal(answer) == (422, "timed_out")
    assert answer.json()["retryable"] is True


def test_images_within_the_list_and_images_to_pick_among(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    images = [as_data(picture(3, "png")), reachable.url("/ok/7.jpg"), reachable.url("/nothing")]
    options = [{"id": n, "image": image} for n, image in enumerate(images)]
    ticket = look(manager, dataset, tasks=[{"options": options}, {"image": images[0]}])
    assert size_of(fetch(manager, dataset, ticket)) == (99, 83)
    assert size_of(fetch(manager, dataset, ticket, image=2)) == (103, 87)
    third = fetch(manager, dataset, ticket, image=3)
    assert third.json()["detail"] == "Image 3: There is nothing at this address (404)."
    assert refusal(fetch(manager, dataset, ticket, image=4)) == (404, "not_found")
    assert size_of(fetch(manager, dataset, ticket, 2)) == (99, 83)


def test_of_a_folder_the_first_object(
    manager: Client, ada: Client, dataset: Dataset, s3: S3Server, allow: Callable[..., None]
) -> None:
    allow(s3.allowance)
    body = {
        "name": "Weed", "endpoint": s3.endpoint, "region": s3.region, "buckets": [s3.bucket],
        "access_key": s3.access_key, "secret_key": s3.secret_key, "datasets": [str(dataset.id)],
    }  # fmt: skip
    connection = post(ada, "/api/connections/", body).json()["id"]
    s3.put("small/1.png", picture(5, "png"))
    base = f"s3://{s3.bucket}"
    text = f"{base}/small/\n{base}/small/1.png\n{base}/none/\ns3://others/1.png"
    ticket = look(manager, dataset, text=text)
    assert size_of(fetch(manager, dataset, ticket)) == (101, 85)
    for chosen in ({}, {"connection": connection}):
        assert size_of(fetch(manager, dataset, ticket, 2, **chosen)) == (101, 85)
    assert refusal(fetch(manager, dataset, ticket, 3)) == (422, "nothing_listed")
    assert refusal(fetch(manager, dataset, ticket, 4)) == (422, "no_connection")
    foreign = fetch(manager, dataset, ticket, 2, connection=dataset.id)
    assert refusal(foreign) == (400, "connection_not_granted")


def test_the_list_is_read_as_it_was_looked_at(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    body = f"straße;url\n{reachable.url('/ok/1.jpg')};x\n".encode("cp1252")
    answer = manager.post(
        f"/api/datasets/{dataset.slug}/imports/preview/",
        {"file": SimpleUploadedFile("a.csv", body), "url_field": "straße"},
    )
    ticket = answer.json()["list"]
    assert refusal(fetch(manager, dataset, ticket, 2)) == (422, "not_a_url")
    for encoding in ({}, {"encoding": "windows-1252"}):
        size_of(fetch(manager, dataset, ticket, 2, url_field="straße", **encoding))
    wrong = fetch(manager, dataset, ticket, 2, url_field="straße", encoding="utf-8")
    assert refusal(wrong) == (400, "not_utf8")


def test_an_image_in_the_same_archive(manager: Client, dataset: Dataset) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("cat/1.jpg", picture(1))
        packed.writestr("cat/2.jpg", picture(2)[:-200])
        packed.writestr("photos.txt", "http://127.0.0.1:1/1.jpg")
    answer = manager.post(
        f"/api/datasets/{dataset.slug}/imports/preview/",
        {"file": SimpleUploadedFile("a.zip", archive.getvalue())},
    )
    seen = answer.json()
    assert (seen["format"], seen["counts"]["new"]) == ("image_folder", 2)
    assert size_of(fetch(manager, dataset, seen["list"])) == (97, 81)
    assert refusal(fetch(manager, dataset, seen["list"], 2)) == (422, "damaged_image")
    # Read as something else, its first line is another.
    other = fetch(manager, dataset, seen["list"], format="addresses")
    assert refusal(other) == (422, "forbidden_port")
    wrong = fetch(manager, dataset, seen["list"], format="yolo")
    assert refusal(wrong) == (400, "not_this_format")


def test_only_the_first_lines_of_one_s_own_list(
    manager: Client, ada: Client, owner: User, dataset: Dataset, reachable: ImageServer
) -> None:
    """Nobody gets anything fetched by an address of their choosing that no list holds."""
    urls = [reachable.url(f"/ok/{n}.jpg") for n in range(1, 22)]
    ticket = look(manager, dataset, text="\n".join(urls))
    other = make_dataset(owner=owner, name="Other")
    assert refusal(fetch(ada, dataset, ticket)) == (400, "list_gone")
    assert refusal(fetch(manager, other, ticket)) == (400, "list_gone")
    assert refusal(fetch(manager, dataset, ticket, 21)) == (404, "not_found")
    assert refusal(fetch(manager, dataset, ticket, url=urls[0])) == (400, "invalid")
    assert not reachable.requests
    assert size_of(fetch(manager, dataset, ticket, 20)) == (116, 100)


def test_many_at_once_are_told_to_wait(
    manager: Client, dataset: Dataset, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "turns", threading.BoundedSemaphore(1))
    ticket = look(manager, dataset, text=reachable.url("/ok/1.jpg"))
    with turns.turns:
        busy = fetch(manager, dataset, ticket)
        assert refusal(busy) == (503, "busy")
        assert busy["Retry-After"] == "1"
    size_of(fetch(manager, dataset, ticket))
    fetch(manager, dataset, look(manager, dataset, text="s3://bucket/key"))
    size_of(fetch(manager, dataset, ticket))
