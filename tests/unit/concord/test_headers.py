"""What pages may load, and from where."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from concord.http.headers import page_policy
from concord.storage.files import open_store


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    page_policy.cache_clear()
    yield
    page_policy.cache_clear()


@pytest.mark.parametrize(
    ("storage", "prefix", "from_where"),
    [
        ("file:///srv/files", "", "'self'"),
        ("s3://K:S@s3.example.org/b", "", "'self' https://s3.example.org"),
        ("s3://K:S@10.0.0.7:8333/b?tls=0", "", "'self' http://10.0.0.7:8333"),
        ("s3://K:S@s3.example.org/b", "/_files", "'self'"),
    ],
    ids=["folder", "bucket", "bucket near by", "bucket behind nginx"],
)
def test_images_come_from_here_or_from_the_bucket_that_is_linked_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, storage: str, prefix: str, from_where: str
) -> None:
    settings.ACCEL_PREFIX = prefix
    monkeypatch.setattr("concord.http.headers.store", lambda: open_store(storage))
    rules = page_policy().split("; ")
    assert f"connect-src {from_where}" in rules
    assert f"img-src {from_where} blob: data:" in rules
    assert "script-src 'self'" in rules
