"""Images that are left where they are: what is kept of them, and how they are looked at."""

from __future__ import annotations

import hashlib
import io
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image, Interface
from apps.imports import referenced, turns
from apps.imports.models import GoneFile
from concord.storage.files import store
from tests.api.imports.conftest import post, work
from tests.factories import browser_of, make_dataset
from tests.jobs.tasks.test_nothing_left import in_thread
from tests.servers.images import ImageServer, picture
from tests.unit.concord.peers import answer, peer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_store")]


def bring(manager: Client, dataset: Dataset, *urls: str, key: str = "k", **options: Any) -> Any:
    path = f"/api/datasets/{dataset.slug}/imports/"
    reply = post(manager, path, {"urls": urls, "fetch": "reference", **options}, key=key)
    assert reply.status_code == 202, reply.content
    work()
    return manager.get(reply["Location"]).json()


def look(person: Client, image: Image, **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return person.get(f"/api/images/{image.pk}/file/", headers=names)


def body_of(reply: Any) -> bytes:
    return b"".join(reply.streaming_content)


def files_of(blob: Blob) -> tuple[bool, ...]:
    """Whether the original, the rendition and the thumbnail are in the store."""
    names = (blob.sha256, blob.rendition_sha256, blob.thumbnail_sha256)
    return tuple(store().exists(name) for name in names)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def image(manager: Client, dataset: Dataset, reachable: ImageServer) -> Image:
    """/ok/1.jpg, which is shown as it is."""
    found = bring(manager, dataset, reachable.url("/ok/1.jpg"))
    assert (found["fetch"], found["counts"]["done"]) == ("reference", 1)
    return Image.objects.get()


def test_only_the_thumbnail_is_kept(manager: Client, dataset: Dataset, image: Image) -> None:
    blob = image.blob
    assert (blob.kept, blob.sha256, blob.size) == (False, digest(picture(1)), len(picture(1)))
    assert (blob.width, blob.height) == (97, 81)
    assert files_of(blob) == (False, False, True)
    assert manager.get(f"/api/images/{image.pk}/thumbnail/").status_code == 200
    assert manager.get(f"/api/datasets/{dataset.slug}/storage/").json() == {
        "images": 1, "elsewhere": 1, "originals": 0, "renditions": 0, "shared": 0,
    }  # fmt: skip


def test_each_look_fetches_it_and_keeps_nothing(
    image: Image, viewer: User, reachable: ImageServer
) -> None:
    person = browser_of(viewer)
    reply = look(person, image)
    assert (reply.status_code, body_of(reply)) == (200, picture(1))
    assert reply["Content-Type"] == "image/jpeg"
    assert reply["ETag"] == f'"{image.blob.rendition_sha256}"'
    assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    part = look(person, image, Range="bytes=10-19")
    assert (part.status_code, body_of(part)) == (206, picture(1)[10:20])
    assert reachable.requests["/ok/1.jpg"] == 3
    assert files_of(image.blob) == (False, False, True)
    # Whoever has it costs no fetch, nor does whoever may not have it.
    assert look(person, image, If_None_Match=reply["ETag"]).status_code == 304
    assert person.get(f"/api/images/{image.pk}/level/").status_code == 404
    assert reachable.requests["/ok/1.jpg"] == 3


def test_nobody_else_has_it_fetched(image: Image, otto: Client, reachable: ImageServer) -> None:
    tag = f'"{image.blob.rendition_sha256}"'
    assert look(Client(), image).status_code == 401
    assert look(otto, image).status_code == look(otto, image, If_None_Match=tag).status_code == 404
    assert reachable.requests["/ok/1.jpg"] == 1


def test_what_is_encoded_anew_is_so_for_each_look(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    out = io.BytesIO()
    Picture.new("RGB", (30, 20), "red").save(out, "tiff")
    reachable.own["red.tif"] = out.getvalue()
    bring(manager, dataset, reachable.url("/own/red.tif"))
    image = Image.objects.get()
    blob = image.blob
    assert (blob.media_type, blob.rendition_media_type) == ("image/tiff", "image/png")
    assert files_of(blob) == (False, False, True)
    reply = look(manager, image)
    assert (digest(body_of(reply)), reply["Content-Type"]) == (blob.rendition_sha256, "image/png")
    Blob.objects.update(rendition_sha256="7" * 64)
    reply = look(manager, image)
    assert (reply.status_code, reply.json()["code"]) == (409, "rendition_changed")
    # As it says: importing it once more helps.
    bring(manager, dataset, reachable.url("/own/red.tif"), key="again")
    assert body_of(look(manager, Image.objects.get()))[:4] == b"\x89PNG"


def test_other_bytes_at_the_same_address_are_not_shown(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    reachable.own["a.jpg"] = picture(1)
    bring(manager, dataset, reachable.url("/own/a.jpg"))
    image = Image.objects.get()
    reachable.own["a.jpg"] = picture(2)
    reply = look(manager, image)
    assert (reply.status_code, reply.json()["code"]) == (409, "source_changed")
    assert reply["Content-Type"] == "application/problem+json"
    assert "another file" in reply.json()["detail"]
    reachable.own["a.jpg"] = picture(1)
    assert body_of(look(manager, image)) == picture(1)


def test_a_server_that_gives_nothing_is_told_with_its_reason(
    manager: Client, image: Image, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, status, reason in [
        ("/nothing", 502, "http_404"),
        ("/500-then-ok?n=1", 502, "server_error"),
        ("/huge?mb=60", 502, "too_large"),
        ("/slow?ms=900&n=1", 504, "timed_out"),
    ]:
        Image.objects.update(source_url=reachable.url(path))
        monkeypatch.setattr(referenced, "DEADLINE", 0.3 if "slow" in path else 12)
        reply = look(manager, image)
        told = reply.json()
        assert (reply.status_code, told["code"], told["reason"]) == (
            status, "source_unavailable", reason,
        )  # fmt: skip
        assert reachable.address not in str(told)


def test_bytes_without_an_address_are_copied(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    """A file has nowhere to be fetched from again."""
    files = {"files": [SimpleUploadedFile("1.jpg", picture(1))], "fetch": "reference"}
    path = f"/api/datasets/{dataset.slug}/images/"
    assert manager.post(path, files, headers={"Idempotency-Key": "u"}).status_code == 202
    work()
    image = Image.objects.get()
    assert image.blob.kept
    assert files_of(image.blob) == (True, True, True)
    # Those that are kept stay so.
    bring(manager, dataset, reachable.url("/ok/1.jpg"))
    image.refresh_from_db()
    assert image.blob.kept
    assert body_of(look(manager, image)) == picture(1)
    assert reachable.requests["/ok/1.jpg"] == 1


def test_a_copy_of_the_same_bytes_brings_them_here_for_all(
    manager: Client, dataset: Dataset, image: Image, owner: User, reachable: ImageServer
) -> None:
    other = make_dataset(owner=owner, name="Other")
    bring(manager, other, reachable.url("/dup"), fetch="copy", key="copy")
    blob = Blob.objects.get()
    assert (blob.kept, files_of(blob)) == (True, (True, True, True))
    assert body_of(look(manager, image)) == picture(1)
    assert reachable.requests["/ok/1.jpg"] == 1
    # When the copy goes, the other dataset's image stays, with its bytes.
    (run,) = manager.get(f"/api/datasets/{other.slug}/imports/").json()["results"]
    assert post(manager, f"/api/imports/{run['id']}/undo/").status_code == 202
    work()
    assert body_of(look(manager, image)) == picture(1)


def test_undoing_removes_what_there_is_of_it(
    manager: Client, dataset: Dataset, image: Image
) -> None:
    blob = image.blob
    (run,) = manager.get(f"/api/datasets/{dataset.slug}/imports/").json()["results"]
    assert post(manager, f"/api/imports/{run['id']}/undo/").status_code == 202
    work()
    assert not Blob.objects.exists()
    assert files_of(blob) == (False, False, False)
    assert list(GoneFile.objects.values_list("sha256", flat=True)) == [blob.thumbnail_sha256]


def test_images_to_pick_among(
    manager: Client, dataset: Dataset, annotator: User, reachable: ImageServer
) -> None:
    Dataset.objects.update(interface=Interface.IMAGE_CHOICE)
    options = [{"id": n, "image": reachable.url(f"/ok/{n}.png")} for n in (1, 2)]
    path = f"/api/datasets/{dataset.slug}/imports/"
    body = {"tasks": [{"options": options}], "fetch": "reference"}
    assert post(manager, path, body, key="k").status_code == 202
    work()
    person = browser_of(annotator)
    reply = post(person, f"/api/datasets/{dataset.slug}/next/", {"count": 1})
    (task,) = reply.json()["tasks"]
    shown = [person.get(tile["url"]) for tile in task["images"]]
    assert [body_of(each) for each in shown] == [picture(n, "png") for n in (1, 2)]
    tiles = [tile["tile"] for tile in task["images"]]
    assert [each["ETag"] for each in shown] == [f'"{tile}"' for tile in tiles]


def test_slow_servers_do_not_take_all_of_us(
    manager: Client, image: Image, reachable: ImageServer, allow: Callable[..., None]
) -> None:
    """One more than may be fetched at once is sent away, and gets it later."""
    most = turns.AT_ONCE
    met, done = threading.Barrier(most + 1, timeout=10), threading.Event()

    def slowly(connection: socket.socket, head: bytes) -> None:
        met.wait()
        done.wait(10)
        answer("200 OK", picture(1))(connection, head)

    with peer(slowly) as one, ThreadPoolExecutor(most) as threads:
        allow(reachable.allowance, one.allowance)
        Image.objects.update(source_url=one.url)
        looks = [in_thread(threads, lambda: look(manager, image)) for _ in range(most)]
        met.wait()
        reply = look(manager, image)
        assert (reply.status_code, reply.json()["code"]) == (503, "busy")
        assert reply["Retry-After"] == "1"
        done.set()
        assert [body_of(each.result(10)) for each in looks] == [picture(1)] * most
    Image.objects.update(source_url=reachable.url("/ok/1.jpg"))
    assert look(manager, image).status_code == 200
