"""C: no address that somebody writes makes this server connect to where it must not, wherever it
may be written: in a list, as the target of a redirect, as the endpoint of a storage."""

import json
import socket
from collections.abc import Iterator
from itertools import pairwise

import pytest
from pytest_django.fixtures import Settings
from rest_framework.exceptions import ValidationError

from apps.annotators.models import User
from apps.datasets.models import Dataset, Interface
from apps.imports.actions import fetching, listing
from apps.imports.actions.connections import Keys, Place, create_connection
from apps.imports.actions.trials import try_connection
from apps.imports.api.serializers import ConnectionRequest
from apps.imports.models import Connection, ImportRow
from apps.imports.previews import SHOWN
from concord.storage.egress import egress
from tests.attacks.conftest import Town
from tests.attacks.hostile_urls import TABLE, Hostile
from tests.factories import browser_of
from tests.jobs.imports.conftest import BringIn
from tests.unit.concord.doors import refused
from tests.unit.concord.peers import Peer, answer, peer

every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.attack}-{row.url}"[:60])


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len({row.url for row in TABLE}) == len(TABLE) > 300


@every_row
def test_the_door_refuses(town: Town, row: Hostile) -> None:
    error = refused(town.door(), town.address(row.url))
    assert (error.code, error.retryable) == (row.code, row.code == "dns_failed")
    assert "hunter2" not in f"{error.reason}{error!r}"
    assert town.nobody_knocked()


# What a header says otherwise than a line of a list does. Without a host of their own these are
# places at the server that redirects, and so lead around in a circle.
AROUND = "too_many_redirects"
AS_REDIRECT = {
    **dict.fromkeys(("http:127.0.0.1", "http:/127.0.0.1/", "http:///127.0.0.1/"), AROUND),
    **dict.fromkeys(("http://?a", "http://#a", "http://", "ht\ntp://127.1/"), AROUND),
    **dict.fromkeys(("/etc/passwd", "etc/passwd", "127.0.0.1", "127.0.0.1:80/x"), AROUND),
    **dict.fromkeys(("//127.0.0.1:{port}/", "http:////127.0.0.1/"), "forbidden_address"),
    # A line end ends the header: what is left of these is a name that nobody knows.
    **dict.fromkeys(("http://a/\r\nHost: x", "http://a\r\nX: y/"), "dns_failed"),
    # The library does not take these letters, or the line after them, for a header.
    **dict.fromkeys(("http://127.0.0.1\r:{port}/", "http://127.0.\n0.1/"), "connection_broken"),
    **dict.fromkeys(("http://a.example/\0/", "http://127.0.0.1\x0b/"), "connection_broken"),
}


@pytest.fixture(scope="module")
def signpost() -> Iterator[tuple[Peer, list[str]]]:
    """A peer that sends everybody to the one place that its list holds."""
    to = [""]

    def point(connection: socket.socket, head: bytes) -> None:
        answer("302 Found", b"", f"Location: {to[0]}")(connection, head)

    with peer(point) as one:
        yield one, to


@every_row
def test_a_redirect_there_is_refused(
    town: Town, signpost: tuple[Peer, list[str]], row: Hostile
) -> None:
    one, to = signpost
    to[0] = town.address(row.url)
    error = refused(town.door(one.allowance), one.url)
    assert error.code == AS_REDIRECT.get(row.url, row.code)
    assert town.nobody_knocked(one.port)


def payload(rows: list[Hostile], town: Town) -> str:
    return "\n".join(json.dumps({"image": town.address(row.url)}) for row in rows)


