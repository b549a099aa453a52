"""What a bucket holds, from a real S3 server and from peers that say odd things."""

from collections.abc import Iterator

import pytest

from concord.storage.addresses import AddressPolicy
from concord.storage.egress import Egress
from concord.storage.failures import FetchError
from concord.storage.s3 import S3Access
from concord.storage.s3_listing import Page, list_page
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import Peer, answer, peer

KEYS = [
    "a-b.jpg", "a/b.jpg", "a.jpg", "a b.jpg", "aé.jpg", "a+b.jpg", "a%20b.jpg", "z&<x>.jpg",
    "日本/x.jpg", "a?b.jpg", "star*.jpg", "q'\".jpg", " lead.jpg", "trail .jpg ", "~_-.jpg",
]  # fmt: skip


@pytest.fixture
def door(s3: S3Server) -> Iterator[Egress]:
    egress = Egress(AddressPolicy.parse([s3.allowance]))
    yield egress
    egress.close()


def access(s3: S3Server, **other: str) -> S3Access:
    keys = {"access_key": s3.access_key, "secret_key": s3.secret_key, **other}
    return S3Access(endpoint=s3.endpoint, region=s3.region, **keys)


@pytest.mark.parametrize("most", [1, 4, 1000])
def test_every_key_comes_once_whatever_the_page(s3: S3Server, door: Egress, most: int) -> None:
    prefix = f"list {most}+/"
    for key in KEYS:
        s3.put(prefix + key, b"x")
    s3.put(f"{prefix}empty/", b"")
    s3.put("beside.jpg", b"x")
    found, after, more = [], "", True
    while more:
        page = list_page(door, access(s3), bucket=s3.bucket, prefix=prefix, after=after, most=most)
        found += page.objects
        after, more = page.objects[-1].key, page.more
    assert sorted(each.key for each in found if not each.is_folder) == sorted(
        prefix + key for key in KEYS
    )
    assert [each.key for each in found if each.is_folder] == [f"{prefix}empty/"]


def test_nothing_there(s3: S3Server, door: Egress) -> None:
    assert list_page(door, access(s3), bucket=s3.bucket, prefix="none/") == Page((), more=False)


def test_failures_come_in_words_of_buckets(s3: S3Server, door: Egress) -> None:
    def failure(keys: S3Access, bucket: str = s3.bucket) -> str:
        with pytest.raises(FetchError) as caught:
            list_page(door, keys, bucket=bucket, prefix="")
        return caught.value.code

    assert failure(access(s3), "no-such-bucket") == "no_such_bucket"
    assert failure(access(s3, secret_key="wrong")) == "wrong_secret_key"
    assert failure(access(s3, access_key="nobody")) == "wrong_access_key"
    assert failure(access(s3, access_key="")) == "may_not_list"
    assert failure(access(s3), "../x") == "bad_s3_address"


def listed(one: Peer, after: str = "") -> Page:
    egress = Egress(AddressPolicy.parse([one.allowance]))
    return list_page(egress, S3Access(one.url), bucket="bucket", prefix="a+/", after=after)


def page_of(*keys: str, more: bool = False) -> bytes:
    contents = "".join(f"<Contents><Key>{key}</Key><Size>1</Size></Contents>" for key in keys)
    return (
        f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{contents}"
        "</ListBucketResult>"
    ).encode()


def test_keys_that_no_parser_of_xml_takes() -> None:
    keys = ["a&#x1;b", "a&#0;b", "a\x02b", "&lt;&amp;lt;&#38;#65;&#x1F600;", "&#xD800;&euro;"]
    with peer(answer("200 x", page_of(*keys))) as one:
        found = [each.key for each in listed(one).objects]
    assert found == ["a\x01b", "a\ufffdb", "a\x02b", "<&lt;&#65;😀", "\ufffd&euro;"]


def test_what_is_asked_for() -> None:
    with peer(answer("200 x", page_of())) as one:
        listed(one, after="a+/ü b")
        (head,) = one.requests
    asked = (
        b"GET /bucket?list-type=2&max-keys=1000&prefix=a%2B%2F&start-after=a%2B%2F%C3%BC%20b HTTP"
    )
    assert head.startswith(asked)


@pytest.mark.parametrize(
    ("status", "body", "code", "retryable"),
    [
        ("200 x", b"<!doctype html>", "not_s3", False),
        ("200 x", page_of(more=True), "not_s3", False),
        ("200 x", page_of("a+/1", more=True), "not_s3", False),
        ("503 x", b"<Error><Code>SlowDown</Code></Error>", "rate_limited", True),
        ("403 x", b"<Error><Code>AccessDenied</Code></Error>", "may_not_list", False),
        ("404 x", b"", "no_such_bucket", False),
    ],
)
def test_answers_that_are_no_listing(status: str, body: bytes, code: str, retryable: bool) -> None:
    with peer(answer(status, body)) as one, pytest.raises(FetchError) as caught:
        listed(one, after="a+/1")
    assert (caught.value.code, caught.value.retryable) == (code, retryable)


def test_a_private_address_gets_no_connection() -> None:
    with peer() as canary, pytest.raises(FetchError, match="public internet"):
        egress = Egress(AddressPolicy.parse([f"192.0.2.1/32:{canary.port}"]))
        list_page(egress, S3Access(canary.url), bucket="bucket", prefix="")
    assert canary.connections == 0
