"""What an image is called, where it lay, and the bytes that stand in an address."""

import base64

import pytest

from apps.imports.domain.addresses import bytes_in, file_name, folder_path, is_data
from apps.imports.domain.rows import RowError

PIXELS = bytes(range(256))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://x.org/a/b.jpg?sig=1#top", "b.jpg"),
        ("https://x.org/", "x.org"),
        ("s3://b/street/a?b#c.jpg", "a?b#c.jpg"),
        ("s3://b/a.jpg?versionId=v-1", "a.jpg"),
        ("street/wall/no#1?.jpg", "no#1?.jpg"),
        ("data:image/png;base64,AAAA", "data"),
    ],
)
def test_names(address: str, name: str) -> None:
    assert file_name(address) == name


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("street/wall/1.jpg", "street/wall/1.jpg"),
        ("street\\wall\\1.jpg", "street/wall/1.jpg"),
        ("/../../etc/./passwd", "etc/passwd"),
        ("C:\\x\\..\\y.jpg", "C:/x/y.jpg"),
        ("1.jpg", ""),
        ("../1.jpg", ""),
        ("", ""),
        (" ü /日本.jpg", " ü /日本.jpg"),
    ],
)
def test_paths(path: str, kept: str) -> None:
    assert folder_path(path) == kept


def test_bytes_in_addresses() -> None:
    packed = base64.b64encode(PIXELS).decode()
    broken = "\n".join(packed[at : at + 76] for at in range(0, len(packed), 76))
    for address in (
        f"data:image/png;base64,{packed}",
        f"DATA:image/png;BASE64,{broken}",
        f"data:image/png;name=a.png;base64,{packed.replace('+', '%2B').replace('/', '%2F')}",
        "data:," + "".join(f"%{byte:02X}" for byte in PIXELS),
    ):
        assert is_data(address)
        assert bytes_in(address) == PIXELS


@pytest.mark.parametrize("body", ["", ",", ";base64,", ";base64,AAA", ";base64,AA!A", ";base64,é"])
def test_damaged_bytes(body: str) -> None:
    with pytest.raises(RowError, match="damaged"):
        bytes_in(f"data:image/png{body}")
