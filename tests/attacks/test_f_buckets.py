"""F15 to F25: lines of a list that name objects of buckets, at a real S3 server, and at one that
says what only the large providers say."""

import socket
import time
from collections.abc import Callable
from itertools import count

import boto3
import pytest
from botocore.config import Config

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions import fetching
from apps.imports.actions.connections import Keys, Place, create_connection
from apps.imports.actions.running import retry_import
from apps.imports.models import Connection, ImportRow
from tests.factories import make_dataset
from tests.jobs.imports.conftest import BringIn, Connect, done
from tests.servers.images import picture
from tests.servers.s3 import S3Server
from tests.unit.concord.peers import Script, answer, peer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "pause_after", lambda _attempts, _asked: 0.0)


def codes(found: object) -> dict[str, str]:
    rows = ImportRow.objects.filter(of_import=found).order_by("line", "item")
    return dict(rows.values_list("url", "code"))


def test_signed_addresses_are_asked_for_letter_by_letter(weed: S3Server, bring_in: BringIn) -> None:
    """A signature that is good, one that has run out, and three that somebody changed."""
    key = "straße/a b+c %2F.jpg"
    weed.put(key, picture(1))
    client = boto3.client(
        "s3",
        endpoint_url=weed.endpoint,
        region_name=weed.region,
        aws_access_key_id=weed.access_key,
        aws_secret_access_key=weed.secret_key,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )

    def signed(seconds: int) -> str:
        about = {"Bucket": weed.bucket, "Key": key}
        return client.generate_presigned_url("get_object", Params=about, ExpiresIn=seconds)

    short = signed(1)
    time.sleep(2.1)  # the server's clock counts whole seconds
    good = signed(600)
    expected = {
        good: "",
        short: "http_403",
        good.replace("X-Amz-Expires=600", "X-Amz-Expires=6000"): "http_403",
        good.replace("a%20b", "a%20B"): "http_403",
        f"{good[:-1]}{'0' if good[-1] != '0' else '1'}": "http_403",
    }
    assert len(expected) == 5
    assert codes(bring_in("\n".join(expected))) == expected


def test_at_a_real_server(
    weed: S3Server, bring_in: BringIn, admin: User, dataset: Dataset, owner: User
) -> None:
    """One import of all of them."""
    weed.put("F24/photo.jpg", picture(1))
    weed.put("F24/folder/", b"")
    weed.put("F24/only/folder/", b"")
    weed.put("F24/nothing.jpg", b"")
    weed.put("F18.jpg", picture(2))
    weed.client.create_bucket(Bucket="unlisted")
    weed.client.put_object(Bucket="unlisted", Key="F25.jpg", Body=picture(3))
    other = make_dataset(owner=owner, name="Another one")
    keys = Keys(weed.access_key, weed.secret_key)
    for name, bucket, held, granted in (
        ("Nobody", "f17-no-keys", Keys(), dataset),
        ("Wrong", "f18-wrong-keys", Keys(weed.access_key, "wrong"), dataset),
        ("Unknown", "f18-unknown-keys", Keys("unknown", "wrong"), dataset),
        ("Gone", "f19-no-such-bucket", keys, dataset),
        ("Foreign", "f25-of-another-dataset", keys, other),
    ):
        place = Place(weed.endpoint, "us-east-1", (bucket,))
        create_connection(actor=admin, name=name, place=place, keys=held, datasets=[granted])
    base = f"s3://{weed.bucket}"
    expected = {
        base: "no_key",  # F15
        "s3://": "no_bucket",
        "s3:///key": "no_bucket",  # F16
        "s3:key": "no_bucket",
        "s3://f17-no-keys/a.jpg": "access_denied",
        "s3://f18-wrong-keys/a.jpg": "wrong_secret_key",
        "s3://f18-unknown-keys/a.jpg": "wrong_access_key",
        f"{base}/F18.jpg": "",
        f"{base}/F19.jpg": "no_such_key",
        f"{base}/F18.jpg/": "nothing_listed",
        "s3://f19-no-such-bucket/a.jpg": "no_such_bucket",
        f"{base}/F24/photo.jpg": "",
        f"{base}/F24/nothing.jpg": "empty_file",
        f"{base}/F24/only/": "nothing_listed",
        "s3://unlisted/F25.jpg": "no_connection",
        "s3://f25-of-another-dataset/a.jpg": "no_connection",
        f"{base}/../unlisted/F25.jpg": "bad_s3_address",
        "s3://unlisted@photos/F25.jpg": "bad_s3_address",
    }
    assert codes(bring_in("\n".join(expected))) == expected
    assert Image.objects.filter(dataset=dataset).count() == 2
    assert Image.objects.exclude(dataset=dataset).count() == 0


