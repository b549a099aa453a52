"""The servers that other tests lean on do what they say."""

from collections.abc import Callable
from io import BytesIO

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from PIL import Image
from playwright.sync_api import Page

from tests.servers.images import ImageServer
from tests.servers.s3 import S3Server


def test_images_are_real_and_distinct_and_requests_are_counted(image_server: ImageServer) -> None:
    first, second = (httpx.get(image_server.url(f"/ok/{n}.jpg")).content for n in (1, 2))
    assert Image.open(BytesIO(first)).size == (97, 81)
    assert Image.open(BytesIO(second)).size == (98, 82)
    assert httpx.get(image_server.url("/dup")).content == first
    cat = httpx.get(image_server.url("/pack/cat.jpg")).content
    assert Image.open(BytesIO(cat)).size == (451, 300)
    assert image_server.requests["/ok/1.jpg"] == 1
    assert image_server.busiest == 1


def test_failures_happen_as_asked(image_server: ImageServer) -> None:
    def status(path: str) -> int:
        return httpx.get(image_server.url(path)).status_code

    assert [status("/404"), status("/redirect")] == [404, 302]
    assert [status("/500-then-ok?n=3") for _ in range(3)] == [500, 200, 200]
    assert image_server.requests["/500-then-ok"] == 3
    page = httpx.get(image_server.url("/text.jpg"))
    assert (page.headers["content-type"], page.content[:9]) == ("image/jpeg", b"<!doctype")
    with httpx.stream("GET", image_server.url("/huge?mb=600")) as huge:
        assert len(next(huge.iter_bytes(1 << 20))) == 1 << 20


def test_s3_is_real_enough_to_refuse_a_wrong_secret(s3: S3Server) -> None:
    assert s3.put("a/b.jpg", b"bytes") == "s3://photos/a/b.jpg"
    assert s3.client.get_object(Bucket="photos", Key="a/b.jpg")["Body"].read() == b"bytes"
    stranger = boto3.client(
        "s3",
        endpoint_url=s3.endpoint,
        region_name=s3.region,
        aws_access_key_id=s3.access_key,
        aws_secret_access_key="another",
    )
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        stranger.get_object(Bucket="photos", Key="a/b.jpg")


def test_a_browser_shows_images_and_text(
    open_page: Callable[[], Page], image_server: ImageServer
) -> None:
    picture, page = open_page(), open_page()
    picture.goto(image_server.url("/ok/5.png"))
    assert picture.evaluate("document.images[0].naturalWidth") == 101
    page.set_content("<p>Concord</p>")
    shot = Image.open(BytesIO(page.screenshot())).convert("L")
    assert shot.size == (1280, 800)
    assert sum(shot.histogram()[:64]) > 50  # dark letters: without a font the page stays white
