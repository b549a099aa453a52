"""Reading from a real S3 server through the one door."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from concord.storage.addresses import AddressPolicy
from concord.storage.egress import Egress
from concord.storage.failures import FetchError
from concord.storage.s3 import S3Access, S3Object, fetch_s3
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import answer, peer


@pytest.fixture
def door(s3: S3Server) -> Iterator[Egress]:
    egress = Egress(AddressPolicy.parse([s3.allowance]))
    yield egress
    egress.close()


def access(s3: S3Server, *, key: str | None = None, secret: str | None = None) -> S3Access:
    return S3Access(
        endpoint=s3.endpoint,
        region=s3.region,
        access_key=s3.access_key if key is None else key,
        secret_key=s3.secret_key if secret is None else secret,
    )


KEYS = [
    "plain.jpg",
    "a/b/c.jpg",
    "with space.jpg",
    "plus+and&amp=x.jpg",
    "100%.jpg",
    "not%20a%20space.jpg",
    "ünïcødé/日本/😀.jpg",
    "quo'te\"s(1)*!,;:@$.jpg",
    "tilde~under_score-dash.jpg",
    "a?b#c.jpg",
    "brackets[1]{2}.jpg",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_signed_request_finds_every_key(s3: S3Server, door: Egress, key: str) -> None:
    address = s3.put(key, key.encode())
    with fetch_s3(door, access(s3), S3Object.parse(address)).body as body:
        assert body.read() == key.encode()


def failure(door: Egress, access: S3Access, address: str) -> tuple[str, bool]:
    with pytest.raises(FetchError) as caught:
        fetch_s3(door, access, S3Object.parse(address))
    return caught.value.code, caught.value.retryable


def test_failures_come_in_the_words_of_s3(s3: S3Server, door: Egress) -> None:
    address = s3.put("here.jpg", b"x")
    keys = access(s3)
    assert failure(door, keys, f"s3://{s3.bucket}/absent.jpg") == ("no_such_key", False)
    assert failure(door, keys, "s3://no-such-bucket/x.jpg") == ("no_such_bucket", False)
    assert failure(door, access(s3, secret="wrong"), address) == ("wrong_secret_key", False)
    assert failure(door, access(s3, key="nobody"), address) == ("wrong_access_key", False)
    assert failure(door, access(s3, key="", secret=""), address) == ("access_denied", False)


WORDS = [
    ("301 x", "PermanentRedirect", "wrong_region", False),
    ("400 x", "AuthorizationHeaderMalformed", "wrong_region", False),
    ("403 x", "InvalidObjectState", "archived", False),
    ("403 x", "RequestTimeTooSkewed", "clock_skew", True),
    ("503 x", "SlowDown", "rate_limited", True),
    ("404 x", "NoSuchVersion", "no_such_version", False),
    ("405 x", "MethodNotAllowed", "no_such_version", False),
    ("400 x", "KMS.DisabledException", "key_disabled", False),
    ("403 x", "AccessDenied", "access_denied", False),
    ("400 x", "InvalidArgument", "http_400", False),
    ("418 x", "SomethingNew", "http_418", False),
]


@pytest.mark.parametrize(("status", "word", "code", "retryable"), WORDS)
def test_other_words_of_s3_are_understood(
    status: str, word: str, code: str, retryable: bool
) -> None:
    body = f'<?xml version="1.0"?><Error><Code>{word}</Code></Error>'.encode()
    with peer(answer(status, body)) as one:
        egress = Egress(AddressPolicy.parse([one.allowance]))
        found = failure(egress, S3Access(one.url), "s3://bucket/key")
    assert found == (code, retryable)


@pytest.mark.parametrize(
    ("status", "word", "message", "code"),
    [
        ("403 x", "AccessDenied", "Request has expired", "clock_skew"),
        ("403 x", "AccessDenied", "Request is not valid yet", "clock_skew"),
        ("403 x", "AccessDenied", "not authorized to perform: kms:Decrypt", "access_denied"),
        ("400 x", "InvalidArgument", "Invalid version id specified", "no_such_version"),
        ("400 x", "InvalidRequest", "stored using a form of Server Side Encryption",
         "customer_key"),
    ],
)  # fmt: skip
def test_words_that_mean_several_things(status: str, word: str, message: str, code: str) -> None:
    body = f"<Error><Code>{word}</Code><Message>{message}</Message></Error>".encode()
    with peer(answer(status, body)) as one:
        egress = Egress(AddressPolicy.parse([one.allowance]))
        assert failure(egress, S3Access(one.url), "s3://bucket/key")[0] == code


def test_a_redirect_is_not_followed_so_no_signature_leaks() -> None:
    with peer() as canary, peer(answer("307 x", b"", f"Location: {canary.url}/")) as one:
        egress = Egress(AddressPolicy.parse([one.allowance, canary.allowance]))
        keys = S3Access(one.url, access_key="a", secret_key="s")
        assert failure(egress, keys, "s3://bucket/key") == ("wrong_region", True)
    assert canary.connections == 0


def test_an_endpoint_on_a_private_address_is_refused_like_any_url() -> None:
    with peer() as canary:
        egress = Egress(AddressPolicy.parse([f"192.0.2.1/32:{canary.port}"]))
        keys = S3Access(canary.url, access_key="a", secret_key="s")
        assert failure(egress, keys, "s3://bucket/key") == ("forbidden_address", False)
    assert canary.connections == 0


def test_a_signature_is_short_lived_and_hides_the_secret() -> None:
    keys = S3Access("http://s3.example", access_key="AKIA", secret_key="hush")
    url = keys.url(S3Object("bucket", "key", "v1"))
    assert re.match(r"http://s3\.example/bucket/key\?.*versionId=v1", url)
    assert "X-Amz-Expires=300" in url
    assert "hush" not in url
    assert "hush" not in repr(keys)


def test_temporary_keys_and_who_pays_are_signed() -> None:
    keys = S3Access(
        "http://s3.example",
        access_key="AKIA",
        secret_key="hush",
        session_token="to/ken+=",
        requester_pays=True,
    )
    plain = replace(keys, session_token="", requester_pays=False)
    both = [
        (one.url(S3Object("bucket", "key", "v1")), one.listing_url("bucket", {"prefix": "a b"}))
        for one in (keys, plain)
    ]
    for url, without in zip(*both, strict=True):
        asked, before = (dict(parse_qsl(urlsplit(one).query)) for one in (url, without))
        assert asked["X-Amz-Security-Token"] == "to/ken+="
        assert asked["x-amz-request-payer"] == "requester"
        assert asked["X-Amz-Signature"] != before["X-Amz-Signature"]
        assert asked.keys() - before.keys() == {"X-Amz-Security-Token", "x-amz-request-payer"}
    assert "to/ken" not in repr(keys)


def test_a_server_that_counts_every_parameter_takes_them(s3: S3Server, door: Egress) -> None:
    """What is sent beside is part of the signature, or this server would refuse it."""
    address = s3.put("paid.jpg", b"paid")
    asked = replace(access(s3), requester_pays=True)
    with fetch_s3(door, asked, S3Object.parse(address)).body as body:
        assert body.read() == b"paid"


def test_an_address_is_read_as_it_stands() -> None:
    assert S3Object.parse("s3://b-1.x/a b%20+/é.jpg") == S3Object("b-1.x", "a b%20+/é.jpg")
    assert S3Object.parse("S3://bucket//double") == S3Object("bucket", "/double")
    assert S3Object.parse("s3://bucket/k?versionId=v.1") == S3Object("bucket", "k", "v.1")
    assert S3Object.parse("s3://bucket/k?x=1") == S3Object("bucket", "k?x=1")


@pytest.mark.parametrize(
    "address",
    [
        *("", "s3:", "s3://", "s3:///key", "s3://bucket", "s3://bucket/", "s3://bucket/folder/"),
        *("http://bucket/key", "s3://../x", "s3://127.0.0.1/x", "s3://a@b/x", "s3://b:80/x"),
        *(
            "s3://bucket/../other/x",
            "s3://bucket/a/./x",
            "s3://bucket/..",
            "s3://b/x",
            "s3://-b-/x",
        ),
        *(
            "s3://bucket/\ud800",
            f"s3://bucket/{'x' * 1025}",
            "s3://buc..ket/x",
            "s3://bu/?versionId=v",
        ),
    ],
)
def test_what_names_no_object_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        S3Object.parse(address)
    assert caught.value.code == "bad_s3_address"


def test_a_region_cannot_smuggle_anything_into_the_signature() -> None:
    with pytest.raises(FetchError):
        S3Access("http://s3.example", "x@evil/", "a", "s").url(S3Object("bucket", "key"))
