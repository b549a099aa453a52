"""Addresses of objects mean the same at another S3 server."""

import pytest

from apps.imports.actions.connections import Keys
from apps.imports.models import ImportRow
from tests.jobs.imports.conftest import BringIn, Connect
from tests.servers.images import picture
from tests.servers.moto import Moto

pytestmark = pytest.mark.django_db(transaction=True)
BUCKET = "street-signs"
KEYS = ["straße/ü ß.jpg", "straße/a b+c.jpg", "100%25.jpg", "100%.jpg", "what?.jpg", "a//b.jpg"]


@pytest.fixture
def storage(moto: Moto, connect: Connect) -> Moto:
    """With a bucket that keeps versions."""
    moto.client.create_bucket(Bucket=BUCKET)
    moto.client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    connect(moto.endpoint, moto.allowance, bucket=BUCKET, keys=Keys("any", "any"))
    return moto


def put(storage: Moto, key: str, number: int) -> str:
    """Store a picture; returns its version."""
    body = picture(number)
    return storage.client.put_object(Bucket=BUCKET, Key=key, Body=body)["VersionId"]


def test_every_kind_of_address(storage: Moto, bring_in: BringIn) -> None:
    for number, key in enumerate(KEYS):
        put(storage, key, number)
    old, gone = put(storage, "sign.jpg", 10), put(storage, "gone.jpg", 11)
    put(storage, "sign.jpg", 12)
    marker = storage.client.delete_object(Bucket=BUCKET, Key="gone.jpg")["VersionId"]
    base = f"s3://{BUCKET}"
    expected = {
        **{f"{base}/{key}": "" for key in KEYS if not key.startswith("straße/")},
        f"{base}/straße/*.jpg": "",
        f"{base}/sign.jpg": "",
        f"{base}/sign.jpg?versionId={old}": "",
        f"{base}/gone.jpg": "no_such_key",
        f"{base}/gone.jpg?versionId={gone}": "",
        f"{base}/gone.jpg?versionId={marker}": "no_such_version",
        f"{base}/sign.jpg?versionId=00000000-0000-0000-0000-000000000000": "no_such_version",
        f"{base}/nothing/": "nothing_listed",
        "s3://other/sign.jpg": "no_connection",
    }
    found = bring_in("\n".join(expected))
    rows = ImportRow.objects.filter(of_import=found)
    listed = {f"{base}/{key}": "" for key in KEYS if key.startswith("straße/")}
    del expected[f"{base}/straße/*.jpg"]
    assert dict(rows.values_list("url", "code")) == expected | listed
    assert rows.filter(state="done").count() == len(KEYS) + 3