@pytest.mark.django_db(transaction=True)
def test_lines_of_a_list(
    town: Town,
    bring_in: BringIn,
    owner: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.FETCH_ALLOW = [town.allowance]
    egress.cache_clear()
    monkeypatch.setattr(fetching, "MOST_ATTEMPTS", 1)
    found = bring_in(payload(TABLE, town), name="list.jsonl")
    rows = ImportRow.objects.filter(of_import=found).order_by("line")
    ended = list(rows.values_list("state", "code"))
    assert ended == [("failed", row.listed) for row in TABLE]
    assert town.nobody_knocked()
    # C10: a password is nowhere: not in rows, not in what failed, not in the log.
    kept = json.dumps(list(rows.values("url", "reason", "payload")))
    client = browser_of(owner)
    shown = [client.get(f"/api/imports/{found.pk}/{path}") for path in ("rows/", "failed.jsonl")]
    assert [one.status_code for one in shown] == [200, 200]
    texts = [b"".join(one) for one in shown]
    assert "hunter2" not in f"{kept}{texts}{capfd.readouterr()}{caplog.text}"


@pytest.mark.django_db(transaction=True)
def test_images_to_pick_among(
    town: Town, bring_in: BringIn, dataset: Dataset, settings: Settings
) -> None:
    """Every image of a group goes through the same door."""
    settings.FETCH_ALLOW = [town.allowance]
    egress.cache_clear()
    dataset.interface = Interface.IMAGE_CHOICE
    dataset.save()
    rows = [row for row in TABLE if row.code == row.listed == "forbidden_address"][::20]
    groups = [
        {"options": [{"id": n, "image": town.address(row.url)} for n, row in enumerate(pair)]}
        for pair in pairwise(rows)
    ]
    found = bring_in("\n".join(map(json.dumps, groups)), name="list.jsonl")
    codes = ImportRow.objects.filter(of_import=found).values_list("code", flat=True)
    assert list(codes) == ["forbidden_address"] * len(groups)
    assert town.nobody_knocked()


@pytest.mark.django_db
def test_pictures_before_the_import(
    town: Town, owner: User, dataset: Dataset, settings: Settings
) -> None:
    """Fetched for whoever looks at a list, through the same door, and refused by the same code."""
    settings.FETCH_ALLOW = [town.allowance]
    egress.cache_clear()
    client, route = browser_of(owner), f"/api/datasets/{dataset.slug}/imports/preview/"
    rows = [row for row in TABLE if "\0" not in row.url]
    for first in range(0, len(rows), SHOWN):
        some = rows[first : first + SHOWN]
        tasks = [{"image": town.address(row.url)} for row in some]
        ticket = client.post(route, {"tasks": tasks}, "application/json").json()["list"]
        for line, row in enumerate(some, start=1):
            refused = client.get(f"{route}{ticket}/thumbnail/", {"line": line})
            assert (refused.status_code, refused.json()["code"]) == (422, row.listed), row
            assert b"hunter2" not in refused.content
    assert town.nobody_knocked()


@pytest.mark.django_db
def test_a_look_at_a_list(town: Town, owner: User, dataset: Dataset) -> None:
    """Nothing that it names is fetched, good or bad."""
    tasks = [{"image": town.address(row.url)} for row in TABLE if "\0" not in row.url]
    answered = browser_of(owner).post(
        f"/api/datasets/{dataset.slug}/imports/preview/", {"tasks": tasks}, "application/json"
    )
    assert answered.status_code == 200, answered.content
    assert answered.json()["counts"]["total"] == len(tasks)
    assert b"hunter2" not in answered.content
    assert town.nobody_knocked()


def test_endpoints_of_storages(town: Town, settings: Settings) -> None:
    """C13. What is no endpoint is not kept; what would be kept is refused when it is tried."""
    settings.FETCH_ALLOW = [town.allowance]
    egress.cache_clear()
    kept = [row for row in TABLE if looks_like_an_endpoint(town, row)]
    assert len(kept) > 150
    assert {row.code for row in kept} == {"forbidden_address", "forbidden_port", "dns_failed"}
    for row in kept:
        connection = Connection(endpoint=town.address(row.url), buckets=["photos"])
        report = try_connection(connection=connection)
        assert (report.ok, report.code, report.may_read) == (False, row.code, None), row
    assert town.nobody_knocked()


def looks_like_an_endpoint(town: Town, row: Hostile) -> bool:
    body = {"name": "S3", "buckets": ["photos"], "endpoint": town.address(row.url)}
    try:
        ConnectionRequest.parse(body)
    except ValidationError as error:
        assert isinstance(error.detail, dict)
        assert set(error.detail) == {"endpoint"}
        assert "hunter2" not in f"{error.detail}"
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_endpoints_that_were_kept_by_an_earlier_version(
    town: Town,
    bring_in: BringIn,
    admin: User,
    dataset: Dataset,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C13. Objects and folders of a storage are asked for through the same door."""
    settings.FETCH_ALLOW = [town.allowance]
    egress.cache_clear()
    monkeypatch.setattr(fetching, "MOST_ATTEMPTS", 1)
    monkeypatch.setattr(listing, "MOST_ATTEMPTS", 1)
    rows = TABLE[::5]
    for number, row in enumerate(rows):
        place = Place(town.address(row.url).replace("\0", ""), "us-east-1", (f"bucket-{number}",))
        create_connection(
            actor=admin, name=f"{number}", place=place, keys=Keys("a", "s"), datasets=[dataset]
        )
    lines = [f"s3://bucket-{n}/{key}" for key in ("key", "folder/") for n in range(len(rows))]
    found = bring_in("\n".join(lines))
    ended = ImportRow.objects.filter(of_import=found).order_by("line")
    codes = list(ended.values_list("code", flat=True))
    assert codes == [row.code for row in rows] * 2
    # Looking at a list looks into the first folders that it names.
    looked = browser_of(admin).post(
        f"/api/datasets/{dataset.slug}/imports/preview/",
        {"text": "\n".join(lines[len(rows) :][:3])},
        "application/json",
    )
    peeks = [line["folder"]["code"] for line in looked.json()["lines"]]
    assert peeks == [row.code for row in rows[:3]]
    path = f"/api/datasets/{dataset.slug}/imports/preview/{looked.json()['list']}/thumbnail/"
    pictures = [browser_of(admin).get(path, {"line": line}) for line in (1, 2, 3)]
    assert [one.json()["code"] for one in pictures] == peeks
    assert town.nobody_knocked()
