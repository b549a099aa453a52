import errno
import hashlib
import io
import os
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from concord.errors import StorageFull
from concord.storage.contents import FileStore, copy_hashed, full_disk_named
from concord.storage.files import LocalStore, open_store
from tests.servers.s3 import S3Server

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return open_store(f"file://{tmp_path}/with%20space")
    server: S3Server = request.getfixturevalue("s3")
    host = server.endpoint.removeprefix("http://")
    keys = f"{quote(server.access_key)}:{quote(server.secret_key)}"
    return open_store(f"s3://{keys}@{host}/{server.bucket}/files?region={server.region}&tls=0")


def test_a_file_is_named_by_its_hash_and_comes_back(store: FileStore) -> None:
    stored = store.put_bytes(b"hello")
    assert (stored.sha256, stored.size) == (HELLO, 5)
    assert store.exists(HELLO)
    assert HELLO in set(store.names())
    with store.open(HELLO) as file:
        assert file.read() == b"hello"


def test_putting_it_again_changes_nothing(store: FileStore) -> None:
    assert store.put_bytes(b"hello") == store.put_stream(io.BytesIO(b"hello"))


def test_large_files_and_empty_ones_pass_through(store: FileStore) -> None:
    large = os.urandom(9_000_001)
    stored = store.put_stream(io.BytesIO(large))
    assert (stored.sha256, stored.size) == (hashlib.sha256(large).hexdigest(), 9_000_001)
    with store.open(stored.sha256) as file:
        assert file.read() == large
    assert store.put_bytes(b"").sha256 == hashlib.sha256(b"").hexdigest()


def test_what_is_absent_says_so_and_deleting_it_is_harmless(store: FileStore) -> None:
    absent = "0" * 64
    assert not store.exists(absent)
    with pytest.raises(FileNotFoundError):
        store.open(absent)
    store.delete(absent)
    here = store.put_bytes(b"soon gone").sha256
    store.delete(here)
    assert not store.exists(here)
    assert here not in set(store.names())


@pytest.mark.parametrize("name", ["", "../../etc/passwd", HELLO.upper(), HELLO + "\n", HELLO[1:]])
def test_only_a_hash_is_a_name(store: FileStore, name: str) -> None:
    with pytest.raises(ValueError):
        store.open(name)


def test_a_link_to_a_bucket_works_in_a_browser_and_only_with_its_signature(s3: S3Server) -> None:
    host = s3.endpoint.removeprefix("http://")
    keys = f"{quote(s3.access_key)}:{quote(s3.secret_key)}"
    bucket = open_store(f"s3://{keys}@{host}/{s3.bucket}?tls=0")
    link = bucket.link(bucket.put_bytes(b"hello").sha256, media_type="image/png")
    assert link is not None
    assert "X-Amz-Expires=60" in link
    with urllib.request.urlopen(link) as answer:
        assert answer.read() == b"hello"
        assert answer.headers["Content-Type"] == "image/png"
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(link.partition("?")[0])


def test_a_folder_gives_no_links(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    assert store.link(store.put_bytes(b"x").sha256, media_type="image/png") is None


class Breaks(io.BytesIO):
    """Gives some bytes and then fails."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error
        self.gave = False

    def read(self, size: int | None = -1, /) -> bytes:
        if self.gave:
            raise self.error
        self.gave = True
        return b"half of it"


def test_a_failed_write_leaves_no_trace(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    with pytest.raises(OSError, match="broken"):
        store.put_stream(Breaks(OSError(errno.EIO, "broken")))
    with pytest.raises(StorageFull) as caught:
        store.put_stream(Breaks(OSError(errno.ENOSPC, "full")))
    assert caught.value.code == "storage_full"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_full_disk_is_named_when_the_kernel_says_so() -> None:
    """/dev/full refuses every write with ENOSPC."""
    with (
        pytest.raises(StorageFull),
        Path("/dev/full").open("wb", buffering=0) as full,
        full_disk_named(),
    ):
        copy_hashed(io.BytesIO(b"x"), full)


@pytest.mark.parametrize(
    "url", ["", "folder", "file://host/x", "file:", "ftp://x/y", "s3://key:secret@host"]
)
def test_a_storage_url_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        open_store(url)
