"""Trying a connection says what is wrong and what to do next, whatever is at the other end."""

import datetime
from collections.abc import Callable
from typing import Any

import botocore.auth
import pytest
from django.test import Client

from apps.imports.actions import trials
from apps.imports.models import Connection
from tests.api.imports.conftest import post
from tests.servers.ports import free_ports
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import Script, answer, peer

pytestmark = pytest.mark.django_db
Allow = Callable[..., None]
Try = Callable[..., dict[str, Any]]


@pytest.fixture
def tried(ada: Client) -> Try:
    """What trying a connection showed: the place, its keys, what is asked for."""

    def try_it(endpoint: str, *, bucket: str = "photos", key: str = "", **body: str) -> Any:
        wanted = {"name": "S3", "endpoint": endpoint, "buckets": [bucket], **body}
        made = post(ada, "/api/connections/", wanted)
        assert made.status_code == 201, made.content
        answered = post(ada, f"/api/connections/{made.json()['id']}/test/", {"key": key})
        assert answered.status_code == 200, answered.content
        report = answered.json()
        assert (report["advice"] == "") == (report["code"] == "ok")
        return report

    return try_it


def told(report: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(report[name] for name in ("ok", "code", "may_list", "may_read"))


class TestRealServer:
    def keys(self, s3: S3Server, **other: str) -> dict[str, str]:
        return {"access_key": s3.access_key, "secret_key": s3.secret_key, **other}

    def test_all_is_well(self, tried: Try, s3: S3Server, allow: Allow) -> None:
        allow(s3.allowance)
        s3.put("large.jpg", bytes(trials.READABLE + 1))
        report = tried(s3.endpoint, key="large.jpg", **self.keys(s3))
        assert told(report) == (True, "ok", True, True)
        assert report["detail"] == "The bucket photos can be listed and read."

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"secret_key": "x"}, "wrong_secret_key"),
            ({"access_key": "x"}, "wrong_access_key"),
            ({"bucket": "no-such-bucket"}, "no_such_bucket"),
            ({"key": "none.jpg"}, "no_such_key"),
            ({"access_key": "", "secret_key": ""}, "access_denied"),
        ],
    )
    def test_what_is_wrong(
        self, tried: Try, s3: S3Server, allow: Allow, wrong: dict[str, str], code: str
    ) -> None:
        allow(s3.allowance)
        report = tried(s3.endpoint, **self.keys(s3, **wrong))
        assert (report["ok"], report["code"]) == (False, code)

    def test_a_clock_that_is_wrong(
        self, tried: Try, s3: S3Server, allow: Allow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        allow(s3.allowance)
        now = botocore.auth.get_current_datetime

        def an_hour_ago(*args: Any, **options: Any) -> datetime.datetime:
            return now(*args, **options) - datetime.timedelta(hours=1)

        monkeypatch.setattr(botocore.auth, "get_current_datetime", an_hour_ago)
        report = tried(s3.endpoint, **self.keys(s3))
        assert report["code"] == "clock_skew"
        assert report["advice"].startswith("Set the clock")


def error(word: str, more: str = "") -> bytes:
    return f"<Error><Code>{word}</Code>{more}</Error>".encode()


def page(*keys: str) -> bytes:
    contents = "".join(f"<Contents><Key>{key}</Key><Size>9</Size></Contents>" for key in keys)
    return f"<ListBucketResult>{contents}</ListBucketResult>".encode()


DENIED = answer("403 x", error("AccessDenied"))
MISSING = answer("404 x", error("NoSuchKey"))


def by_kind(listing: Script, reading: Script) -> Script:
    """One answer to listings and one to all else."""

    def script(connection: Any, head: bytes) -> None:
        (listing if b"list-type=2" in head else reading)(connection, head)

    return script


REGION = "<Message>the region 'us-east-1' is wrong</Message><Region>eu-west-1</Region>"
ENDPOINT = "<Endpoint>photos.s3.eu-west-3.amazonaws.com</Endpoint>"


@pytest.mark.parametrize(
    ("script", "expected", "region"),
    [
        (by_kind(answer("200 x", page("a.jpg")), answer("200 x", b"x")),
         (True, "ok", True, True), ""),
        (by_kind(answer("200 x", page()), MISSING), (True, "ok", True, True), ""),
        (by_kind(answer("200 x", page("a.jpg")), DENIED),
         (False, "access_denied", True, False), ""),
        (by_kind(DENIED, MISSING), (True, "may_not_list", False, True), ""),
        (by_kind(DENIED, answer("200 x", b"x")), (True, "may_not_list", False, True), ""),
        (DENIED, (False, "access_denied", False, False), ""),
        (answer("301 x", error("PermanentRedirect", ENDPOINT)),
         (False, "wrong_region", None, None), "eu-west-3"),
        (answer("400 x", error("AuthorizationQueryParametersError", REGION)),
         (False, "wrong_region", None, None), "eu-west-1"),
        (answer("307 x", b"", "Location: http://10.0.0.1/"),
         (False, "wrong_region", None, None), ""),
        (answer("403 x", error("RequestTimeTooSkewed")), (False, "clock_skew", None, None), ""),
        (answer("403 x", error("AccessDenied", "<Message>Request is not valid yet</Message>")),
         (False, "clock_skew", None, None), ""),
        (answer("403 x", error("ExpiredToken")), (False, "expired_token", None, None), ""),
        (answer("503 x", error("SlowDown")), (False, "rate_limited", None, None), ""),
        (answer("200 x", b"<!doctype html><title>MinIO Console"),
         (False, "not_s3", None, None), ""),
        (answer("500 x"), (False, "server_error", None, None), ""),
    ],
)  # fmt: skip
def test_what_storages_answer(
    tried: Try, allow: Allow, script: Script, expected: tuple[Any, ...], region: str
) -> None:
    with peer(script) as one:
        allow(one.allowance)
        report = tried(one.url)
    assert told(report) == expected
    assert report["region"] == region
    assert not region or report["detail"].endswith(f"It is in {region}.")


def silent(_connection: object, _head: bytes) -> None:
    """Answers nothing and keeps the connection."""


def test_who_does_not_answer(tried: Try, allow: Allow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "SECONDS", 0.3)
    with peer(silent) as one:
        allow(one.allowance)
        assert tried(one.url)["code"] == "timed_out"
        Connection.objects.all().delete()
        assert tried(one.url.replace("http:", "https:"))["code"] in {"tls_failed", "timed_out"}


def test_who_is_not_there(tried: Try, allow: Allow) -> None:
    (port,) = free_ports(1)
    allow(f"127.0.0.1/32:{port}")
    report = tried(f"http://127.0.0.1:{port}")
    assert (report["ok"], report["code"]) == (False, "connection_refused")
    Connection.objects.all().delete()
    assert tried("https://no-such-host.invalid")["code"] == "dns_failed"


def test_a_private_endpoint_gets_no_connection(tried: Try, allow: Allow) -> None:
    with peer() as canary:
        allow(f"192.0.2.1/32:{canary.port}")
        report = tried(canary.url)
        assert (report["code"], canary.connections) == ("forbidden_address", 0)
        assert "CONCORD_FETCH_ALLOW" in report["advice"]
        Connection.objects.all().delete()
        allow()
        assert (tried(canary.url)["code"], canary.connections) == ("forbidden_port", 0)


@pytest.mark.parametrize(
    "body",
    [
        *({"buckets": [name]} for name in ("127.0.0.1", "../x", "a@b", "a/b", "a..b", "")),
        {"region": "x@evil/"},
        {"endpoint": "https://user:word@s3.example.org"},
        {"endpoint": "https://s3.example.org/?x=1"},
        {"endpoint": "https://s3.example.org/path"},
        {"endpoint": "ftp://s3.example.org"},
    ],
)
def test_c13_what_is_no_place_is_not_kept(ada: Client, body: dict[str, Any]) -> None:
    good = {"name": "S3", "endpoint": "https://s3.example.org", "buckets": ["b-1.x"]}
    assert post(ada, "/api/connections/", {**good, **body}).status_code == 400
    assert Connection.objects.count() == 0
    assert post(ada, "/api/connections/", good).status_code == 201


def test_keys_of_another_instance(ada: Client, settings: Any) -> None:
    body = {"name": "S3", "buckets": ["photos"], "access_key": "a", "secret_key": "s"}
    made = post(ada, "/api/connections/", body).json()
    Connection.objects.update(access_key=b"sealed elsewhere")
    report = post(ada, f"/api/connections/{made['id']}/test/").json()
    assert (report["ok"], report["code"]) == (False, "keys_unreadable")
    other = post(ada, f"/api/connections/{made['id']}/test/", {"bucket": "others"}).json()
    assert other["code"] == "bucket_not_listed"