def test_f24_marks_of_folders_are_no_rows(weed: S3Server, bring_in: BringIn) -> None:
    weed.put("F24-marks/a.jpg", picture(1))
    weed.put("F24-marks/", b"")
    weed.put("F24-marks/deep/", b"")
    found = bring_in(f"s3://{weed.bucket}/F24-marks/")
    assert codes(found) == {f"s3://{weed.bucket}/F24-marks/a.jpg": ""}


def error(status: int, word: str, message: str = "") -> Script:
    body = f"<Error><Code>{word}</Code><Message>{message}</Message></Error>".encode()
    return answer(f"{status} x", body)


FINAL, ALWAYS = 1, 5
# What the object of this name says, the code of its row, and how often it is asked for.
SAID: dict[str, tuple[Script, str, int]] = {
    "F18-denied": (error(403, "AccessDenied"), "access_denied", FINAL),
    "F18-disabled": (error(403, "AllAccessDisabled"), "access_denied", FINAL),
    "F18-signature": (error(403, "SignatureDoesNotMatch"), "wrong_secret_key", FINAL),
    "F18-bare": (answer("403 x"), "http_403", FINAL),
    "F19-bare": (answer("404 x"), "no_such_key", FINAL),
    "F21-deleted-marker": (error(405, "MethodNotAllowed"), "no_such_version", FINAL),
    "F21-no-version": (error(404, "NoSuchVersion"), "no_such_version", FINAL),
    "F22-other-region": (
        answer("301 x", b"<Error><Code>PermanentRedirect</Code><Endpoint>b.s3.eu-west-3."
               b"amazonaws.com</Endpoint></Error>"), "wrong_region", FINAL),
    "F22-other-region-by-header": (
        answer("301 x", b"", "Location: http://127.0.0.1:1/", "x-amz-bucket-region: eu-west-3"),
        "wrong_region", ALWAYS),
    "F22-moving": (answer("307 x", b"", "Location: http://127.0.0.1:1/"), "wrong_region", ALWAYS),
    "F22-requester-pays": (error(403, "AccessDenied", "Requester Pays bucket"), "access_denied",
                           FINAL),
    "F22-glacier": (error(403, "InvalidObjectState"), "archived", FINAL),
    "F22-sse-c": (error(400, "InvalidRequest", "stored using a form of Server Side Encryption"),
                  "customer_key", FINAL),
    "F22-kms-denied": (error(403, "AccessDenied", "not authorized to perform: kms:Decrypt"),
                       "access_denied", FINAL),
    "F22-kms-disabled": (error(400, "KMS.DisabledException"), "key_disabled", FINAL),
    "F23-slow-down": (error(503, "SlowDown"), "rate_limited", ALWAYS),
    "F23-internal-error": (error(500, "InternalError"), "server_error", ALWAYS),
    "F23-skewed": (error(403, "RequestTimeTooSkewed"), "clock_skew", ALWAYS),
    "F23-signed-long-ago": (error(403, "AccessDenied", "Request has expired"), "clock_skew",
                            ALWAYS),
    "F23-expired": (error(400, "ExpiredToken"), "expired_token", FINAL),
    "F23-invalid": (error(400, "InvalidToken"), "expired_token", FINAL),
    "F23-no-xml": (answer("503 x", b"\x00<Code>"), "server_error", ALWAYS),
    "F23-xml-bomb": (answer("400 x", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                            b"<Error><Code>&a;</Code></Error>"), "http_400", FINAL),
}  # fmt: skip


