"""The bytes of images: for members only, whole or in part, and harmless as a page."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from apps.tasks.actions.creating import TaskContent, create_task
from concord.storage.files import open_store, store
from tests.factories import browser_of, make_image

BYTES = bytes(range(256)) * 4
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def picture(signs: Dataset) -> Image:
    """An image of `signs` whose bytes are kept."""
    image = make_image(signs, name="a.jpg")
    kept = store().put_bytes(BYTES)
    Blob.objects.filter(pk=image.blob_id).update(
        rendition_sha256=kept.sha256, thumbnail_sha256=kept.sha256
    )
    return image


def get(client: Client, image: Image, *, what: str = "file", **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/api/images/{image.id}/{what}/", headers=names)


def shown_to(annotator: User, image: Image) -> dict[str, Any]:
    """The image as the labelling page gets it."""
    reply = browser_of(annotator).post(
        f"/api/datasets/{image.dataset.slug}/next/", {"count": 1}, content_type="application/json"
    )
    shown: dict[str, Any] = reply.json()["tasks"][0]["images"][0]
    return shown


def body_of(reply: Any) -> bytes:
    return b"".join(reply.streaming_content) if reply.streaming else reply.content


def test_members_get_the_bytes_with_safe_headers(picture: Image, viewer: User) -> None:
    reply = get(browser_of(viewer), picture, Accept="image/webp")
    assert reply.status_code == 200
    assert body_of(reply) == BYTES
    assert reply["Content-Type"] == "image/jpeg"
    assert reply["Content-Length"] == "1024"
    assert reply["ETag"] == f'"{SHA256}"'
    assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply["Cross-Origin-Resource-Policy"] == "same-origin"
    assert body_of(get(browser_of(viewer), picture, what="thumbnail")) == BYTES


def test_nobody_else_gets_them(picture: Image, outsider: User, viewer: User) -> None:
    assert get(Client(), picture).status_code == 401
    foreign = get(browser_of(outsider), picture)
    unknown = browser_of(outsider).get("/api/images/0190b7b0-c0de-7000-8000-00000000cafe/file/")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    by_hash = browser_of(viewer).get(f"/api/images/{SHA256}/file/")
    assert by_hash.status_code == 404


def test_a_member_who_left_gets_nothing_even_for_a_known_tag(
    picture: Image, viewer: User, signs: Dataset
) -> None:
    client = browser_of(viewer)
    assert get(client, picture, If_None_Match=f'"{SHA256}"').status_code == 304
    signs.memberships.filter(user=viewer).delete()
    assert get(client, picture, If_None_Match=f'"{SHA256}"').status_code == 404


def test_a_large_image_comes_in_fewer_pixels(
    picture: Image, viewer: User, outsider: User, annotator: User
) -> None:
    create_task(dataset=picture.dataset, images=[picture], order_key=0, content=TaskContent())
    assert get(browser_of(viewer), picture, what="level").status_code == 404
    assert shown_to(annotator, picture)["level"] is None

    kept = store().put_bytes(b"fewer pixels")
    Blob.objects.filter(pk=picture.blob_id).update(
        level_sha256=kept.sha256, level_media_type="image/png"
    )
    shown = shown_to(annotator, picture)
    assert shown["level"] == f"/api/images/{picture.id}/level/"
    assert (shown["width"], shown["height"]) == (200, 100), "those that coordinates refer to"
    reply = browser_of(viewer).get(shown["level"])
    assert (body_of(reply), reply["Content-Type"]) == (b"fewer pixels", "image/png")
    assert body_of(browser_of(viewer).get(shown["url"])) == BYTES
    assert browser_of(outsider).get(shown["level"]).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=1000-", 1000, 1023),
        ("bytes=1000-9999", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=-5000", 0, 1023),
    ],
)
def test_a_part_is_sent(picture: Image, viewer: User, wanted: str, first: int, last: int) -> None:
    reply = get(browser_of(viewer), picture, Range=wanted)
    assert reply.status_code == 206
    assert body_of(reply) == BYTES[first : last + 1]
    assert reply["Content-Range"] == f"bytes {first}-{last}/1024"
    assert reply["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(picture: Image, viewer: User, wanted: str) -> None:
    reply = get(browser_of(viewer), picture, Range=wanted)
    assert (reply.status_code, reply["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,5-6", "bytes=5-2", "lines=0-1", "bytes=-", "bytes=a-b"]
)
def test_other_wishes_get_the_whole(picture: Image, viewer: User, wanted: str) -> None:
    reply = get(browser_of(viewer), picture, Range=wanted)
    assert (reply.status_code, body_of(reply)) == (200, BYTES)


def test_a_part_of_an_older_file_is_the_whole(picture: Image, viewer: User) -> None:
    reply = get(browser_of(viewer), picture, Range="bytes=0-9", If_Range='"other"')
    assert (reply.status_code, body_of(reply)) == (200, BYTES)


def test_bytes_that_are_not_kept_have_a_code(signs: Dataset, viewer: User) -> None:
    reply = get(browser_of(viewer), make_image(signs, name="gone.jpg"))
    assert (reply.status_code, reply.json()["code"]) == (409, "bytes_not_here")


def test_a_bucket_is_reached_by_a_link_of_a_minute(
    picture: Image, viewer: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket = open_store("s3://KEY:SECRET@127.0.0.1:1/bucket?tls=0")
    monkeypatch.setattr("apps.datasets.api.streaming.store", lambda: bucket)
    reply = get(browser_of(viewer), picture)
    assert reply.status_code == 302
    assert reply["Location"].startswith(f"http://127.0.0.1:1/bucket/{SHA256}?")
    assert "X-Amz-Expires=60" in reply["Location"]
    assert reply["Cache-Control"] == "private, max-age=30"


class TestBehindAFrontServer:
    """With CONCORD_ACCEL_PREFIX nginx sends the bytes; who may have them is still decided here."""

    @pytest.fixture(autouse=True)
    def told(self, settings: Settings) -> None:
        settings.ACCEL_PREFIX = "/_files"

    def test_it_is_told_which_file_of_the_folder_to_send(
        self, picture: Image, viewer: User
    ) -> None:
        reply = get(browser_of(viewer), picture)
        assert (reply.status_code, reply.content) == (200, b"")
        assert reply["X-Accel-Redirect"] == f"/_files/{SHA256[:2]}/{SHA256[2:4]}/{SHA256}"
        assert reply["Content-Type"] == "image/jpeg"
        assert reply["ETag"] == f'"{SHA256}"'
        assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_it_is_told_nothing_for_anybody_else(self, picture: Image, outsider: User) -> None:
        for stranger, status in ((Client(), 401), (browser_of(outsider), 404)):
            reply = get(stranger, picture)
            assert (reply.status_code, reply.headers.get("X-Accel-Redirect")) == (status, None)

    def test_a_file_that_is_not_kept_has_the_same_code(self, signs: Dataset, viewer: User) -> None:
        reply = get(browser_of(viewer), make_image(signs, name="gone.jpg"))
        assert (reply.status_code, reply.json()["code"]) == (409, "bytes_not_here")

    def test_of_a_bucket_it_is_told_a_link_of_a_minute_without_its_host(
        self, picture: Image, viewer: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bucket = open_store("s3://KEY:SECRET@127.0.0.1:1/bucket?tls=0")
        monkeypatch.setattr("apps.datasets.api.streaming.store", lambda: bucket)
        place = get(browser_of(viewer), picture)["X-Accel-Redirect"]
        assert place.startswith(f"/_files/bucket/{SHA256}?")
        assert "X-Amz-Expires=60" in place
        assert "127.0.0.1" not in place
