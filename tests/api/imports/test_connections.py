"""S3 connections: made by admins, granted to datasets, never read back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.connections import access_of
from apps.imports.models import Connection
from tests.api.imports.conftest import post, work
from tests.factories import make_dataset
from tests.servers.images import picture
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.django_db

BODY: dict[str, Any] = {
    "name": "Archive", "endpoint": "https://s3.example.org", "region": "eu-west-1",
    "buckets": ["photos"], "access_key": "AKIA-ACCESS", "secret_key": "very-secret-key",
}  # fmt: skip


def test_keys_go_in_and_never_come_out(ada: Client, dataset: Dataset) -> None:
    more = {"session_token": "token-of-an-hour", "requester_pays": True}
    answer = post(ada, "/api/connections/", {**BODY, **more, "datasets": [str(dataset.id)]})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    shown = ada.get(f"/api/connections/{made['id']}/")
    listed = ada.get("/api/connections/")
    assert shown.json() == made == listed.json()["results"][0]
    assert (made["has_keys"], made["datasets"]) == (True, [str(dataset.id)])
    assert (made["has_session_token"], made["requester_pays"]) == (True, True)
    asked = access_of(Connection.objects.get())
    assert (asked.session_token, asked.requester_pays) == ("token-of-an-hour", True)
    stored = dump()
    for secret in ("AKIA-ACCESS", "very-secret-key", "token-of-an-hour"):
        for answered in (answer, shown, listed):
            assert secret not in answered.content.decode()
        assert secret not in stored
        assert secret.encode().hex() not in stored  # as a bytea is written
    assert post(ada, "/api/connections/", BODY).json()["code"] == "name_taken"
    assert ada.delete(f"/api/connections/{made['id']}/").status_code == 204
    assert Connection.objects.count() == 0


def test_connections_are_for_admins(ada: Client, manager: Client, otto: Client) -> None:
    made = post(ada, "/api/connections/", BODY).json()
    for client, status in ((manager, 403), (otto, 403), (Client(), 401)):
        assert client.get("/api/connections/").status_code == status
        assert post(client, "/api/connections/", {**BODY, "name": "Mine"}).status_code == status
        for path in (f"/api/connections/{made['id']}/",):
            assert client.get(path).status_code == status
            assert client.delete(path).status_code == status
            assert post(client, f"{path}test/").status_code == status
    assert Connection.objects.count() == 1


def test_endpoint_goes_through_the_egress_door(ada: Client) -> None:
    made = post(ada, "/api/connections/", {**BODY, "endpoint": "http://127.0.0.1:9"}).json()
    report = post(ada, f"/api/connections/{made['id']}/test/").json()
    assert (report["ok"], report["code"]) == (False, "forbidden_port")


@pytest.mark.django_db(transaction=True)
def test_rows_of_a_bucket_need_a_granted_connection(
    ada: Client,
    manager: Client,
    owner: User,
    dataset: Dataset,
    s3: S3Server,
    allow: Callable[..., None],
) -> None:
    allow(s3.allowance)
    urls = [
        s3.put("street/a b.jpg", picture(1)), f"s3://{s3.bucket}/none.jpg", "s3://others/a.jpg",
    ]  # fmt: skip
    body = {
        "name": "Weed", "endpoint": s3.endpoint, "region": s3.region, "buckets": [s3.bucket],
        "access_key": s3.access_key, "secret_key": s3.secret_key,
    }  # fmt: skip
    other = make_dataset(owner=owner, name="Other")
    made = post(ada, "/api/connections/", {**body, "datasets": [str(other.id)]}).json()
    path = f"/api/connections/{made['id']}/"
    assert post(ada, f"{path}test/").json()["ok"] is True

    ungranted = states(manager, dataset, urls, key="1")
    assert ungranted == [("failed", "no_connection")] * 3
    named = post(
        manager, f"/api/datasets/{dataset.slug}/imports/",
        {"urls": urls, "connection": made["id"]}, key="2",
    )  # fmt: skip
    assert named.json()["code"] == "connection_not_granted"

    ada.patch(path, {"datasets": [str(dataset.id)]}, content_type="application/json")
    granted = states(manager, dataset, urls, key="3")
    assert granted == [("done", ""), ("failed", "no_such_key"), ("failed", "no_connection")]
    assert Image.objects.get(dataset=dataset).name == "a b.jpg"


def test_a_wrong_key_is_told_by_name(ada: Client, s3: S3Server, allow: Callable[..., None]) -> None:
    allow(s3.allowance)
    body = {
        "name": "Weed", "endpoint": s3.endpoint, "region": s3.region, "buckets": [s3.bucket],
        "access_key": s3.access_key, "secret_key": "wrong",
    }  # fmt: skip
    made = post(ada, "/api/connections/", body).json()
    report = post(ada, f"/api/connections/{made['id']}/test/").json()
    assert (report["ok"], report["code"]) == (False, "wrong_secret_key")


def states(client: Client, dataset: Dataset, urls: list[str], *, key: str) -> list[tuple[str, str]]:
    path = f"/api/datasets/{dataset.slug}/imports/"
    location = post(client, path, {"urls": urls}, key=key)["Location"]
    work()
    rows = client.get(f"{location}rows/").json()["results"]
    return [(row["state"], row["code"]) for row in rows]


def dump() -> str:
    """All that the database holds of connections and events."""
    with database.cursor() as cursor:
        cursor.execute("SELECT c::text FROM imports_connection c UNION ALL "
                       "SELECT e::text FROM concord_event e")  # fmt: skip
        return "\n".join(row[0] for row in cursor.fetchall())