def by_key(scripts: dict[str, Script]) -> Script:
    def script(connection: socket.socket, head: bytes) -> None:
        key = head.split()[1].decode().partition("?")[0].removeprefix("/bucket/")
        scripts[key](connection, head)

    return script


def test_words_of_the_large_providers(bring_in: BringIn, connect: Connect) -> None:
    with peer(by_key({key: said[0] for key, said in SAID.items()})) as one:
        keys = Keys("AKIA", "hunter2", "temporary")
        connect(one.url, one.allowance, bucket="bucket", keys=keys)
        found = bring_in("\n".join(f"s3://bucket/{key}" for key in SAID))
    assert codes(found) == {f"s3://bucket/{key}": said[1] for key, said in SAID.items()}
    asked = dict.fromkeys(SAID, 0)
    for head in one.requests:
        asked[head.split()[1].decode().partition("?")[0].removeprefix("/bucket/")] += 1
        assert b"X-Amz-Signature=" in head
        assert b"X-Amz-Security-Token=temporary&" in head
        assert b"hunter2" not in head
    assert asked == {key: said[2] for key, said in SAID.items()}


def in_turn(*scripts: Script) -> Script:
    turns: Callable[[], int] = count().__next__

    def script(connection: socket.socket, head: bytes) -> None:
        scripts[min(turns(), len(scripts) - 1)](connection, head)

    return script


@pytest.fixture
def images() -> list[Script]:
    return [answer("200 OK", picture(n)) for n in range(20)]


def test_f23_a_storm_of_slow_down_is_sat_out(
    bring_in: BringIn, connect: Connect, images: list[Script]
) -> None:
    """Every object asks four times for patience, which is as long as anybody has."""
    slow = error(503, "SlowDown")
    scripts = {f"{n}.jpg": in_turn(slow, slow, slow, slow, image) for n, image in enumerate(images)}
    with peer(by_key(scripts)) as one:
        connect(one.url, one.allowance, bucket="bucket")
        found = bring_in("\n".join(f"s3://bucket/{key}" for key in scripts))
    assert found.counts["done"] == len(images)
    assert len(one.requests) == 5 * len(images)


def test_f23_keys_that_expire_half_way(
    bring_in: BringIn, connect: Connect, owner: User, images: list[Script]
) -> None:
    """What came in stays; the rest says why, and comes in with other keys."""
    expired = error(403, "ExpiredToken")
    scripts = {f"{n}.jpg": in_turn(*((expired, image) if n % 2 else (image,)))
               for n, image in enumerate(images)}  # fmt: skip
    with peer(by_key(scripts)) as one:
        connect(one.url, one.allowance, bucket="bucket", keys=Keys("AKIA", "old"))
        found = bring_in("\n".join(f"s3://bucket/{key}" for key in scripts))
        assert (found.counts["done"], found.counts["failed"]) == (10, 10)
        assert set(codes(found).values()) == {"", "expired_token"}
        again = done(retry_import(found=found, actor=owner))
    assert again.counts["done"] == len(images)


def test_f25_a_grant_that_ends_half_way(
    bring_in: BringIn, connect: Connect, images: list[Script], owner: User
) -> None:
    """From the next job on nothing is asked for with keys that are not granted any more."""
    slow = error(503, "SlowDown")
    with peer(by_key({"1.jpg": in_turn(images[0]), "2.jpg": slow})) as one:
        made = connect(one.url, one.allowance, bucket="bucket", keys=Keys("AKIA", "secret"))
        found = bring_in("s3://bucket/1.jpg\ns3://bucket/2.jpg")
        assert codes(found) == {"s3://bucket/1.jpg": "", "s3://bucket/2.jpg": "rate_limited"}
        Connection.objects.get(pk=made.pk).grants.all().delete()
        before = len(one.requests)
        again = done(retry_import(found=found, actor=owner))
    assert codes(again)["s3://bucket/2.jpg"] == "no_connection"
    assert len(one.requests) == before
