"""The bytes of an image behind whatever names it, and what is none."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from concord.client import ClientError, NoImage, image_bytes
from concord.client.pictures import data_address, whole_image
from tests.servers.images import ImageServer, picture
from tests.unit.concord.scripted import CUT, scripted

JPEG, PNG = picture(1), picture(1, "png")


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_mandelbrot((64, 48), (-2, -1, 1, 1), 20).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def with_thumbnail() -> bytes:
    """A JPEG within whose headers is a small JPEG with an end of its own."""
    head = b"Exif\0\0" + saved("jpeg")
    segment = b"\xff\xe1" + (len(head) + 2).to_bytes(2, "big") + head
    return JPEG[:2] + segment + JPEG[2:]


def in_base64(data: bytes, kind: str = "image/jpeg") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def test_an_address_a_data_address_and_a_file_give_the_same_bytes(
    image_server: ImageServer, tmp_path: Path
) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(JPEG)
    address = f"{image_server.address}/ok/1.jpg"
    for reference in (address, path, str(path), in_base64(JPEG), data_address(path)):
        assert image_bytes(reference) == JPEG
    assert image_bytes(f"data:,{''.join(f'%{byte:02x}' for byte in PNG)}") == PNG
    moved = f"{image_server.address}/redirect?to={address}"
    assert image_bytes(moved) == JPEG


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "bmp", "tiff"])
def test_every_kind_is_whole_as_it_is(kind: str) -> None:
    data = saved(kind)
    assert whole_image(data, claimed=f"image/{kind}; charset=binary") == data


@pytest.mark.parametrize(
    "data",
    [JPEG, PNG, *map(saved, ["gif", "webp", "bmp"]), with_thumbnail(), saved("jpeg", quality=1)],
    ids=range(7),
)
def test_what_is_cut_short_is_told(data: bytes) -> None:
    assert whole_image(data) == data
    for length in (len(data) - 2, len(data) * 2 // 3):
        with pytest.raises(NoImage, match="cut short"):
            whole_image(data[:length])


def test_bytes_between_the_marks_of_a_jpeg_are_passed_over() -> None:
    data = JPEG[:2] + b"\xff\xff\xff" + JPEG[2:]
    assert whole_image(data) == data


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("data:image/jpeg;base64", "no comma"),
        (in_base64(JPEG)[:-3], "no base64, or cut short"),
        (in_base64(JPEG).replace("/", "*"), "no base64, or cut short"),
        (in_base64(JPEG[:500]), "cut short: 500 bytes of image/jpeg"),
        (in_base64(b"hello", "image/png"), "This is text"),
        (in_base64(JPEG, "text/html"), "This is text/html, not an image"),
        ("data:image/png,", "The file is empty"),
        ("s3://bucket/a.jpg", "Nobody here can read s3://"),
        ("/nowhere/a.jpg", "Not there, or not to be read: /nowhere/a.jpg"),
        ("a\0b", "Not there"),
        ("http://a\tb", "cannot be read"),
        ("http://127.0.0.1:9/a.jpg", "cannot be reached"),
    ],
)
def test_what_gives_no_image_is_told_in_a_sentence(reference: str, told: str) -> None:
    with pytest.raises(ClientError, match=told):
        image_bytes(reference)


def test_what_a_server_sends_instead_is_told(image_server: ImageServer) -> None:
    with pytest.raises(NoImage, match="This is a web page"):
        image_bytes(f"{image_server.address}/text.jpg")
    with pytest.raises(NoImage, match="cut short"):
        image_bytes(f"{image_server.address}/truncated.jpg")
    with pytest.raises(ClientError, match="answers 404"):
        image_bytes(f"{image_server.address}/nothing")
    with scripted() as server:
        server.says("GET /a.jpg", (CUT, b""))
        with pytest.raises(ClientError, match="the connection broke"):
            image_bytes(f"{server.address}/a.jpg")
        server.says("GET /a.jpg", (200, JPEG, {"Content-Type": "text/plain"}))
        with pytest.raises(NoImage, match="text/plain, not an image"):
            image_bytes(f"{server.address}/a.jpg")
